import { html } from '@lit-labs/ssr';
import { issuerOf } from '@signup-with-platform/protocol';
import type { EnvironmentCall } from '#portal/route.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import { cardHeader } from '../card-header.ts';
import { snippet } from './snippet.ts';

type Public = Pick<EnvironmentCall['environment'], 'realm'> &
  Pick<AppSecrets, 'clientId'> & { readonly redirectUris: readonly string[] };

/** What a native app gives to its library, in the names of AppAuth's own settings files. Nothing of it is secret. */
export function nativeSettings(publicUrl: string, { realm, clientId, redirectUris }: Public): string {
  const [redirectUri = 'com.example.app:/callback'] = redirectUris;
  return JSON.stringify(
    {
      discovery_uri: `${issuerOf(publicUrl, realm)}/.well-known/openid-configuration`,
      client_id: clientId,
      redirect_uri: redirectUri,
      authorization_scope: 'openid profile email offline_access',
      https_required: publicUrl.startsWith('https:'),
    },
    null,
    2,
  );
}

/** A card for the pages that show code to paste. */
export function nativeCard(
  call: Pick<EnvironmentCall, 'language' | 'context'> & Parameters<typeof snippet>[0],
  app: Public,
): unknown {
  const { t } = call.language;
  return html`<section class="card">${cardHeader(t('vendor.code.app'), t('vendor.code.appLead'))}
${snippet(call, 'app', t('vendor.code.appName'), nativeSettings(call.context.config.publicUrl, app))}</section>`;
}
