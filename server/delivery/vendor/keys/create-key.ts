import type { FastifyReply } from 'fastify';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { PortalError } from '#portal/portal-error.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { TooManyKeysError } from '#storage/api-keys.ts';
import { readEnvironments } from '../app-layout.ts';
import { makeOnce } from '../shown-once.ts';
import { checkCreateKey, createKeySchema, EMPTY_CREATE_KEY } from './create-key-form.ts';
import { sendCreateKey } from './create-key-page.ts';
import { keysPath } from './keys-page.ts';
import { sendMade } from './made-page.ts';

const PATH = '/apps/:appId/:environment/keys/new';

export const createKeyRoutes = [
  forEnvironment('GET', PATH, 'developer', getCreateKey, { recentSignIn: true }),
  forEnvironment('POST', PATH, 'developer', postCreateKey, {
    recentSignIn: true,
    form: { keeps: Object.keys(createKeySchema.shape) },
  }),
];

async function getCreateKey(call: EnvironmentCall): Promise<FastifyReply> {
  return sendCreateKey(call, 200, createKeySchema.safeParse(call.kept).data ?? EMPTY_CREATE_KEY);
}

async function postCreateKey(call: EnvironmentCall): Promise<FastifyReply> {
  const { environment, app } = call;
  const parsed = createKeySchema.safeParse(call.body);
  if (!parsed.success) throw new PortalError('invalid_request');
  const form = parsed.data;
  const checked = checkCreateKey(form);
  if ('errors' in checked) return sendCreateKey(call, 400, form, checked.errors);
  try {
    const environments = await readEnvironments(call);
    return await makeOnce(call, async ({ context, audit, languages }) => {
      const { key, ...made } = await context.storage.apiKeys.create(environment.clientId, checked.key);
      await audit('key.created', `key:${made.id}`, {
        client_id: environment.clientId,
        prefix: made.prefix,
        read_only: made.readOnly,
      });
      const notice = {
        kind: 'api_key_created',
        app: app.name,
        environment: environment.environment,
        name: made.name,
        by: { name: nameOf(call.account) },
      } as const;
      await notifyOwners(context, app.id, notice, languages);
      return {
        path: keysPath(call),
        show: () =>
          sendMade(call, environments, {
            kind: 'key',
            secret: { id: 'api-key', label: made.name, value: key },
          }),
      };
    });
  } catch (error) {
    if (error instanceof TooManyKeysError) return sendCreateKey(call, 400, form, { tooMany: true });
    throw error;
  }
}
