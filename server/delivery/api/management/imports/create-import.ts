import { isUtf8 } from 'node:buffer';
import { z } from 'zod';
import type { BodyContract } from '#http/body/body-contract.ts';
import { MAX_OPEN_IMPORTS } from '#storage/uploaded-imports.ts';
import { ApiError } from '../../api-error.ts';
import { audit } from '../audit.ts';
import { fileIn } from '../file-in.ts';
import { invalid } from '../json-of.ts';
import type { ManagementRoute } from '../route.ts';
import { IMPORT_SCHEMA, importBody } from './import-body.ts';

/** Some twenty thousand people. More come in several uploads, or by the command. */
const MAX_BYTES = 8 * 1024 * 1024;
const UPLOAD: BodyContract = { types: ['multipart'], maxBytes: MAX_BYTES };

const query = z.object({
  dry_run: z
    .enum(['true', 'false'], 'is true or false')
    .optional()
    .describe('With `true`, says what would happen. Default `false`.'),
});

export const createImport: ManagementRoute = {
  method: 'POST',
  path: '/imports',
  operation: 'createImport',
  group: 'Imports',
  summary: 'Import people',
  description:
    'A form (multipart/form-data) with the file `people`: NDJSON of at most 8 MB, a row of an import a line. It is answered at once, and ' +
    'imported between requests. The same file can be sent again: a row that says what it said before changes nothing.',
  scope: 'imports:write',
  query,
  body: {
    contract: UPLOAD,
    schema: { type: 'object', required: ['people'], properties: { people: { type: 'string', format: 'binary' } } },
    example: undefined,
  },
  answer: { status: 202, description: 'It waits for its turn.', schema: IMPORT_SCHEMA },
  errors: { 409: ['too_many_imports'] },
  handle: async (call) => {
    const { context, key } = call;
    const bytes = fileIn(call.body, 'people');
    if (!isUtf8(bytes) || bytes.includes(0)) throw invalid('people: it must be text in UTF-8, without NUL');
    const dryRun = call.query['dry_run'] === 'true';
    const upload = { realm: key.realm, keyId: key.id, dryRun, text: bytes.toString('utf8') };
    const added = await context.storage.uploadedImports.add(upload);
    if (!added)
      throw new ApiError(
        409,
        'too_many_imports',
        `${MAX_OPEN_IMPORTS} imports of this key are not done. Wait for one of them.`,
      );
    await audit({ ...call, storage: context.storage }, 'import.uploaded', `upload:${added.id}`, {
      bytes: bytes.length,
      dry_run: dryRun,
    });
    return { status: 202, body: importBody(added) };
  },
};
