import { hash } from 'node:crypto';
import type { Claim, User } from '@signup-with-platform/protocol';
import { fieldsOf } from '#domain/disclosures/disclosure-recorder.ts';
import type { AppUser } from '#storage/app-users.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { namesTag } from './entity-tags.ts';
import { type Caller, sharedClaims, userBody } from './user-body.ts';

/** A user as the answer to a request: equal tags mean equal bytes (RFC 9110 section 8.8.1). */
interface Representation {
  readonly body: User;
  readonly text: string;
  readonly etag: string;
}

/** Those of users that storage keeps in memory, which are the same objects as long as nobody has changed them. */
const made = new WeakMap<AppUser, Representation>();

function representationOf(user: AppUser, call: Caller): Representation {
  const kept = call.context.fields.withheldFrom(call.access).length === 0 ? made.get(user) : undefined;
  if (kept) return kept;
  const body = userBody(user, call);
  const text = JSON.stringify(body);
  const representation = { body, text, etag: `"${hash('sha256', text, 'base64url').slice(0, 22)}"` };
  // What an app may not have today, the operator may approve at any moment.
  if (call.context.fields.withheldFrom(call.access).length === 0) made.set(user, representation);
  return representation;
}

export function etagOf(user: AppUser, call: Caller): string {
  return representationOf(user, call).etag;
}

/** The body for a vendor, noted for the person whom it is about. */
export function disclosedBody(call: Caller, user: AppUser): User {
  return disclosed(call, user).body;
}

/** A user with its ETag, noted for the person; 304 without a body when the caller has that version already (RFC 9110 section 13.1.2). */
export function conditional(call: Pick<ApiCall, 'context' | 'access' | 'request'>, user: AppUser): ApiAnswer {
  const { body, text, etag } = disclosed(call, user);
  const known = call.request.headers['if-none-match'];
  return known !== undefined && namesTag(known, etag)
    ? { status: 304, body: undefined, headers: { etag } }
    : { body, text, headers: { etag } };
}

function disclosed(call: Caller, user: AppUser): Representation {
  const { disclosures } = call.context;
  if (user.linked) disclosures.read(user.id, fieldsOf(Object.keys(sharedClaims(user.linked, call)) as Claim[]));
  return representationOf(user, call);
}
