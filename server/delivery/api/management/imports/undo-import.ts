import { ApiError } from '../../api-error.ts';
import { audit } from '../audit.ts';
import { assertNoBody } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { findImport } from './import-body.ts';

/** Some hundreds of accounts each, so that the answer does not take long. */
const MAX_ROUNDS = 10;

export const undoImport: ManagementRoute = {
  method: 'POST',
  path: '/imports/:id/undo',
  operation: 'undoImport',
  group: 'Imports',
  summary: 'Take back what an import has created',
  description:
    'Deletes the accounts that it created and nobody has used since, some thousands with each call: send it again while `has_more` is true.',
  scope: 'imports:write',
  answer: {
    description: 'How many accounts are gone.',
    schema: {
      type: 'object',
      required: ['deleted', 'has_more'],
      properties: { deleted: { type: 'integer', minimum: 0 }, has_more: { type: 'boolean' } },
      additionalProperties: false,
    },
  },
  errors: { 404: ['not_found'], 409: ['import_not_done'] },
  handle: async (call) => {
    assertNoBody(call.body);
    const { storage, rows } = call.context;
    const { state, importId } = await findImport(call);
    if (state === 'waiting' || state === 'running')
      throw new ApiError(409, 'import_not_done', 'The import is not done. Wait for its end.');
    if (importId === undefined) return { body: { deleted: 0, has_more: false } };
    let deleted = 0;
    let some = 1;
    for (let round = 0; round < MAX_ROUNDS && some > 0; round += 1) {
      some = await rows.imports.deleteUnused(importId);
      deleted += some;
    }
    await audit({ ...call, storage }, 'import.undone', `import:${importId}`, { deleted });
    return { body: { deleted, has_more: some > 0 } };
  },
};
