import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BrowserSession } from '../engine/browser-session.ts';
import type { Provider } from '../engine/provider-types.ts';
import { ensureBrowser } from '../http/browser-cookie.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import type { Account } from '../storage/accounts.ts';
import { auditOf } from './audit.ts';
import type { PortalCall, PortalRoute } from './route.ts';

/** A request to the portal of one realm. */
export interface Visitor {
  readonly context: RealmContext;
  readonly provider: Provider;
  readonly request: FastifyRequest<{ Params: Record<string, string> }>;
  readonly reply: FastifyReply;
}

const querySchema = z.object({ language: z.string().max(35).optional().catch(undefined) });

/** Says who the visitor is. */
export async function openVisit(visitor: Visitor, { sections }: PortalRoute): Promise<PortalCall> {
  const { context, provider, request, reply } = visitor;
  const session = await BrowserSession.load(context, provider, request, reply);
  const account = session.accountId === undefined ? undefined : await findAccount(context, session.accountId);
  const boundTo = account ? `session:${session.uid}` : `browser:${ensureBrowser(context, request.raw, reply.raw)}`;
  const languages = languagesOf(account?.locale ?? languageIn(request.query), request.headers['accept-language']);
  const call: PortalCall = {
    context,
    request,
    reply,
    session,
    account,
    language: pickLanguage(languages, sections),
    languages,
    base: `${context.prefix}/account`,
    csrf: context.csrf.issue(boundTo),
    boundTo,
    params: request.params,
    query: request.query,
    body: undefined,
    kept: {},
    audit: auditOf({ context, account, request }),
  };
  return call;
}

/** Who is signed in, for the frame of an error's page; undefined for nobody. */
export async function findPerson({ context, provider, request, reply }: Visitor) {
  const { accountId, uid } = await BrowserSession.load(context, provider, request, reply);
  const account = accountId === undefined ? undefined : await findAccount(context, accountId);
  return account && { account, csrf: context.csrf.issue(`session:${uid}`) };
}

/** The language of the page that somebody came from who is not signed in: the popup's may be another than the browser's. */
function languageIn(query: unknown): string | undefined {
  return querySchema.parse(query ?? {}).language;
}

async function findAccount({ rows }: RealmContext, id: string): Promise<Account | undefined> {
  const account = await rows.accounts.find(id);
  return account && !account.blocked ? account : undefined;
}
