import { pickLanguage } from '@signup-with-platform/messages';
import type { Field } from '@signup-with-platform/protocol';
import { mailForPages } from '../../domain/accounts/sandbox-mail.ts';
import { isMailUnsent } from '../../domain/accounts/unsent-mail.ts';
import type { FieldCatalogue } from '../../domain/claims/catalogue.ts';
import { accountClaims } from '../../domain/claims/claims.ts';
import type { InputProblem } from '../../domain/claims/field-descriptor.ts';
import { isAnswerable, shownValue } from '../../domain/consent/answers.ts';
import {
  askedClaims,
  type ConsentRequest,
  consentRequest,
  priorConsent,
} from '../../domain/consent/consent-request.ts';
import { includesOfflineAccess, staysConnected } from '../../domain/consent/offline-access.ts';
import { registeredClaims } from '../../domain/consent/registered-claims.ts';
import { promptsOf } from '../../engine/prompts.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import type { PageContext } from '../../pages/models.ts';
import { type Account, belongsTo } from '../../storage/accounts.ts';
import type { Grant } from '../../storage/grants.ts';
import type { InteractionLike, InteractionView } from './interaction-view.ts';
import type { ConsentField, ConsentModel, ContinueModel, VendorRefusal } from './pages/models.ts';
import { PopupError } from './popup-error.ts';

/** What a person typed into a consent form that came back with errors. */
export interface ConsentAttempt {
  shared: ReadonlySet<string>;
  values: Readonly<Record<string, string | string[] | undefined>>;
  errors: Readonly<Partial<Record<string, InputProblem>>>;
  changedMeanwhile?: true;
  vendorRefusal?: VendorRefusal;
}

/** One consent: whose it is and what it is about. */
export interface ConsentSubject {
  account: Account;
  request: ConsentRequest;
  /** Whether the app asks to stay connected while the person is away, which is not agreed to yet. */
  asksToStay: boolean;
  /** What was agreed to before, as `request` knows it. */
  known: Grant | undefined;
}

/** Who is signed in, if that account may be used with the app. */
export async function signedInAccount(
  { rows }: RealmContext,
  { app }: Pick<InteractionView, 'app'>,
  { session }: InteractionLike,
): Promise<Account | undefined> {
  const account = session && (await rows.accounts.find(session.accountId));
  if (!account || account.blocked || account.deletionDueAt) return undefined;
  return belongsTo(account, app.appId) ? account : undefined;
}

export async function consentSubject(
  context: RealmContext,
  { app }: Pick<InteractionView, 'app'>,
  interaction: InteractionLike,
): Promise<ConsentSubject> {
  const { rows } = context;
  const account = await signedInAccount(context, { app }, interaction);
  if (!account) throw new PopupError('expired');
  const known = await rows.grants.findFor(app.clientId, account.id);
  const asked = askedClaims(interaction.params, registeredClaims(app, context.fields), context.fields);
  const askAgain = promptsOf(interaction.params).includes('consent');
  const agreed = known?.payload ?? {};
  const request = consentRequest(asked, app.fields, priorConsent(agreed), askAgain);
  const asksToStay = includesOfflineAccess(interaction.params['scope']) && (askAgain || !staysConnected(agreed));
  return { account, known, request, asksToStay };
}

export async function consentModel(
  context: RealmContext,
  view: Pick<InteractionView, 'app' | 'form'> & { page: Pick<PageContext, 'languages'> },
  interaction: InteractionLike,
  attempt?: ConsentAttempt,
): Promise<ConsentModel> {
  const { tag: language } = pickLanguage(view.page.languages);
  const { account, request, asksToStay } = await consentSubject(context, view, interaction);
  const sandboxMail = await sandboxMailFor(context, view, account);
  const { ticksOptionalFields } = context.config;
  return {
    ...view.form,
    account: namesOf(account),
    catalogue: context.fields,
    fields: request.open
      .filter(({ field, claims }) => isAnswerable(context.fields, account, field, claims))
      .map((open) => ({
        ...toField(account, open, { attempt, ticksOptionalFields, language, catalogue: context.fields }),
        ...reasonFor(view.app, open.field),
      })),
    alreadyShared: request.alreadyShared,
    ...(asksToStay && { asksToStay: true }),
    ...(sandboxMail && { sandboxMail }),
    ...((await isMailUnsent(context, account)) && { mailUnsent: true }),
    ...(attempt?.changedMeanwhile && { changedMeanwhile: true }),
    ...(attempt?.vendorRefusal && { vendorRefusal: attempt.vendorRefusal }),
  };
}

/** The mail that would confirm the account's address, in the popup of the app that the account belongs to. */
async function sandboxMailFor(
  context: RealmContext,
  { app }: Pick<InteractionView, 'app'>,
  account: Account,
): Promise<ConsentModel['sandboxMail']> {
  return account.emailVerified || account.appId !== app.appId ? undefined : mailForPages(context, account);
}

/** Somebody who has agreed before: whose it is, and what is sent again. */
export async function continueModel(
  context: RealmContext,
  view: Pick<InteractionView, 'app' | 'form'>,
  interaction: InteractionLike,
): Promise<ContinueModel> {
  const { account, known, request } = await consentSubject(context, view, interaction);
  const asksMore =
    !known || request.open.some(({ field, claims }) => isAnswerable(context.fields, account, field, claims));
  return {
    ...view.form,
    account: namesOf(account),
    catalogue: context.fields,
    alreadyShared: request.alreadyShared,
    ...(asksMore && { asksMore }),
  };
}

export function namesOf(account: Account): ContinueModel['account'] {
  const { name } = accountClaims(account);
  return { ...(name && { name }), ...(account.email && { email: account.email }) };
}

/** The vendor's own words. */
function reasonFor({ fields }: InteractionView['app'], field: Field): Pick<ConsentField, 'reason'> {
  const reason = fields.find((candidate) => candidate.field === field)?.reason;
  return reason === undefined ? {} : { reason };
}

function toField(
  account: Account,
  { field, required, claims }: ConsentRequest['open'][number],
  {
    attempt,
    ticksOptionalFields,
    language,
    catalogue,
  }: {
    attempt: ConsentAttempt | undefined;
    ticksOptionalFields: boolean;
    language: string;
    catalogue: FieldCatalogue;
  },
): ConsentField {
  const value = shownValue(catalogue, account, field, claims, language);
  const inputs = value === undefined ? catalogue.inputsOf(field) : [];
  return {
    field,
    required,
    // What the account lacks starts unticked: nothing could be shared by just going on.
    checked: required || (attempt ? attempt.shared.has(field) : ticksOptionalFields && value !== undefined),
    ...(value !== undefined && { value }),
    ...(field === 'email' && !account.emailVerified && { unverified: true }),
    inputs: inputs.map(({ name, needed }) => {
      const error = attempt?.errors[name];
      return { name, value: typedIn(attempt, name), required: required && needed, ...(error && { error }) };
    }),
  };
}

function typedIn(attempt: ConsentAttempt | undefined, name: string): string {
  const typed = attempt?.values[name];
  return typeof typed === 'string' ? typed : '';
}
