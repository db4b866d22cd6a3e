import type { UploadedImport } from '#storage/uploaded-imports.ts';
import { ApiError } from '../../api-error.ts';
import type { JsonSchema } from '../../validation/json-schema.ts';
import type { ManagementCall } from '../route.ts';

const count = (description: string): JsonSchema => ({ type: 'integer', minimum: 0, description });

export const IMPORT_SCHEMA: JsonSchema = {
  type: 'object',
  required: [
    'id',
    'state',
    'dry_run',
    'read',
    'created',
    'updated',
    'unchanged',
    'rejected',
    'failure',
    'created_at',
    'finished_at',
  ],
  properties: {
    id: { type: 'string' },
    state: { type: 'string', enum: ['waiting', 'running', 'done', 'failed'] },
    dry_run: { type: 'boolean', description: 'Whether nothing is changed.' },
    read: count('Rows so far.'),
    created: count('New accounts.'),
    updated: count('Accounts that a row has changed.'),
    unchanged: count('Rows that say what they said before.'),
    rejected: count('Rows that were left out.'),
    failure: {
      type: ['string', 'null'],
      description: 'Why it failed. What was done until then stays, and the same file can be sent again.',
    },
    created_at: { type: 'string', format: 'date-time' },
    finished_at: { type: ['string', 'null'], format: 'date-time' },
  },
};

export function importBody({
  id,
  state,
  dryRun,
  failure,
  createdAt,
  finishedAt,
  ...counts
}: UploadedImport): Record<string, unknown> {
  const { read, created, updated, unchanged, rejected } = counts;
  return {
    ...{ id, state, dry_run: dryRun, read, created, updated, unchanged, rejected, failure: failure ?? null },
    ...{ created_at: createdAt.toISOString(), finished_at: finishedAt?.toISOString() ?? null },
  };
}

/** The import that a path names. @throws ApiError 404, also for one of another key */
export async function findImport({ context, key, params }: ManagementCall): Promise<UploadedImport> {
  const found = await context.storage.uploadedImports.find(key.id, params['id'] ?? '');
  if (!found) throw new ApiError(404, 'not_found', 'This key has uploaded no such import, or its time is over.');
  return found;
}
