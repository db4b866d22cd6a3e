import { html } from '@lit-labs/ssr';
import { CREDENTIAL_LIFETIME_SECONDS } from '@signup-with-platform/protocol';
import { codeTabs } from './code-block.ts';
import type { DocumentedPlatform, Section } from './section.ts';
import { verifySamples } from './verify-samples.ts';

const CHECKS: readonly (readonly [claim: string, what: string])[] = [
  ['Signature', 'ES256, by a key of {issuer}/jwks. Refuse every other algorithm.'],
  ['iss', 'The issuer of your environment, exactly.'],
  ['aud', 'Your client_id.'],
  ['exp, iat', 'Within its time, give or take ten seconds.'],
  ['nonce', 'The one that you made for this page view, once.'],
];

/** What a backend does with the form before it believes it. */
export function verifySection({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'verify-credential',
    title: 'Verify a credential',
    text: html`<p>The popup puts a credential into your form: an OpenID Connect ID token, valid for ${CREDENTIAL_LIFETIME_SECONDS / 60} minutes. It comes by way of a browser, so your backend checks it before it believes it. Then it may ask for <a href="#getUser"><code>GET /1/users/{sub}</code></a>, at any later time.</p>
<div class="table-box" tabindex="0" role="group" aria-label="What to check"><table><thead><tr><th scope="col">Check</th><th scope="col">It must be</th></tr></thead><tbody>${CHECKS.map(([claim, what]) => html`<tr><th scope="row">${claim}</th><td>${what}</td></tr>`)}</tbody></table></div>
<p>The Node library checks all of it. Any library for OpenID Connect does, too: see <a href="/.well-known/openid-configuration">the configuration</a>.</p>`,
    aside: codeTabs('verify-credential', 'Verify a credential', verifySamples(publicUrl)),
  };
}
