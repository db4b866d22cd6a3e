import { type Field, ID_TOKEN_ALGS } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { holdBack, holdsChanges, isHeld, showsSame } from '#domain/apps/review.ts';
import {
  CREDENTIAL_LIFETIMES,
  checkSettings,
  inputOf,
  PAGES,
  type SettingsInput,
  WISHES,
} from '#domain/apps/settings.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import type { AppDetails } from '#storage/apps.ts';
import { appPath } from '../app-layout.ts';
import { holdApproval, requestChanges } from '../review/ask-operator.ts';
import type { SettingsDone, SettingsModel } from './settings-model.ts';
import { sendSettings } from './settings-page.ts';
import { switchInput } from './switch-card.ts';

const MAX_INPUT_LENGTH = 2_000;
const text = z.string().max(MAX_INPUT_LENGTH).trim().catch('');
const formSchema = z.object({ name: text, homePageUri: text, privacyPolicyUri: text, termsUri: text });
const inputsSchema = z.record(z.string(), z.unknown()).catch({});
const fieldSchema = z.object({ wish: z.enum(WISHES).catch('off'), reason: text });
/** A form without one leaves it as it is, because that was not made by us. */
const choicesSchema = z.object({
  credential_lifetime: z.coerce
    .number()
    .pipe(z.literal([...CREDENTIAL_LIFETIMES]))
    .optional(),
  id_token_alg: z.enum(ID_TOKEN_ALGS).optional(),
  offline_access: switchInput,
  device_flow: switchInput,
  require_verified_email: switchInput,
});
const querySchema = z.object({ done: z.enum(['saved', 'logoDone', 'logoRemoved']).optional().catch(undefined) });

export const settingsRoutes = [
  forMember('GET', '/apps/:appId/settings', 'read-only', getSettings),
  forMember('POST', '/apps/:appId/settings', 'owner', postSettings),
];

async function getSettings(call: MemberCall): Promise<FastifyReply> {
  const { done } = querySchema.parse(call.query ?? {});
  const details = await detailsOf(call);
  return sendSettings(call, 200, { details, input: inputOf(details), problems: {}, done });
}

async function postSettings(call: MemberCall): Promise<FastifyReply> {
  const refused = await callInTransaction(call, save);
  if (refused) return sendSettings(call, 400, refused);
  return call.reply.redirect(`${appPath(call)}/settings?done=${'saved' satisfies SettingsDone}`, 303);
}

/** @returns what is shown again, when something of the form is wrong */
async function save(call: MemberCall): Promise<SettingsModel | undefined> {
  const { config, storage } = call.context;
  // Whether changes wait for the operator is decided by how the environment stands when they are written.
  const production = await holdApproval(call);
  const details = await detailsOf(call);
  const input = readForm(call.body, details, call.context.fields.fields);
  const checked = checkSettings(input, {
    isLive: production !== undefined,
    before: details,
    platformName: config.platformName,
    publicUrl: config.publicUrl,
  });
  if ('problems' in checked) return { details, input, problems: checked.problems };
  const isHeldBack = holdsChanges(config, production);
  const { settings, requested } = isHeldBack
    ? holdBack(details, checked.settings)
    : { settings: checked.settings, requested: undefined };
  const { id } = call.app;
  await storage.apps.updateSettings(id, settings);
  await requestChanges(call, details, requested);
  if (production && isHeld(production) && !showsSame(details, settings)) await storage.appReviews.noteChange(id);
  await call.audit('app.settings_changed', `app:${id}`, {
    changed: changesBetween(inputOf(details, call.context.fields.fields), input),
  });
  return undefined;
}

export async function detailsOf({ context, app }: MemberCall): Promise<AppDetails> {
  const details = await context.storage.apps.findDetails(app.id);
  if (!details) throw new PortalError('not_found');
  return details;
}

function readForm(body: unknown, before: AppDetails, fields: readonly Field[]): SettingsInput {
  const { name, ...pages } = formSchema.parse(body ?? {});
  const inputs = inputsSchema.parse(body);
  const typed = fields.map((field) => [
    field,
    fieldSchema.parse({ wish: inputs[`wish_${field}`], reason: inputs[`reason_${field}`] }),
  ]);
  const parsed = choicesSchema.safeParse(body ?? {});
  if (!parsed.success) throw new PortalError('invalid_request');
  return {
    name,
    pages,
    fields: Object.fromEntries(typed) as SettingsInput['fields'],
    credentialLifetime: parsed.data.credential_lifetime ?? inputOf(before).credentialLifetime,
    idTokenAlg: parsed.data.id_token_alg ?? inputOf(before).idTokenAlg,
    offlineAccess: parsed.data.offline_access ?? inputOf(before).offlineAccess,
    deviceFlow: parsed.data.device_flow ?? inputOf(before).deviceFlow,
    requireVerifiedEmail: parsed.data.require_verified_email ?? inputOf(before).requireVerifiedEmail,
  };
}

/** Names of the settings that differ, for the audit log. */
function changesBetween(before: SettingsInput, after: SettingsInput): string[] {
  return [
    ...(before.name === after.name ? [] : ['name']),
    ...(before.credentialLifetime === after.credentialLifetime ? [] : ['credential_lifetime']),
    ...(before.idTokenAlg === after.idTokenAlg ? [] : ['id_token_alg']),
    ...(before.offlineAccess === after.offlineAccess ? [] : ['offline_access']),
    ...(before.deviceFlow === after.deviceFlow ? [] : ['device_flow']),
    ...(before.requireVerifiedEmail === after.requireVerifiedEmail ? [] : ['require_verified_email']),
    ...PAGES.filter((page) => before.pages[page] !== after.pages[page]),
    ...(Object.keys(after.fields) as Field[])
      .filter((field) => JSON.stringify(before.fields[field]) !== JSON.stringify(after.fields[field]))
      .map((field) => `field:${field}`),
  ];
}
