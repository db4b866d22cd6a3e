import { FORM_POST, isClaimed, isPrivateUse, WEB_MESSAGE } from '@signup-with-platform/protocol';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import type { PageContext, Vendor } from './models.ts';
import { formTargetOf } from './uris.ts';

/** The parameters of an authorization request that its pages depend on. */
interface AuthorizationParams {
  redirect_uri?: unknown;
  response_mode?: unknown;
  state?: unknown;
  ui_locales?: unknown;
  theme?: unknown;
}

export function themeOf(requested: unknown): PageContext['theme'] {
  return requested === 'light' || requested === 'dark' ? requested : 'auto';
}

export function vendorOf(app: AppEnvironment, target: string): Vendor {
  return {
    name: app.name,
    // Of a native app, only a claimed address says who it is.
    ...((app.kind === 'web' || isClaimed(target)) && { origin: new URL(target).origin }),
    ...(app.logoUri && { logoUri: app.logoUri }),
    ...(app.privacyPolicyUri && { privacyPolicyUri: app.privacyPolicyUri }),
    ...(app.termsUri && { termsUri: app.termsUri }),
  };
}

/** What a page has to know that belongs to no authorization request. */
export function pageContextOfRequest(
  { platformName, brand }: Pick<Config, 'platformName' | 'brand'>,
  request: FastifyRequest,
): PageContext {
  const { language, theme } = (request.query ?? {}) as Record<string, unknown>;
  return {
    platformName,
    brand,
    realm: request.url.startsWith('/sandbox/') ? 'sandbox' : 'production',
    languages: languagesOf(language, request.headers['accept-language']),
    theme: themeOf(theme),
  };
}

/** What a page of this authorization request has to know. */
export function pageContextOf(
  {
    config,
    realm,
  }: Pick<RealmContext, 'realm'> & { config: Pick<Config, 'platformName'> & Partial<Pick<Config, 'brand'>> },
  params: AuthorizationParams,
  app: AppEnvironment | undefined,
  acceptLanguage: string | undefined,
): PageContext {
  const target = typeof params.redirect_uri === 'string' ? params.redirect_uri : undefined;
  const byMessage = params.response_mode === WEB_MESSAGE;
  return {
    platformName: config.platformName,
    ...(config.brand && { brand: config.brand }),
    realm,
    languages: languagesOf(params.ui_locales, acceptLanguage),
    theme: themeOf(params.theme),
    ...(app && target && { vendor: vendorOf(app, target) }),
    // A redirect at the end leaves our origin, and Chromium applies form-action to it too.
    // The page there may lead on to another one of the app.
    ...(target &&
      !byMessage &&
      params.response_mode !== FORM_POST && {
        formTargets: [...new Set([formTargetOf(target), ...(app?.origins ?? [])])],
      }),
    ...(target && isPrivateUse(target) && { endsInApp: true as const }),
    ...(target && byMessage && typeof params.state === 'string' && { ready: { state: params.state, origin: target } }),
  };
}

/** The same for an answer that goes to a device: the vendor is told by an address of its app, and the page leads nowhere. */
export function deviceContextOf(
  site: Parameters<typeof pageContextOf>[0],
  { ui_locales, theme }: AuthorizationParams,
  app: AppEnvironment | undefined,
  acceptLanguage: string | undefined,
): PageContext {
  const target = app && (app.origins[0] ?? app.redirectUris[0]);
  return {
    ...pageContextOf(site, { ui_locales, theme }, app, acceptLanguage),
    ...(app && target !== undefined && { vendor: { ...vendorOf(app, target), onOtherDevice: true as const } }),
  };
}
