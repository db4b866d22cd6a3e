import { randomUUID } from 'node:crypto';
import type { NewApp } from '../../server/storage/apps.ts';
import type { RunningPlatform } from './running-platform.ts';
import { tagOf, type VendorSite } from './vendor-site.ts';

/** A shop whose pages send one Cross-Origin-Opener-Policy, with a page at a redirect URI that contains only our script. */
export interface SecludedShop {
  readonly url: string;
  readonly clientId: string;
  readonly issuer: string;
  readonly nonce: string;
  readonly redirectUri: string;
}

export interface SecludedShopOptions {
  readonly app?: Partial<Omit<NewApp, 'origins' | 'redirectUris'>>;
  readonly policy?: string;
  /** Whether the tag names the redirect URI. */
  readonly redirectUri?: boolean;
  /** More attributes of the tag. */
  readonly attributes?: Record<string, string>;
  /** What the page at the redirect URI contains in addition to the script. */
  readonly back?: string;
}

export async function openSecludedShop(
  { platform, site }: { platform: RunningPlatform; site: VendorSite },
  { app, policy = 'same-origin', redirectUri: named = true, attributes = {}, back = '' }: SecludedShopOptions = {},
): Promise<SecludedShop> {
  const path = `/${randomUUID()}`;
  const redirectUri = `${site.origin}${path}/back`;
  const { clientId, issuer } = await platform.createApp({
    ...app,
    origins: [site.origin],
    redirectUris: [redirectUri],
  });
  const nonce = randomUUID();
  const headers = { 'cross-origin-opener-policy': policy };
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  const tag = tagOf({ 'client-id': clientId, nonce, ...(named && { 'redirect-uri': `${path}/back` }), ...attributes });
  const form = `<form>
    <label>Note <textarea name="note"></textarea></label>
    <label>Given name <input name="given_name" autocomplete="given-name"></label>${tag}</form>`;
  site.serve(path, () => ({
    html: `<!doctype html><html lang="en"><title>A shop</title>${script}<main>${form}</main></html>`,
    headers,
  }));
  site.serve(`${path}/back`, () => ({
    html: `<!doctype html><html lang="en"><title>Back</title>${script}${back.replace('{tag}', tag)}</html>`,
    headers,
  }));
  return { url: site.origin + path, clientId, issuer, nonce, redirectUri };
}
