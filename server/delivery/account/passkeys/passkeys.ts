import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { addPasskey, creationOptions, MAX_PASSKEYS, passkeyNameSchema } from '#domain/passkeys/add.ts';
import { MAX_RESPONSE_LENGTH } from '#domain/passkeys/response.ts';
import { suggestedName } from '#domain/passkeys/suggested-name.ts';
import { alertBox, formFrame, textField } from '#pages/forms.ts';
import { createPasskeyForm, createPasskeyScript } from '#pages/passkeys.ts';
import { formButtons } from '#portal/form-buttons.ts';
import { type PortalPage, sendPortalPage } from '#portal/layout.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { statement } from '#portal/statement.ts';
import type { Passkey } from '#storage/passkeys.ts';
import { passkeySignInRoutes } from './passkey-sign-in.ts';
import { passkeyFacts } from './passkeys-card.ts';
import { findPasskey, passkeyPath, passkeysPath, securityPath } from './paths.ts';

const addSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch(''), name: z.unknown().optional() });
const renameSchema = z.object({ name: z.string().max(1_000).catch('') });

export const passkeyRoutes = [
  ...passkeySignInRoutes,
  forPerson('GET', '/security/passkeys/new', getNew, { recentSignIn: true, notShared: true }),
  forPerson('POST', '/security/passkeys/new', postNew, {
    recentSignIn: true,
    notShared: true,
    form: { keeps: ['name'] },
  }),
  forPerson('GET', '/security/passkeys/:passkeyId', getRename, { notShared: true }),
  forPerson('POST', '/security/passkeys/:passkeyId', postRename, { notShared: true }),
  forPerson('GET', '/security/passkeys/:passkeyId/remove', getRemove, { recentSignIn: true, notShared: true }),
  forPerson('POST', '/security/passkeys/:passkeyId/remove', postRemove, { recentSignIn: true, notShared: true }),
];

async function getNew(call: PersonCall): Promise<FastifyReply> {
  return sendNew(call, 200);
}

async function sendNew(call: PersonCall, status: 200 | 400): Promise<FastifyReply> {
  const { context, account, language, csrf, boundTo } = call;
  const { t } = language;
  const title = t('account.passkeys.add');
  const known = await context.rows.passkeys.list(account.id);
  if (known.length >= MAX_PASSKEYS) return sendPage(call, status, atLimit(call, title));
  return sendPage(call, status, {
    title,
    lead: t('account.passkeys.addLead'),
    scripts: [createPasskeyScript()],
    main: html`${status === 400 ? alertBox(t('shared.passkey.notMade')) : nothing}
<div class="card"><p data-incapable>${t('account.passkeys.incapable')}</p>
${createPasskeyForm({
  action: `${passkeysPath(call)}/new`,
  csrf,
  options: await creationOptions(context, account, boundTo),
  language,
  submit: t('shared.passkey.create'),
  inputs: nameField(call, passkeyNameSchema.catch(suggested(call)).parse(call.kept['name'])),
})}</div>`,
  });
}

/** Says so, and leads to where one can be removed. */
function atLimit(call: PersonCall, title: string): PortalPage {
  const { t } = call.language;
  const back = html`<a class="button primary" href=${securityPath(call)}>${t('account.frame.nav.security')}</a>`;
  const text = t('account.passkeys.limit');
  return statement({ kind: 'refused', title, text, next: html`<p class="buttons">${back}</p>` });
}

async function postNew(call: PersonCall): Promise<FastifyReply> {
  const { context, account, languages } = call;
  const { response, name: typed } = addSchema.parse(call.body ?? {});
  // The key is on the device by now, so a bad name must not fail the form: it can be changed later.
  const name = passkeyNameSchema.catch(suggested(call)).parse(typed);
  const passkey = await addPasskey(context, account, { json: response, name, form: call.boundTo });
  if (!passkey) return sendNew(call, 400);
  await call.audit('passkey.added', `account:${account.id}`);
  await notifyAccount(context, account, { kind: 'passkey_added', name }, { languages });
  return done(call, 'passkey-added');
}

