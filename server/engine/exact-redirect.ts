import type { KoaContextWithOIDC } from 'oidc-provider';
import { withFragment, withQuery } from '../http/add-parameters.ts';

type Respond = (ctx: KoaContextWithOIDC, redirectUri: string, response: Record<string, unknown>) => void;

/** What a header may have. An earlier version may have registered an address with other characters, which Koa encodes. */
const OF_HEADERS = /^[\x21-\x7e]+$/;

/** A response mode that redirects to the registered address byte for byte, where the engine's own would write its query anew. */
function redirectWith(added: typeof withQuery): Respond {
  return (ctx, redirectUri, response) => {
    const parameters = Object.entries(response).map(([name, value]) => [name, String(value)]);
    const address = added(redirectUri, Object.fromEntries(parameters));
    ctx.status = 303;
    ctx.redirect(address);
    if (OF_HEADERS.test(address)) ctx.set('location', address);
  };
}

export const answerInQuery = redirectWith(withQuery);
export const answerInFragment = redirectWith(withFragment);
