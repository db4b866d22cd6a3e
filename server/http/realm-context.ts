import { issuerOf, type Realm } from '@signup-with-platform/protocol';
import type { DomainContext } from '../domain/context.ts';
import type { Upstreams } from '../upstream/upstreams.ts';
import type { CsrfTokens } from './csrf.ts';

/** What the handlers of one realm receive: the domain's context, and what belongs to HTTP requests. */
export interface RealmContext extends DomainContext {
  /** Path prefix of the realm's routes: empty, or `/sandbox`. */
  readonly prefix: string;
  readonly csrf: CsrfTokens;
  readonly cookieKey: string;
  /** Other logins by which people sign in. */
  readonly upstreams: Upstreams;
}

export function realmPrefix(realm: Realm): string {
  return new URL(issuerOf('http://localhost', realm)).pathname.replace(/\/$/, '');
}
