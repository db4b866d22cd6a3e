import { audit } from '../audit.ts';
import type { ManagementRoute } from '../route.ts';
import { findImport, IMPORT_SCHEMA, importBody } from './import-body.ts';

const COMMON = { method: 'GET', group: 'Imports', scope: 'imports:write' } as const;

export const listImports: ManagementRoute = {
  ...COMMON,
  path: '/imports',
  operation: 'listImports',
  summary: 'List the imports of this key',
  description: 'The latest hundred, newest first. One that is done is kept for a week.',
  answer: {
    description: 'The imports.',
    schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: IMPORT_SCHEMA } } },
  },
  errors: {},
  handle: async (call) => {
    const { storage } = call.context;
    await audit({ ...call, storage }, 'import.read');
    return { body: { data: (await storage.uploadedImports.list(call.key.id)).map(importBody) } };
  },
};

export const getImport: ManagementRoute = {
  ...COMMON,
  path: '/imports/:id',
  operation: 'getImport',
  summary: 'See how far an import is',
  answer: { description: 'The import.', schema: IMPORT_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const found = await findImport(call);
    await audit({ ...call, storage: call.context.storage }, 'import.read', `upload:${found.id}`);
    return { body: importBody(found) };
  },
};

export const listRejects: ManagementRoute = {
  ...COMMON,
  path: '/imports/:id/rejects',
  operation: 'listRejects',
  summary: 'See which rows were left out, and why',
  description: 'The first thousand, of at most 1 MB together; `rejected` of the import counts all.',
  answer: {
    description: 'The rows.',
    schema: {
      type: 'object',
      required: ['data'],
      properties: {
        data: {
          type: 'array',
          items: {
            type: 'object',
            required: ['line', 'reason'],
            properties: {
              line: { type: 'integer' },
              reason: { type: 'string' },
              row: { description: 'The row as it was sent.' },
            },
          },
        },
      },
    },
  },
  errors: { 404: ['not_found'] },
  handle: async (call) => {
    const { storage } = call.context;
    const { id } = await findImport(call);
    await audit({ ...call, storage }, 'import.read', `upload:${id}`);
    return { body: { data: await storage.uploadedImports.rejects(id) } };
  },
};
