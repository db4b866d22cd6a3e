import type { FastifyRequest } from 'fastify';
import type { BodyContract } from '../http/body/body-contract.ts';
import { type FormRecord, formOf } from '../http/body/form-record.ts';
import { readBody } from '../http/body/read-body.ts';
import { MAX_PICTURE_BYTES } from '../pictures/normalize-picture.ts';
import type { PortalRoute } from './route.ts';

const MAX_FORM_BYTES = 64 * 1024;

const PORTAL_FORM: BodyContract = { types: ['form'], maxBytes: MAX_FORM_BYTES };

/** A picture that is too large is cut off, but still larger than a picture may be, so that its form is shown again and says so. */
const UPLOAD_FORM: BodyContract = {
  types: ['form', 'multipart'],
  maxBytes: MAX_PICTURE_BYTES + MAX_FORM_BYTES,
  cutsLongFiles: true,
};

/** Reads a form; a file in it is a Buffer. One with a file is read once it is known who sends. @throws BodyError */
export async function readPortalForm(
  request: FastifyRequest,
  { takesFile }: Pick<PortalRoute, 'takesFile'>,
): Promise<FormRecord> {
  return formOf(await readBody(request, takesFile ? UPLOAD_FORM : PORTAL_FORM));
}
