import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { nameProblem, normalizeName } from '#domain/apps/app-name.ts';
import { checkNewAddress } from '#domain/apps/environment-addresses.ts';
import { forPerson, type PersonCall } from '#portal/route.ts';
import { APP_KINDS, type AppField, type AppKind } from '#storage/apps.ts';
import { firstList } from '../first-address.ts';
import { sendNewSecrets } from '../new-secrets-page.ts';
import { makeOnce } from '../shown-once.ts';
import { type CreateAttempt, sendCreate } from './create-page.ts';

/** More than anybody has shops: only a program would create more. */
const MAX_APPS_OF_A_PERSON = 100;
const DEFAULT_ADDRESS: Readonly<Record<AppKind, string>> = {
  web: 'http://localhost:3000',
  native: 'http://127.0.0.1/callback',
};
/** As little as a shop needs to know its customer again. Its owner adds what else it needs, with a reason (GDPR Art. 5(1)(c)). */
const FIRST_FIELDS: readonly AppField[] = [
  { field: 'name', required: true },
  { field: 'email', required: true },
];
const MAX_INPUT_LENGTH = 2_000;

const text = z.string().max(MAX_INPUT_LENGTH).trim().catch('');
const kind = z.enum(APP_KINDS).catch('web');
const createSchema = z.object({ kind, name: text, origin: text });
const querySchema = z.object({ kind });

export const createRoutes = [
  forPerson('GET', '/apps/new', getCreate, { realms: ['production'] }),
  forPerson('POST', '/apps/new', postCreate, { realms: ['production'] }),
];

async function getCreate(call: PersonCall): Promise<FastifyReply> {
  const { kind } = querySchema.parse(call.query ?? {});
  return sendCreate(call, 200, { kind, name: '', origin: DEFAULT_ADDRESS[kind], problems: {} });
}

/** Creates an app that works at once, because it is in the sandbox realm, where nothing has to be proven first. */
async function postCreate(call: PersonCall): Promise<FastifyReply> {
  const { account } = call;
  const { kind, name, origin } = createSchema.parse(call.body ?? {});
  const typed = { kind, name: normalizeName(name), origin };
  const list = firstList(kind);
  const attempt: CreateAttempt = { ...typed, problems: {} };
  const { platformName, publicUrl } = call.context.config;
  const wrongName = nameProblem(typed.name, platformName);
  if (wrongName) attempt.problems.name = wrongName;
  const wrongOrigin = checkNewAddress(list, { environment: 'localhost', kind }, publicUrl, [], typed.origin);
  if (wrongOrigin) attempt.problems.origin = wrongOrigin;
  if (wrongName || wrongOrigin) return sendCreate(call, 400, attempt);

  return makeOnce(call, async ({ context, audit }) => {
    const { apps } = context.storage;
    if ((await apps.listFor(account.id)).length >= MAX_APPS_OF_A_PERSON) {
      return {
        path: `${call.base}/apps`,
        show: () => sendCreate(call, 400, { ...attempt, tooMany: MAX_APPS_OF_A_PERSON }),
      };
    }
    const secrets = await apps.create({
      name: typed.name,
      environment: 'localhost',
      kind,
      origins: [],
      [list]: [typed.origin],
      fields: FIRST_FIELDS,
      ownerId: account.id,
      keyName: call.language.t('vendor.keys.first'),
    });
    await audit('app.created', `app:${secrets.appId}`, { client_id: secrets.clientId, kind, origin: typed.origin });
    const path = `${call.base}/apps/${secrets.appId}`;
    const made = {
      app: typed.name,
      kind,
      redirectUris: [typed.origin],
      environment: 'localhost',
      secrets,
      path,
    } as const;
    return { path, show: () => sendNewSecrets(call, { ...made, fields: FIRST_FIELDS }) };
  });
}
