import { hash } from 'node:crypto';
import type { User } from '@signup-with-platform/protocol';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { namesTag } from './entity-tags.ts';
import { findUser } from './find-user.ts';
import { disclosedBody, USER_SCHEMA } from './user-body.ts';

export const getUser: ApiRoute = {
  method: 'GET',
  path: '/users/:id',
  operation: 'getUser',
  summary: 'Read one user',
  description: 'Answers 304 when If-None-Match contains the current ETag.',
  rights: 'read',
  answer: { description: 'The user.', schema: USER_SCHEMA },
  errors: { 404: ['not_found'] },
  handle: async (call) => conditional(call, disclosedBody(call, await findUser(call))),
};

/** A user with its ETag; 304 without a body when the caller has that version already (RFC 9110 section 13.1.2). */
export function conditional({ request }: Pick<ApiCall, 'request'>, body: User): ApiAnswer {
  const text = JSON.stringify(body);
  const etag = etagOfText(text);
  const known = request.headers['if-none-match'];
  return known !== undefined && namesTag(known, etag)
    ? { status: 304, body: undefined, headers: { etag } }
    : { body, text, headers: { etag } };
}

/** A strong ETag: equal tags mean equal bytes. */
export function etagOf(body: User): string {
  return etagOfText(JSON.stringify(body));
}

function etagOfText(text: string): string {
  return `"${hash('sha256', text, 'base64url').slice(0, 22)}"`;
}
