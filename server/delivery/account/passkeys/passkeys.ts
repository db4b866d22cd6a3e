import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { z } from 'zod';
import { notifyAccount } from '#domain/accounts/notify.ts';
import { addPasskey, creationOptions, MAX_PASSKEYS, passkeyNameSchema } from '#domain/passkeys/add.ts';
import { MAX_RESPONSE_LENGTH } from '#domain/passkeys/response.ts';
import { suggestedName } from '#domain/passkeys/suggested-name.ts';
import { alertBox, csrfInput, textField } from '#pages/forms.ts';
import { keyIcon } from '#pages/icons.ts';
import { createPasskeyForm, createPasskeyScript } from '#pages/passkeys.ts';
import { isolate } from '#pages/text.ts';
import { type PortalPage, sendPortalPage } from '#portal/layout.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { portalStrings } from '#portal/strings.ts';
import type { Passkey } from '#storage/passkeys.ts';
import { passkeySignInRoutes } from './passkey-sign-in.ts';
import { factsOf } from './passkeys-card.ts';
import { findPasskey, passkeyPath, passkeysPath, securityPath } from './paths.ts';
import { passkeyStrings } from './strings.ts';

const addSchema = z.object({ response: z.string().max(MAX_RESPONSE_LENGTH).catch(''), name: z.unknown().optional() });
const renameSchema = z.object({ name: z.string().max(1_000).catch('') });

export const passkeyRoutes = [
  ...passkeySignInRoutes,
  forPerson('GET', '/security/passkeys/new', getNew, { fresh: true, notTestPeople: true }),
  forPerson('POST', '/security/passkeys/new', postNew, { fresh: true, notTestPeople: true, form: { keeps: ['name'] } }),
  forPerson('GET', '/security/passkeys/:passkeyId', getRename, { notTestPeople: true }),
  forPerson('POST', '/security/passkeys/:passkeyId', postRename, { notTestPeople: true }),
  forPerson('GET', '/security/passkeys/:passkeyId/remove', getRemove, { fresh: true, notTestPeople: true }),
  forPerson('POST', '/security/passkeys/:passkeyId/remove', postRemove, { fresh: true, notTestPeople: true }),
];

async function getNew(call: PersonCall): Promise<FastifyReply> {
  return sendNew(call, 200);
}

async function sendNew(call: PersonCall, status: 200 | 400): Promise<FastifyReply> {
  const { context, account, language, csrf } = call;
  const strings = passkeyStrings(language);
  const { passkey } = language.strings;
  const known = await context.rows.passkeys.list(account.id);
  if (known.length >= MAX_PASSKEYS)
    return sendPage(call, status, { title: strings.add, main: alertBox(strings.limit) });
  return sendPage(call, status, {
    title: strings.add,
    lead: strings.addLead,
    scripts: [createPasskeyScript()],
    main: html`${status === 400 ? alertBox(passkey.notMade) : nothing}
<div class="card"><p data-incapable>${strings.incapable}</p>
${createPasskeyForm({
  action: `${passkeysPath(call)}/new`,
  csrf,
  options: await creationOptions(context, account, csrf),
  language,
  submit: language.strings.passkeyOffer.create,
  inputs: nameField(call, passkeyNameSchema.catch(suggested(call)).parse(call.kept['name'])),
})}</div>`,
  });
}

async function postNew(call: PersonCall): Promise<FastifyReply> {
  const { context, account, languages } = call;
  const { response, name: typed } = addSchema.parse(call.body ?? {});
  // The key is in the device by now: whatever is wrong with its name can be mended later.
  const name = passkeyNameSchema.catch(suggested(call)).parse(typed);
  const passkey = await addPasskey(context, account, { json: response, name, form: call.csrf });
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
  const { save, cancel } = portalStrings(call.language);
  const error = attempt && call.language.strings.errors[attempt.error];
  return sendPage(call, status, {
    title: passkeyStrings(call.language).renameTitle,
    main: html`<form class="card stack" method="post" action=${passkeyPath(call, passkey)}>${csrfInput(call)}
${nameField(call, attempt?.name ?? passkey.name, error)}
<div class="buttons"><button class="button primary">${save}</button><a class="button secondary" href=${securityPath(call)}>${cancel}</a></div></form>`,
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
  const strings = passkeyStrings(call.language);
  const { cancel } = portalStrings(call.language);
  return sendPage(call, 200, {
    title: strings.removeTitle,
    lead: strings.removeLead,
    main: html`<form class="card stack" method="post" action="${passkeyPath(call, passkey)}/remove">${csrfInput(call)}
<div class="row">${keyIcon}<div class="grow"><b>${isolate(passkey.name)}</b><br><span class="small muted">${factsOf(call, passkey)}</span></div></div>
<div class="buttons"><button class="button danger">${strings.removeSubmit}</button><a class="button secondary" href=${securityPath(call)}>${cancel}</a></div></form>`,
  });
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
    label: passkeyStrings(call.language).name,
    value,
    autocomplete: 'off',
    required: true,
    error,
  });
}

function suggested({ request, language }: PersonCall): string {
  return suggestedName(request.headers['user-agent'], language.strings.passkeyOffer.newName);
}

function sendPage(call: PersonCall, status: number, page: PortalPage): Promise<FastifyReply> {
  const { nav } = portalStrings(call.language);
  return sendPortalPage(call, status, {
    section: 'security',
    back: { href: securityPath(call), label: nav.security },
    ...page,
  });
}

function done(call: PersonCall, what: string): FastifyReply {
  return call.reply.redirect(`${securityPath(call)}?done=${what}#passkeys`, 303);
}
