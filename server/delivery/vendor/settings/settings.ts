import { FIELDS, type Field } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { checkSettings, inputOf, PAGES, type SettingsInput, WISHES } from '#domain/apps/settings.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import type { AppDetails } from '#storage/apps.ts';
import { appPath } from '../app-layout.ts';
import type { SettingsDone } from './settings-model.ts';
import { sendSettings } from './settings-page.ts';

const MAX_INPUT_LENGTH = 2_000;
const text = z.string().max(MAX_INPUT_LENGTH).trim().catch('');
const formSchema = z.object({
  name: text,
  homePageUri: text,
  privacyPolicyUri: text,
  termsUri: text,
  ...(Object.fromEntries(
    FIELDS.flatMap((field) => [
      [`wish_${field}`, z.enum(WISHES).catch('off')],
      [`reason_${field}`, text],
    ]),
  ) as Record<`wish_${Field}`, z.ZodCatch<z.ZodEnum<{ off: 'off'; optional: 'optional'; required: 'required' }>>> &
    Record<`reason_${Field}`, typeof text>),
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
  const { apps, appEnvironments } = call.context.storage;
  const details = await detailsOf(call);
  const input = readForm(call.body);
  const isLive = (await appEnvironments.find(call.app.id, 'production')) !== undefined;
  const checked = checkSettings(input, isLive);
  if ('problems' in checked) return sendSettings(call, 400, { details, input, problems: checked.problems });
  await apps.updateSettings(call.app.id, checked.settings);
  await call.audit('app.settings_changed', `app:${call.app.id}`, { changed: changesBetween(inputOf(details), input) });
  return call.reply.redirect(`${appPath(call)}/settings?done=${'saved' satisfies SettingsDone}`, 303);
}

export async function detailsOf({ context, app }: MemberCall): Promise<AppDetails> {
  const details = await context.storage.apps.findDetails(app.id);
  if (!details) throw new PortalError('not_found');
  return details;
}

function readForm(body: unknown): SettingsInput {
  const form = formSchema.parse(body ?? {});
  return {
    name: form.name,
    pages: { homePageUri: form.homePageUri, privacyPolicyUri: form.privacyPolicyUri, termsUri: form.termsUri },
    fields: Object.fromEntries(
      FIELDS.map((field) => [field, { wish: form[`wish_${field}`], reason: form[`reason_${field}`] }]),
    ) as unknown as SettingsInput['fields'],
  };
}

/** Names of what is different, for the audit log. */
function changesBetween(before: SettingsInput, after: SettingsInput): string[] {
  return [
    ...(before.name === after.name ? [] : ['name']),
    ...PAGES.filter((page) => before.pages[page] !== after.pages[page]),
    ...FIELDS.filter((field) => JSON.stringify(before.fields[field]) !== JSON.stringify(after.fields[field])).map(
      (field) => `field:${field}`,
    ),
  ];
}
