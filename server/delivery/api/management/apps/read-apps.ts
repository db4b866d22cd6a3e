import { audit } from '../audit.ts';
import type { ManagementRoute } from '../route.ts';
import { APP_SCHEMA, appBody } from './app-body.ts';
import { detailsOf, findApp } from './find-app.ts';

export const listApps: ManagementRoute = {
  method: 'GET',
  path: '/apps',
  operation: 'listApps',
  group: 'Sandbox apps',
  summary: 'List the apps of this key',
  description: 'Newest first. There are at most 200.',
  scope: 'apps:write',
  answer: {
    description: 'The apps.',
    schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: APP_SCHEMA } } },
  },
  errors: {},
  handle: async (call) => {
    const { key, context } = call;
    const { storage } = context;
    await audit({ ...call, storage }, 'app.read');
    const data = [];
    for (const managed of await storage.managedApps.list(key.id)) {
      const found = await detailsOf(storage, managed);
      if (found) data.push(appBody(found));
    }
    return { body: { data } };
  },
};

export const getApp: ManagementRoute = {
  method: 'GET',
  path: '/apps/:id',
  operation: 'getApp',
  group: 'Sandbox apps',
  summary: 'Read one app of this key',
  scope: 'apps:write',
  answer: { description: 'The app.', schema: APP_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const found = await findApp(call);
    await audit({ ...call, storage: call.context.storage }, 'app.read', `app:${found.details.id}`);
    return { body: appBody(found) };
  },
};
