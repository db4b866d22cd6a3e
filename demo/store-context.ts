import type { DatabaseSync } from 'node:sqlite';
import type { PlatformClient } from '@signup-with-platform/client';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionCookie } from './http/session-cookie.ts';
import type { ShopFront } from './pages/layout.ts';
import { type Customer, Customers } from './storage/customers.ts';
import { Nonces } from './storage/nonces.ts';
import { type Session, Sessions, VISITOR_SESSION_MS } from './storage/sessions.ts';

/** What the handlers share: the settings, the repositories, and the current session. */
export class StoreContext {
  readonly clientId: string;
  readonly issuer: string;
  readonly platformUrl: string;
  readonly platformName: string;
  /** The client of the platform's API. Undefined without a key. */
  readonly platform: PlatformClient | undefined;
  readonly database: DatabaseSync;
  readonly customers: Customers;
  readonly sessions: Sessions;
  readonly nonces: Nonces;
  readonly cookie: SessionCookie;

  constructor(
    settings: Pick<
      StoreContext,
      'clientId' | 'issuer' | 'platformUrl' | 'platformName' | 'platform' | 'database' | 'cookie'
    >,
  ) {
    this.clientId = settings.clientId;
    this.issuer = settings.issuer;
    this.platformUrl = settings.platformUrl;
    this.platformName = settings.platformName;
    this.platform = settings.platform;
    this.database = settings.database;
    this.cookie = settings.cookie;
    this.customers = new Customers(this.database);
    this.sessions = new Sessions(this.database);
    this.nonces = new Nonces(this.database);
  }

  sessionOf(request: FastifyRequest): Session | undefined {
    const token = this.cookie.read(request);
    return token === undefined ? undefined : this.sessions.find(token);
  }

  /** The visitor's session, which is started when there is none. */
  visit(request: FastifyRequest, reply: FastifyReply): Session {
    const known = this.sessionOf(request);
    if (known) return known;
    const { token, session } = this.sessions.startVisit();
    this.cookie.set(reply, token, VISITOR_SESSION_MS);
    return session;
  }

  customerOf(session: Session | undefined): Customer | undefined {
    return session?.customerId === undefined ? undefined : this.customers.get(session.customerId);
  }

  /** What the frame of every page shows. */
  frontFor(session: Session | undefined): ShopFront {
    const customer = this.customerOf(session);
    return {
      platformName: this.platformName,
      ...(customer && session && { customer, csrf: session.csrf }),
    };
  }
}
