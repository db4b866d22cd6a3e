import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MAX_PICTURE_BYTES } from '../pictures/normalize-picture.ts';
import { PortalError } from './portal-error.ts';

const MAX_FIELDS = 20;
/** Routes that take a file. */
const UPLOADS = /\/(picture|logo)$/;

/**
 * Takes forms with a file in them. In `body`, the file stands by its name as a Buffer, beside the fields; several of one name are an
 * array. A file that is too large is cut off with one byte more than a picture may have, so that its form can be shown again and say so.
 */
export async function takeMultipart(portal: FastifyInstance, maxFieldBytes: number): Promise<void> {
  await portal.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: MAX_PICTURE_BYTES + 1, files: 1, fields: MAX_FIELDS, fieldSize: maxFieldBytes },
  });
  portal.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) return;
    // Nobody makes us read a file where none is wanted.
    if (!UPLOADS.test(request.routeOptions.url ?? '')) throw new PortalError('invalid_request');
    request.body = await readForm(request);
  });
}

/** @throws PortalError `invalid_request` for what is no form, breaks off, or has too many parts */
async function readForm(request: FastifyRequest): Promise<Record<string, unknown>> {
  const form: Record<string, unknown> = {};
  try {
    for await (const part of request.parts()) {
      const value = part.type === 'file' ? await part.toBuffer() : part.value;
      const earlier = form[part.fieldname];
      form[part.fieldname] = earlier === undefined ? value : [earlier, value].flat();
    }
  } catch (error) {
    throw new PortalError('invalid_request', { cause: error });
  }
  return form;
}
