import { mayLeave } from '../../engine/asker.ts';
import { appOf } from '../../engine/clients.ts';
import type { KoaContextWithOIDC } from '../../engine/provider-types.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { pageContextOf } from '../../pages/page-context.ts';
import { linkUri } from '../../pages/uris.ts';
import { writePage } from '../../pages/write-page.ts';
import { sendError } from './deliver.ts';
import { formPostPage } from './pages/form-post-page.ts';
import { leavingPage } from './pages/leaving-page.ts';

/**
 * The last page of a request with `response_mode=form_post`: posts the authorization response, or an error, to the redirect URI. An error for
 * an app that nobody has chosen is posted only once the person wants to go there, as a redirect would be (invariant 15).
 */
export async function postAuthorizationResponse(
  realm: RealmContext,
  ctx: KoaContextWithOIDC,
  redirectUri: string,
  response: Record<string, unknown>,
): Promise<void> {
  const { client, params = {} } = ctx.oidc;
  const address = linkUri(redirectUri);
  // The engine has checked it, for most errors too. What is posted here is a code or a credential, so it is checked at the last moment again.
  if (!client || !address || !client.redirectUriAllowed(redirectUri)) {
    ctx.status = 403;
    await sendError(
      realm,
      ctx,
      'origin_not_registered',
      'The redirect URI is not one of this app that a form can be posted to.',
    );
    return;
  }
  const fields = Object.fromEntries(Object.entries(response).map(([name, value]) => [name, String(value)]));
  const page = pageContextOf(realm, params, appOf(client), ctx.get('accept-language'));
  const mayGo = !('error' in response) || mayLeave(ctx, realm.config.publicUrl);
  ctx.status = mayGo ? 200 : 400;
  // Any other policy that hides this page's address would make the browser say that nobody posts (`Origin: null`).
  ctx.set('referrer-policy', 'origin');
  await writePage(ctx, mayGo ? formPostPage(page, { address, fields }) : leavingPage(page, { address, fields }));
}
