import { hash } from 'node:crypto';
import type { Claim, User } from '@signup-with-platform/protocol';
import type { FieldCatalogue } from '#domain/claims/catalogue.ts';
import { fieldsOf } from '#domain/disclosures/disclosure-recorder.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { namesTag } from './entity-tags.ts';
import { sharedClaims, userBody } from './user-body.ts';

/** A user as the answer to a request: equal tags mean equal bytes (RFC 9110 section 8.8.1). */
interface Representation {
  readonly body: User;
  readonly text: string;
  readonly etag: string;
}

/** Those of users that storage keeps in memory, which are the same objects as long as nobody has changed them. */
const made = new WeakMap<AppUser, Representation>();

function representationOf(user: AppUser, catalogue: FieldCatalogue): Representation {
  const kept = made.get(user);
  if (kept) return kept;
  const body = userBody(user, catalogue);
  const text = JSON.stringify(body);
  const representation = { body, text, etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"` };
  made.set(user, representation);
  return representation;
}

export function etagOf(user: AppUser, catalogue: FieldCatalogue): string {
  return representationOf(user, catalogue).etag;
}

/** The body for a vendor, noted for the person whom it is about. */
export function disclosedBody(call: Pick<ApiCall, 'context'>, user: AppUser): User {
  return disclosed(call, user).body;
}

/** A user with its ETag, noted for the person; 304 without a body when the caller has that version already (RFC 9110 section 13.1.2). */
export function conditional(call: Pick<ApiCall, 'context' | 'request'>, user: AppUser): ApiAnswer {
  const { body, text, etag } = disclosed(call, user);
  const known = call.request.headers['if-none-match'];
  return known !== undefined && namesTag(known, etag)
    ? { status: 304, body: undefined, headers: { etag } }
    : { body, text, headers: { etag } };
}

function disclosed({ context }: Pick<ApiCall, 'context'>, user: AppUser): Representation {
  const { fields, disclosures } = context;
  if (user.linked) disclosures.read(user.id, fieldsOf(Object.keys(sharedClaims(user.linked, fields)) as Claim[]));
  return representationOf(user, fields);
}
