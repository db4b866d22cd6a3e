import { inTransaction } from '#domain/context.ts';
import { audit } from '../audit.ts';
import { assertNoBody } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { APP_SCHEMA, appBody } from './app-body.ts';
import { findApp } from './find-app.ts';

export const deleteApp: ManagementRoute = {
  method: 'DELETE',
  path: '/apps/:id',
  operation: 'deleteApp',
  group: 'Sandbox apps',
  summary: 'Delete an app of this key',
  description: 'At once and for good, with its keys, its users and the people who signed up at it.',
  scope: 'apps:write',
  answer: { description: 'The app as it was.', schema: APP_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    assertNoBody(call.body);
    const found = await findApp(call);
    const { details, environment } = found;
    await inTransaction(call.context, async ({ storage }) => {
      await storage.apps.delete(details.id);
      await audit({ ...call, storage }, 'app.deleted', `app:${details.id}`, { client_ids: [environment.clientId] });
    });
    return { body: appBody(found) };
  },
};
