import { type Claim, CREDENTIAL_ALG, claimsOfField, fieldNames, WEB_MESSAGE } from '@signup-with-platform/protocol';
import type { FieldCatalogue } from '../domain/claims/catalogue.ts';
import { registeredClaims } from '../domain/consent/registered-claims.ts';
import { languagesOf } from '../http/wanted-languages.ts';
import type { AppEnvironment } from '../storage/app-environments.ts';
import { ID_TOKEN_ALG_PARAMETER } from './id-token-alg.ts';

/** The popup's parameters, without those that identify the page. */
export interface PopupParameters {
  nonce: string;
  theme: 'light' | 'dark' | 'auto';
  /** Claims, separated by commas or white space. Default: those of the fields that the app registered as required. */
  fields?: string | undefined;
  /** BCP 47 tags in order of preference. */
  language?: string | undefined;
  response_type?: 'id_token' | 'code' | undefined;
  code_challenge?: string | undefined;
  code_challenge_method?: 'S256' | undefined;
  redirect_uri?: string | undefined;
  mode?: 'popup' | 'redirect' | undefined;
  prompt?: 'login' | undefined;
}

/**
 * Translates the popup's parameters into an authorization request (OpenID Connect Core 1.0 section 3.1.2.1) that asks for each claim by
 * name (section 5.5).
 * @param page the registered origin that gets the answer, and the `state` by which the page recognizes it
 */
export function authorizationRequest(
  app: AppEnvironment,
  page: { origin: string; state: string },
  { mode = 'popup', response_type: responseType = 'id_token', ...request }: PopupParameters,
  catalogue: FieldCatalogue,
): URLSearchParams {
  const claims = askedFor(app, request.fields, catalogue);
  const params = new URLSearchParams({
    client_id: app.clientId,
    ...(mode === 'redirect' && request.redirect_uri
      ? { response_type: 'code', response_mode: 'fragment', redirect_uri: request.redirect_uri }
      : { response_type: responseType, response_mode: WEB_MESSAGE, redirect_uri: page.origin }),
    scope: 'openid',
    state: page.state,
    nonce: request.nonce,
    claims: JSON.stringify({ id_token: Object.fromEntries(claims.map((claim) => [claim, null])) }),
    theme: request.theme,
    [ID_TOKEN_ALG_PARAMETER]: CREDENTIAL_ALG,
  });
  const locales = languagesOf(request.language, undefined);
  if (request.prompt) params.set('prompt', request.prompt);
  if (locales.length > 0) params.set('ui_locales', locales.join(' '));
  if (mode === 'popup' && request.redirect_uri) params.set('relay_uri', request.redirect_uri);
  if (request.code_challenge) {
    params.set('code_challenge', request.code_challenge);
    params.set('code_challenge_method', request.code_challenge_method ?? 'S256');
  }
  return params;
}

/** The claims that a page asks for. Default: those of the fields that the app registered as required. */
export function askedFor(app: AppEnvironment, fields: string | undefined, catalogue: FieldCatalogue): Claim[] {
  const named = fieldNames(fields).filter((name) => catalogue.has(name));
  if (named.length > 0) return catalogue.claimsOf(named);
  const registered = registeredClaims(app, catalogue);
  const required = app.fields.filter((one) => one.required).flatMap(({ field }) => claimsOfField(field));
  // What is in the operator's file no more, or not approved yet, is not asked for, so that the rest goes on as it did.
  return catalogue.claimsOf(required.filter((claim) => registered.has(claim)));
}