async function getRename(call: PersonCall): Promise<FastifyReply> {
  return sendRename(call, 200, await passkeyOf(call));
}

function sendRename(
  call: PersonCall,
  status: 200 | 400,
  passkey: Passkey,
  attempt?: { name: string; error: 'required' | 'too_long' },
): Promise<FastifyReply> {
  const { csrf, language } = call;
  const { t } = language;
  const error = attempt && t(`shared.errors.${attempt.error}`);
  return sendPage(call, status, {
    title: t('account.passkeys.renameTitle'),
    main: formFrame(
      { action: passkeyPath(call, passkey), csrf, layout: 'card stack' },
      html`${nameField(call, attempt?.name ?? passkey.name, error)}
${formButtons({ submit: t('account.frame.save'), cancel: securityPath(call) }, language)}`,
    ),
  });
}

async function postRename(call: PersonCall): Promise<FastifyReply> {
  const passkey = await passkeyOf(call);
  const typed = renameSchema.parse(call.body ?? {}).name;
  const parsed = passkeyNameSchema.safeParse(typed);
  if (!parsed.success) {
    const error = parsed.error.issues[0]?.message === 'too_long' ? 'too_long' : 'required';
    return sendRename(call, 400, passkey, { name: typed, error });
  }
  await call.context.rows.passkeys.rename(call.account.id, passkey.credentialId, parsed.data);
  await call.audit('passkey.renamed', `account:${call.account.id}`);
  return done(call, 'passkey-renamed');
}

async function getRemove(call: PersonCall): Promise<FastifyReply> {
  const passkey = await passkeyOf(call);
  const { csrf, language } = call;
  const { t } = language;
  const submit = t('account.passkeys.removeSubmit');
  const question = statement({
    kind: 'danger',
    title: t('account.passkeys.removeTitle'),
    text: t('account.passkeys.removeLead'),
    details: html`<div class="card"><div class="row">${passkeyFacts(call, passkey)}</div></div>`,
    next: formFrame(
      { action: `${passkeyPath(call, passkey)}/remove`, csrf },
      formButtons({ submit, isDanger: true, cancel: securityPath(call) }, language),
    ),
  });
  return sendPage(call, 200, question);
}

async function postRemove(call: PersonCall): Promise<FastifyReply> {
  const { context, account, languages } = call;
  const { credentialId, name } = await passkeyOf(call);
  // Twice at once is once.
  if (await context.rows.passkeys.remove(account.id, credentialId)) {
    await call.audit('passkey.removed', `account:${account.id}`);
    await notifyAccount(context, account, { kind: 'passkey_removed', name }, { languages });
  }
  return done(call, 'passkey-removed');
}

/** @throws PortalError `not_found` when it is not one of the person's own */
async function passkeyOf(call: PersonCall): Promise<Passkey> {
  const passkey = await findPasskey(call);
  if (!passkey) throw new PortalError('not_found');
  return passkey;
}

function nameField(call: PersonCall, value: string, error?: string): unknown {
  return textField({
    name: 'name',
    label: call.language.t('account.passkeys.name'),
    value,
    autocomplete: 'off',
    required: true,
    error,
  });
}

function suggested({ request, language }: PersonCall): string {
  return suggestedName(request.headers['user-agent'], language.t('shared.passkey.newName'));
}

function sendPage(call: PersonCall, status: number, page: PortalPage): Promise<FastifyReply> {
  return sendPortalPage(call, status, {
    navItem: 'security',
    back: { href: securityPath(call), label: call.language.t('account.frame.nav.security') },
    ...page,
  });
}

function done(call: PersonCall, what: string): FastifyReply {
  return call.reply.redirect(`${securityPath(call)}?done=${what}#passkeys`, 303);
}
