import { type Claim, type Field, fieldOf } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { FieldCatalogue } from '../../domain/claims/catalogue.ts';
import type { InputProblem } from '../../domain/claims/field-descriptor.ts';
import { homeOf } from '../../domain/claims/home.ts';
import { isAnswerable, isKnown } from '../../domain/consent/answers.ts';
import { saveGrant } from '../../domain/consent/save-grant.ts';
import { traceOf } from '../../engine/attempts.ts';
import { sendPage } from '../../pages/write-page.ts';
import type { AccountProfile } from '../../storage/accounts.ts';
import { auditStep } from './audit.ts';
import { type ConsentAttempt, type ConsentSubject, consentModel, consentSubject } from './consent-model.ts';
import { consentPage } from './pages/consent-page.ts';
import { finish, type Step } from './step.ts';
import { signUpAtVendor } from './vendor-signup.ts';

const text = z.string().catch('');
const list = z.union([z.array(z.string()), z.string().transform((field) => [field])]).catch([]);
const formSchema = (catalogue: FieldCatalogue) =>
  z.object({
    share: list,
    already: list,
    stay: list,
    ...Object.fromEntries(catalogue.inputs.map(({ name }) => [name, text])),
  });

/** POST consent: notes what is shared, what is not, and what was filled in; then the engine goes on. */
export async function postConsent(step: Step): Promise<FastifyReply> {
  const form = formSchema(step.context.fields).parse(step.request.body) as ConsentForm;
  const subject = await consentSubject(step.context, step, step.interaction);
  // The page said that these were shared already, but they have been withdrawn since, so what the person agreed to there has changed.
  const { alreadyShared } = subject.request;
  if (form.already.some((field) => !(alreadyShared as readonly string[]).includes(field))) return askAnew(step, form);
  // The same of staying connected: only who has been shown it agrees to it.
  if (subject.asksToStay && form.stay.length === 0) return askAnew(step, form);
  const decision = decide(subject, form, step.context.fields);
  if ('errors' in decision) {
    const attempt: ConsentAttempt = { shared: new Set(form.share), values: form, errors: decision.errors };
    const model = await consentModel(step.context, step, step.interaction, attempt);
    return sendPage(step.reply, 400, consentPage(step.page, model));
  }
  const { rows } = step.context;
  await rows.accounts.updateProfile(subject.account.id, decision.profile);
  const refusal = await signUpAtVendor(step, subject.account.id, decision);
  if (refusal) {
    const attempt: ConsentAttempt = { shared: new Set(form.share), values: form, errors: {}, vendorRefusal: refusal };
    const model = await consentModel(step.context, step, step.interaction, attempt);
    return sendPage(step.reply, refusal.message === undefined ? 503 : 400, consentPage(step.page, model));
  }
  const scope = step.interaction.params['scope'];
  const agreed = { ...decision, ...(typeof scope === 'string' && { scope }) };
  if (!(await saveGrant(step, step.app.clientId, subject, agreed))) return askAnew(step, form);
  const user = await rows.users.findByAccount(step.app.clientId, subject.account.id);
  step.context.events.record(step.app.clientId, {
    kind: 'popup.consent_given',
    ...traceOf(step.request),
    userId: user?.id,
    detail: { shared: fieldsOf(decision.granted), declined: fieldsOf(decision.declined) },
  });
  await auditStep(step, 'consent.given', `account:${subject.account.id}`, {
    subject: `environment:${step.app.clientId}`,
    detail: {
      shared: fieldsOf(decision.granted),
      declined: fieldsOf(decision.declined),
      ...(subject.asksToStay && { stays_connected: true }),
    },
  });
  return finish(step, { consent: {} });
}

interface ConsentForm {
  /** What was typed, by the name of the input. */
  [input: string]: string | string[];
  /** The optional fields that are ticked. */
  share: string[];
  /** What the page said was shared before. */
  already: string[];
  /** Present when the page said that the app stays connected. */
  stay: string[];
}

/** Shows the page again, with what is shared now and what was typed. */
async function askAnew(step: Step, form: ConsentForm): Promise<FastifyReply> {
  const attempt: ConsentAttempt = { shared: new Set(form.share), values: form, errors: {}, changedMeanwhile: true };
  return sendPage(
    step.reply,
    409,
    consentPage(step.page, await consentModel(step.context, step, step.interaction, attempt)),
  );
}

function fieldsOf(claims: readonly Claim[]): Field[] {
  return [...new Set(claims.map(fieldOf))];
}

type Decision =
  | { granted: Claim[]; declined: Claim[]; profile: AccountProfile }
  | { errors: Partial<Record<string, InputProblem>> };

/** What a form decides about each open field. Required fields are shared; an optional one only when it is ticked and known. */
export function decide(
  { account, request }: Pick<ConsentSubject, 'account' | 'request'>,
  form: { share: readonly string[] } & Readonly<Record<string, string | readonly string[]>>,
  catalogue: FieldCatalogue,
): Decision {
  const granted: Claim[] = [];
  const declined: Claim[] = [];
  const filled: Partial<Record<string, string>> = {};
  const errors: Partial<Record<string, InputProblem>> = {};

  for (const { field, required, claims } of request.open) {
    const inputs = isKnown(catalogue, account, field, claims) ? [] : catalogue.inputsOf(field);
    const typed = inputs.some(({ name }) => typedIn(form, name).trim() !== '');
    const wanted = required || form.share.includes(field);
    const shareable = isAnswerable(catalogue, account, field, claims) && (inputs.length === 0 || typed || required);
    (wanted && shareable ? granted : declined).push(...claims);
    if (!wanted || !shareable) continue;
    for (const { name, needed, schema } of inputs) {
      const parsed = schema.safeParse(typedIn(form, name));
      if (!parsed.success) errors[name] = parsed.error.issues[0]?.message as InputProblem;
      else if (needed && parsed.data === '') errors[name] = 'required';
      else filled[name] = parsed.data;
    }
  }
  return Object.keys(errors).length > 0
    ? { errors }
    : { granted, declined, profile: catalogue.toProfile(filled, homeOf(account)) };
}

function typedIn(form: Readonly<Record<string, string | readonly string[]>>, name: string): string {
  const typed = form[name];
  return typeof typed === 'string' ? typed : '';
}
