import { afterDays } from '#domain/apps/keys.ts';
import { inTransaction } from '#domain/context.ts';
import { reasonOf } from '#domain/import/person.ts';
import { sandboxAppSchemas } from '#domain/management/sandbox-app.ts';
import { MAX_APPS_OF_KEY, TooManyAppsError } from '#storage/managed-apps.ts';
import { ApiError } from '../../api-error.ts';
import { audit } from '../audit.ts';
import { invalid, membersOf } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { APP_INPUT, appBody, CREATED_APP_SCHEMA } from './app-body.ts';
import { findApp } from './find-app.ts';

export const createApp: ManagementRoute = {
  method: 'POST',
  path: '/apps',
  operation: 'createApp',
  group: 'Sandbox apps',
  summary: 'Register an app of the sandbox',
  description: 'The app belongs to this key alone, and is deleted when its time is over. The secrets are shown once.',
  scope: 'apps:write',
  body: {
    schema: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'origins'],
      properties: {
        ...APP_INPUT,
        environment: { type: 'string', enum: ['localhost', 'development:sandbox'], default: 'development:sandbox' },
        expires_in_days: { type: 'integer', minimum: 1, maximum: 90, default: 30 },
      },
    },
    example: {
      name: 'Marten Books',
      origins: ['https://marten.example'],
      fields: [
        { field: 'name' },
        { field: 'email' },
        { field: 'address', required: false, reason: 'To deliver what you order' },
      ],
      expires_in_days: 14,
    },
  },
  idempotent: true,
  answer: { status: 201, description: 'The app, and its secrets.', schema: CREATED_APP_SCHEMA },
  errors: { 409: ['too_many_apps'] },
  handle: async (call) => {
    const { context, key } = call;
    const { data, error } = sandboxAppSchemas(context.config).create.safeParse(membersOf(call.body));
    if (error) throw invalid(reasonOf(error));
    const { name, environment, origins, redirect_uris: redirectUris, fields } = data;
    const pages = {
      homePageUri: data.home_page_uri,
      privacyPolicyUri: data.privacy_policy_uri,
      termsUri: data.terms_uri,
    };
    try {
      const secrets = await inTransaction(context, async ({ storage }) => {
        const made = await storage.apps.create({
          ...{ name, environment, origins },
          ...(redirectUris && { redirectUris }),
          ...(fields && { fields: fields.map(({ reason, ...field }) => ({ ...field, ...(reason && { reason }) })) }),
          ...Object.fromEntries(Object.entries(pages).filter(([, page]) => page)),
        });
        await storage.managedApps.add(key.id, { appId: made.appId, expiresAt: afterDays(data.expires_in_days) });
        await audit({ ...call, storage }, 'app.created', `app:${made.appId}`, { client_id: made.clientId });
        return made;
      });
      const found = await findApp({ ...call, params: { id: secrets.appId } });
      return { status: 201, body: { ...appBody(found), client_secret: secrets.clientSecret, api_key: secrets.apiKey } };
    } catch (error) {
      if (!(error instanceof TooManyAppsError)) throw error;
      throw new ApiError(
        409,
        'too_many_apps',
        `This key has ${MAX_APPS_OF_KEY} apps, which is the limit. Delete one first.`,
      );
    }
  },
};
