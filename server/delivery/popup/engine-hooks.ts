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
    firstPage: async (ctx, interaction) =>
      writePage(
        ctx,
        (await straightToUpstream(context, ctx, interaction)) ??
          (await interactionPage(context, interaction, ctx.get('accept-language'))),
      ),
    // A redirect and no page: nothing was shown yet, so that there is nothing to leave, and the shop's page is told nothing.
    leadAway: (ctx, interaction) => silentlyToUpstream(context, ctx, interaction),
    deliver: (ctx, redirectUri, response) => deliverAuthorizationResponse(context, ctx, redirectUri, response),
    post: (ctx, redirectUri, response) => postAuthorizationResponse(context, ctx, redirectUri, response),
    leave: (ctx, address) => showWhereAnswerLeads(context, ctx, address),
    deviceApproved: (ctx) => showDeviceApproved(context, ctx),
    deviceRefused: (ctx, out, error) => showDeviceRefused(context, ctx, out, error),
    renderError: (ctx, out, error) => renderProtocolError(context, ctx, out, error),
  };
}
