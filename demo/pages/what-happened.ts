import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import type { CredentialPayload } from '@signup-with-platform/client';
import type { ApiAnswer } from '../registration/platform-api.ts';
import { FIELDS, has, listOf } from '../registration/sharing.ts';
import type { Customer } from '../storage/customers.ts';
import { alertIcon, checkIcon, lockIcon, shieldIcon } from './icons.ts';
import type { ShopFront } from './layout.ts';

export interface SignUpReport extends ShopFront {
  customer: Customer;
  claims: CredentialPayload;
  issuer: string;
  /** The answer of the platform's API, when it was called. */
  answer?: ApiAnswer;
}

/** Explains the sign-up in three answers for people who see the demo, and below in technical terms for developers. */
export function whatHappened(report: SignUpReport): ServerRenderedTemplate {
  const { platformName, issuer, claims } = report;
  const fields = FIELDS.map(([field]) => field);
  const received = fields.filter((field) => claims[field] !== undefined);
  const withheld = fields.filter((field) => claims[field] === undefined);
  const unknown = withheld.filter((field) => !has(report, field));
  const typed = withheld.filter((field) => has(report, field));
  return html`<section class="panel happened" aria-labelledby="happened">
        <h2 id="happened">What just happened</h2>
        <div class="answers">
          ${answer('The shop received', checkIcon, [
            ...(received.length > 0 ? [html`Your ${listOf(received)}, as you agreed`] : []),
            html`An ID that means you at this shop, and nowhere else`,
          ])}
          ${answer(`Verified by ${platformName}`, shieldIcon, [
            html`Signed by <code>${new URL(issuer).host}</code>, checked by the shop’s own backend`,
            html`Made for this shop and this one visit: it works once`,
            ...(claims.email === undefined ? [] : [emailLine(claims)]),
          ])}
          ${answer('What stays private', lockIcon, [
            html`Your password: the shop never sees it`,
            ...(unknown.length > 0 ? [html`Your ${listOf(unknown)}: not shared`] : []),
            ...(typed.length > 0
              ? [html`Your ${listOf(typed)} at ${platformName}: not shared. The shop has a copy of its own, from you`]
              : []),
            html`Where else you shop: IDs cannot be compared`,
          ])}
        </div>
        ${steps(report)}
      </section>`;
}

function answer(
  heading: string,
  icon: () => ServerRenderedTemplate,
  points: readonly ServerRenderedTemplate[],
): ServerRenderedTemplate {
  return html`<div>
      <h3>${icon()}<span>${heading}</span></h3>
      <ul class="points">${points.map((point) => html`<li>${point}</li>`)}</ul>
    </div>`;
}

function emailLine({ email_verified }: CredentialPayload): ServerRenderedTemplate {
  return email_verified
    ? html`The email address is confirmed to be yours`
    : html`The email address is marked as not confirmed yet`;
}

function steps({ platformName, issuer, customer, claims, answer }: SignUpReport): ServerRenderedTemplate {
  return html`<details class="developer">
        <summary>Step by step, for developers</summary>
        <ol class="steps">
          <li>
            <h3>The page asked</h3>
            <p>
              The tag <code>&lt;signup-with-platform&gt;</code> opened ${platformName}’s window, with a nonce that this
              shop’s backend made for this one page view.
            </p>
          </li>
          <li>
            <h3>You agreed</h3>
            <p>
              ${platformName} showed what would be shared, and gave the page a signed credential. The tag filled the form.
            </p>
          </li>
          <li>
            <h3>The backend verified</h3>
            <p>
              It removed the nonce from your session, so that it works once, and <code>verifyCredential()</code> checked
              signature, issuer, audience, nonce and expiry with the keys at <code>${issuer}/jwks</code>. These are the claims:
            </p>
            <pre tabindex="0" aria-label="Claims of the credential">${JSON.stringify(claims, null, 2)}</pre>
          </li>
          <li>
            <h3>The customer was stored</h3>
            <p>
              Under <code>iss</code> + <code>sub</code>, never under the email address:
              <code>${customer.identity?.sub ?? ''}</code> means you at this shop only. A new session id replaced the visitor’s.
            </p>
          </li>
          ${answer ? apiStep(answer, platformName) : ''}
        </ol>
      </details>`;
}

function apiStep({ request, status, body }: ApiAnswer, platformName: string): ServerRenderedTemplate {
  return html`<li><h3>The backend asked the API</h3><p><code>${request}</code> ${
    status === undefined
      ? html`<span class="chip chip-warn">${alertIcon()}no answer in time</span>`
      : html`<span class=${`chip ${status === 200 ? 'chip-good' : 'chip-warn'}`}>${status}</span>`
  } with the shop’s secret key, for what ${platformName} shares about you today.</p>${
    body === undefined
      ? ''
      : html`<pre tabindex="0" aria-label="Answer of the API">${JSON.stringify(body, null, 2)}</pre>`
  }</li>`;
}
