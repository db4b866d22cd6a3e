import type { Language, Section } from '@signup-with-platform/messages';
import type { Realm } from '@signup-with-platform/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BrowserSession } from '../engine/browser-session.ts';
import type { RealmContext } from '../http/realm-context.ts';
import type { Account } from '../storage/accounts.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import type { AppRole } from '../storage/app-members.ts';
import type { AppSummary } from '../storage/apps.ts';
import type { AuditAct } from '../storage/audit-log.ts';

/** A request to the portal that the guard let through: of a form, its origin and token have been checked. */
export interface PortalCall {
  readonly context: RealmContext;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly session: BrowserSession;
  readonly account: Account | undefined;
  readonly language: Language;
  /** BCP 47, in order of preference: for mails. */
  readonly languages: readonly string[];
  /** Path of the portal in this realm: `/account` or `/sandbox/account`. */
  readonly base: string;
  /** Value of the hidden field `csrf` that each form of this page carries. */
  readonly csrf: string;
  /** What forms, and challenges for passkeys, are bound to: the session, or the browser of who is not signed in. */
  readonly boundTo: string;
  readonly params: Readonly<Record<string, string>>;
  /** Unchecked; parse it by a schema. */
  readonly query: unknown;
  /** Unchecked; parse it by a schema. Undefined with GET. */
  readonly body: unknown;
  /** What was typed into the form of this page when it asked for a recent sign-in. Unchecked; parse it by a schema. Mostly empty. */
  readonly kept: Readonly<Record<string, unknown>>;
  /** Writes an act of this caller to the audit log. */
  audit(act: AuditAct, subject: string, detail?: Record<string, unknown>): Promise<void>;
}

/** Somebody who is signed in. */
export interface PersonCall extends PortalCall {
  readonly account: Account;
}

/** A member of the app that the path names by `:appId`. */
export interface MemberCall extends PersonCall {
  readonly app: Readonly<AppSummary>;
  readonly role: AppRole;
}

/** Below one environment of the app, which the path names by `:environment`. */
export interface EnvironmentCall extends MemberCall {
  readonly environment: AppEnvironment;
}

interface RouteOptions {
  /** Of a form that needs a recent sign-in, so that its page is shown again afterwards with what was typed. */
  form?: {
    /** The page that it stands on; its parameters are those of the route. Default: the route's own path. */
    page?: string;
    /** Inputs to be kept for {@link PortalCall.kept}; never a secret. Default: none. */
    keeps?: readonly string[];
  };
  /** The form has a file. Only for people who are signed in, because nobody else may make us read one. */
  takesFile?: true;
  /** The person has to have signed in recently. */
  recentSignIn?: boolean;
  /** A test person whom several browsers share stays as it is; a browser's own copy does not. */
  notShared?: boolean;
  /** Open to a person whose account is about to be deleted, too; from everywhere else they are sent to where it can be kept. */
  whileDeletionPending?: boolean;
  /** Default: both. */
  realms?: readonly Realm[];
  /** The words that the page is made of: it is in a language that has all of them. Default: those of every page for people. */
  sections?: readonly Section[];
}

/** Only below an environment is it known whether that is production. */
interface EnvironmentRouteOptions extends Pick<RouteOptions, 'form'> {
  /** `in production`: only there, where real people's details are. */
  recentSignIn?: boolean | 'in production';
}

type Handler<Call extends PortalCall> = (call: Call) => Promise<FastifyReply>;

/** One address of the portal, below `/account`. The table of them is composition/portal-routes.ts; guard.ts holds each to what it says here. */
export interface PortalRoute extends Omit<RouteOptions, 'recentSignIn'>, EnvironmentRouteOptions {
  readonly method: 'GET' | 'POST';
  /** `/` is the portal's first page; `:name` is a parameter. */
  readonly path: string;
  readonly access: Access;
}

/** Who gets through, and who answers them with what is known of them by then. */
export type Access =
  | { readonly who: 'anyone'; readonly handle: Handler<PortalCall> }
  | { readonly who: 'person'; readonly handle: Handler<PersonCall> }
  | { readonly who: 'member'; readonly of: 'app'; readonly role: AppRole; readonly handle: Handler<MemberCall> }
  | {
      readonly who: 'member';
      readonly of: 'environment';
      readonly role: AppRole;
      readonly handle: Handler<EnvironmentCall>;
    };

export function forAnyone(
  method: PortalRoute['method'],
  path: string,
  handle: Handler<PortalCall>,
  options: Pick<RouteOptions, 'realms'> = {},
): PortalRoute {
  return { method, path, access: { who: 'anyone', handle }, ...options };
}

export function forPerson(
  method: PortalRoute['method'],
  path: string,
  handle: Handler<PersonCall>,
  options: RouteOptions = {},
): PortalRoute {
  return { method, path, access: { who: 'person', handle }, ...options };
}

/**
 * @param path contains `:appId`
 * @param role the least that may do this. Members with a lesser one are told so; others get 404, so that they cannot tell whether there
 * is such an app
 */
export function forMember(
  method: PortalRoute['method'],
  path: string,
  role: AppRole,
  handle: Handler<MemberCall>,
  options: Pick<RouteOptions, 'recentSignIn' | 'form' | 'takesFile'> = {},
): PortalRoute {
  return { method, path, access: { who: 'member', of: 'app', role, handle }, realms: ['production'], ...options };
}

/** As {@link forMember}. An environment that the app does not have is not found. */
export function forEnvironment(
  method: PortalRoute['method'],
  path: `/apps/:appId/:environment${string}`,
  role: AppRole,
  handle: Handler<EnvironmentCall>,
  options: EnvironmentRouteOptions = {},
): PortalRoute {
  const access = { who: 'member', of: 'environment', role, handle } as const;
  return { method, path, access, realms: ['production'], ...options };
}
