import type { Config } from '../config.ts';
import type { RealmContext } from '../realm.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import type { PageContext, Vendor } from './pages/models.ts';
import { WEB_MESSAGE } from './web-message.ts';

/** The parameters of an authorization request that its pages depend on. */
interface AuthorizationParams {
  redirect_uri?: unknown;
  response_mode?: unknown;
  state?: unknown;
  ui_locales?: unknown;
  theme?: unknown;
}

/** Languages from the request, else from the browser, in order of preference. */
export function languagesOf(requested: unknown, acceptLanguage: string | undefined): string[] {
  const tags = typeof requested === 'string' ? requested.split(/[\s,]+/) : [];
  const accepted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => /^q=/i.test(parameter));
      return { tag, quality: weight === undefined ? 1 : Number(weight.slice(2)) || 0 };
    })
    // A quality of 0 means: not this one (RFC 9110 section 12.4.2).
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag);
  return [...tags, ...accepted].filter((tag) => /^[a-z]{2,3}(-[a-z\d]{1,8})*$/i.test(tag));
}

export function themeOf(requested: unknown): PageContext['theme'] {
  return requested === 'light' || requested === 'dark' ? requested : 'auto';
}

export function vendorOf(app: AppEnvironment, target: string): Vendor {
  return {
    name: app.name,
    origin: new URL(target).origin,
    ...(app.logoUri && { logoUri: app.logoUri }),
    ...(app.privacyPolicyUri && { privacyPolicyUri: app.privacyPolicyUri }),
    ...(app.termsUri && { termsUri: app.termsUri }),
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
    ...(target && !byMessage && { formTargets: [new URL(target).origin] }),
    ...(target && byMessage && typeof params.state === 'string' && { ready: { state: params.state, origin: target } }),
  };
}
