import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Page } from '../http-journey.ts';

interface PasskeyData {
  readonly creation: PublicKeyCredentialCreationOptionsJSON;
  readonly request: PublicKeyCredentialRequestOptionsJSON;
}

/** What a page hands to the browser's authenticator. @throws when it hands nothing */
export function passkeyDataOf<Name extends keyof PasskeyData>(page: Page, name: Name): PasskeyData[Name] {
  const json = new RegExp(` data-passkey-${name}="([^"]*)"`).exec(page.html)?.[1];
  if (json === undefined) throw new Error(`no passkey on "${page.heading}" (${page.status} ${page.url.pathname})`);
  return JSON.parse(json.replaceAll('&quot;', '"').replaceAll('&amp;', '&')) as PasskeyData[Name];
}
