import type { IncomingMessage } from 'node:http';
import type Provider from 'oidc-provider';
import { browserOf, ensureBrowser, hashOfBrowser } from '../http/browser-cookie.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { continueAttempt, keepAttempts } from './attempts.ts';
import { currentRequest, type Interaction, keepProperty } from './engine-internals.ts';
import { PROVIDER_ROUTES } from './provider-routes.ts';

type Keeper = Pick<RealmContext, 'issuer' | 'realm'>;

/**
 * Binds each interaction to the browser that it begins in. The engine would do it by two signed cookies for each interaction, limited to its
 * path, which have three faults: another host of the site can set them, and so hand somebody an interaction in which the attacker has
 * signed in; browsers keep about 180 cookies a site, so that many windows push out the session's; and they stay when a window is
 * closed. One cookie, whose hash each interaction keeps, has none of them.
 */
export function bindInteractions(context: Keeper, provider: Provider): void {
  keepProperty(provider, 'Interaction', 'browser', () => {
    const ctx = currentRequest();
    return ctx && hashOfBrowser(ensureBrowser(context, ctx.req, ctx.res));
  });
  keepAttempts(provider);
  const [interactionName, resumeName] = [provider.cookieName('interaction'), provider.cookieName('resume')];
  provider.use(async (ctx, next) => {
    const { cookies, req } = ctx;
    const uid = resumedInteraction(ctx.path);
    let failure: Error | undefined;
    const resumed =
      uid !== undefined
        ? await findInteraction(context, provider, req, uid).catch((error: Error) => {
            failure = error;
          })
        : undefined;
    const [get, set] = [cookies.get.bind(cookies), cookies.set.bind(cookies)];
    cookies.get = (name, options) => {
      if (name !== resumeName) return get(name, options);
      // Thrown where the engine asks, because it answers its own errors with our page.
      if (failure) throw failure;
      return resumed?.uid;
    };
    cookies.set = (name, value, options) =>
      name === resumeName || name === interactionName ? cookies : set(name, value, options);
    await next();
  });
}

const RESUME_AT = [PROVIDER_ROUTES.authorization, PROVIDER_ROUTES.code_verification].map((route) => `${route}/`);

/** The interaction after which the engine goes on at a path; undefined at other paths. */
export function resumedInteraction(path: string): string | undefined {
  const start = RESUME_AT.find((beginning) => path.startsWith(beginning));
  return (start && path.slice(start.length)) || undefined;
}

/**
 * The interaction of an address, whose attempt the request continues.
 * @returns undefined when it is over or unknown, began in another browser, or its session has ended or changed hands
 */
export async function findInteraction(
  context: Keeper,
  provider: Provider,
  request: IncomingMessage,
  uid: string,
): Promise<Interaction | undefined> {
  const interaction: Interaction | undefined = await provider.Interaction.find(uid);
  if (!interaction || !isOfBrowser(context, request, interaction)) return undefined;
  continueAttempt(request, interaction);
  const { session } = interaction;
  if (!session?.uid) return interaction;
  const found = await provider.Session.findByUid(session.uid);
  return found && found.accountId === session.accountId ? interaction : undefined;
}

/** Whether something began in the browser that sends the request. @param begun what was kept of it */
export function isOfBrowser(context: Keeper, request: IncomingMessage, { browser }: { browser?: unknown }): boolean {
  const value = browserOf(context, request);
  return value !== undefined && hashOfBrowser(value) === browser;
}
