import { html } from '@lit-labs/ssr';
import { CREDENTIAL_LIFETIME } from '@signup-with-platform/protocol';
import { codeTabs } from './code-block.ts';
import type { DocumentedPlatform, Section } from './section.ts';
import { verifySamples } from './verify-samples.ts';

const CHECKS: readonly (readonly [claim: string, what: string])[] = [
  ['Signature', 'ES256, by a key in {issuer}/jwks. Refuse every other algorithm.'],
  ['iss', 'Exactly the issuer of your environment.'],
  ['aud', 'Your client_id.'],
  ['exp, iat', 'Not expired and not in the future, with a tolerance of ten seconds.'],
  ['nonce', 'The nonce that you created for this page view. Accept it once.'],
];

/** The section on how a backend verifies the credential in a form. */
export function verifySection({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'verify-credential',
    title: 'Verify a credential',
    text: html`<p>The popup puts a credential into your form: an OpenID Connect ID token, valid for
${CREDENTIAL_LIFETIME.default / 60} minutes, or less where the app's settings say so. It comes through the browser, where anyone could change it, so your backend must verify it before it trusts it. Afterwards,
your backend can read the user at any time with <a href="#getUser"><code>GET /1/users/{sub}</code></a>.</p>
<div class="table-box" tabindex="0" role="group" aria-label="What to check"><table>
<thead><tr><th scope="col">Check</th><th scope="col">It must be</th></tr></thead>
<tbody>${CHECKS.map(([claim, what]) => html`<tr><th scope="row">${claim}</th><td>${what}</td></tr>`)}</tbody></table></div>
<p>If your backend redeems a code that an OpenID Connect library has asked for, the ID token is signed as the app's settings say, by default with
RS256.</p>
<p>The Node library makes all these checks. So does any OpenID Connect library: see
<a href="/.well-known/openid-configuration">the configuration</a>.</p>`,
    aside: codeTabs('verify-credential', 'Verify a credential', verifySamples(publicUrl)),
  };
}
