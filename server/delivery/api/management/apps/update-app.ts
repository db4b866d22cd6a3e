import { inTransaction } from '#domain/context.ts';
import { reasonOf } from '#domain/import/person.ts';
import { sandboxAppSchemas } from '#domain/management/sandbox-app.ts';
import { audit } from '../audit.ts';
import { invalid, membersOf } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { APP_INPUT, APP_SCHEMA, appBody } from './app-body.ts';
import { findApp } from './find-app.ts';

export const updateApp: ManagementRoute = {
  method: 'PATCH',
  path: '/apps/:id',
  operation: 'updateApp',
  group: 'Sandbox apps',
  summary: 'Change an app of this key',
  description: 'What you leave out stays; null removes a page. A list replaces the list that there was.',
  scope: 'apps:write',
  body: {
    schema: { type: 'object', additionalProperties: false, minProperties: 1, properties: APP_INPUT },
    example: { name: 'Marten & Daughters', origins: ['https://marten.example', 'https://www.marten.example'] },
  },
  answer: { description: 'The app as it is now.', schema: APP_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const { context } = call;
    const { data, error } = sandboxAppSchemas(context.config).patch.safeParse(membersOf(call.body));
    if (error) throw invalid(reasonOf(error));
    await inTransaction(context, async ({ storage }) => {
      const { details, environment } = await findApp({ ...call, context: { ...context, storage } });
      const { homePageUri, privacyPolicyUri, termsUri, id, ...kept } = details;
      const pages = {
        homePageUri: data.home_page_uri === undefined ? homePageUri : data.home_page_uri,
        privacyPolicyUri: data.privacy_policy_uri === undefined ? privacyPolicyUri : data.privacy_policy_uri,
        termsUri: data.terms_uri === undefined ? termsUri : data.terms_uri,
      };
      await storage.apps.updateSettings(id, {
        ...kept,
        ...(data.name !== undefined && { name: data.name }),
        ...(data.fields && {
          fields: data.fields.map(({ reason, ...field }) => ({ ...field, ...(reason && { reason }) })),
        }),
        ...Object.fromEntries(Object.entries(pages).filter(([, page]) => page)),
      });
      const { origins, redirect_uris: redirectUris } = data;
      const { appEnvironments } = storage;
      if (origins) await appEnvironments.changeAddresses(environment.clientId, 'origins', () => origins);
      if (redirectUris) await appEnvironments.changeAddresses(environment.clientId, 'redirectUris', () => redirectUris);
      await audit({ ...call, storage }, 'app.settings_changed', `app:${id}`, { changed: Object.keys(data) });
    });
    return { body: appBody(await findApp(call)) };
  },
};
