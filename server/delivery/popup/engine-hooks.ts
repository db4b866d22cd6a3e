import type { EngineHooks } from '../../engine/hooks.ts';
import type { RealmContext } from '../../http/realm-context.ts';
import { writePage } from '../../pages/write-page.ts';
import { deliverAuthorizationResponse, renderProtocolError, showWhereAnswerLeads } from './deliver.ts';
import { showDeviceApproved, showDeviceRefused } from './device/answer.ts';
import { postAuthorizationResponse } from './form-post.ts';
import { interactionPage } from './interaction-page.ts';
import { silentlyToUpstream } from './upstream/silent.ts';
import { straightToUpstream } from './upstream/straight.ts';

/** What the protocol engine shows people: the popup's pages. */
export function popupHooks(context: RealmContext): EngineHooks {
  return {
    firstPage: async (ctx, interaction) => {
      const silent = await silentlyToUpstream(context, ctx, interaction);
      // A redirect and no page: nothing was shown yet, so that there is nothing to leave, and the shop's page is told nothing.
      if (silent) return leadTo(ctx, silent);
      await writePage(
        ctx,
        (await straightToUpstream(context, ctx, interaction)) ??
          (await interactionPage(context, interaction, ctx.get('accept-language'))),
      );
    },
    deliver: (ctx, redirectUri, response) => deliverAuthorizationResponse(context, ctx, redirectUri, response),
    post: (ctx, redirectUri, response) => postAuthorizationResponse(context, ctx, redirectUri, response),
    leave: (ctx, address) => showWhereAnswerLeads(context, ctx, address),
    deviceApproved: (ctx) => showDeviceApproved(context, ctx),
    deviceRefused: (ctx, out, error) => showDeviceRefused(context, ctx, out, error),
    renderError: (ctx, out, error) => renderProtocolError(context, ctx, out, error),
  };
}

interface KoaContext {
  status: number;
  body: unknown;
  set(name: string, value: string): void;
}

/** 303: a request that was posted goes on as a GET. */
function leadTo(ctx: KoaContext, address: URL): void {
  ctx.set('cache-control', 'no-store');
  ctx.set('location', address.href);
  ctx.status = 303;
  ctx.body = '';
}
