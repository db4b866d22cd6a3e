import { appOf } from '#engine/clients.ts';
import type { ErrorOut, KoaContextWithOIDC } from '#engine/provider-types.ts';
import type { RealmContext } from '#http/realm-context.ts';
import { deviceContextOf } from '#pages/page-context.ts';
import { writePage } from '#pages/write-page.ts';
import { renderProtocolError } from '../deliver.ts';
import { deviceDonePage, deviceEnterPage, deviceRefusedPage } from '../pages/device-page.ts';
import { enterAddress } from './register.ts';

/** The last page on the person's phone: the device goes on. */
export async function showDeviceApproved(context: RealmContext, ctx: KoaContextWithOIDC): Promise<void> {
  const app = ctx.oidc.client && appOf(ctx.oidc.client);
  const page = deviceContextOf(context, ctx.oidc.params ?? {}, app, ctx.get('accept-language'));
  await writePage(ctx, deviceDonePage(page, { vendor: app?.name ?? '' }));
}

/** By the names of the engine's errors: what has ended is a code, which another one can take the place of. */
const OVER: ReadonlySet<string> = new Set(['NotFoundError', 'ExpiredError', 'AlreadyUsedError']);

export async function showDeviceRefused(
  context: RealmContext,
  ctx: KoaContextWithOIDC,
  out: ErrorOut,
  error: Error,
): Promise<void> {
  const page = deviceContextOf(context, ctx.oidc.params ?? {}, undefined, ctx.get('accept-language'));
  if (error.name === 'AbortedError') return writePage(ctx, deviceRefusedPage(page));
  if (!OVER.has(error.name)) return renderProtocolError(context, ctx, out, error);
  ctx.status = 400;
  await writePage(ctx, deviceEnterPage(page, { action: enterAddress(context), problem: 'over' }));
}
