import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { countryName } from '../registration/countries.ts';
import type { ApiAnswer } from '../registration/platform-api.ts';
import type { Customer } from '../storage/customers.ts';
import type { SignUpStory } from '../storage/sessions.ts';
import { alertIcon, shieldIcon } from './icons.ts';
import { plantPicture } from './illustrations.ts';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';

export interface WelcomeModel extends ShopFront {
  customer: Customer;
  story: SignUpStory;
  issuer: string;
  /** What the platform's API said, when it was asked. */
  answer?: ApiAnswer;
}

export function welcomePage(model: WelcomeModel): ServerRenderedTemplate {
  const { customer, story } = model;
  const greeting = story.returning ? 'Welcome back' : 'Welcome';
  return layout({
    title: `${greeting} · ${SHOP_NAME}`,
    front: model,
    main: html`<div class="wide welcome">
      <section class="welcome-head">
        <div>
          <h1>${greeting}, <bdi>${customer.given_name}</bdi></h1>
          ${badge(model)}
          <p class="lead">${
            story.returning
              ? 'Good to see you again. Everything is where you left it.'
              : 'Your account is ready. Choose a first plant, and we add a cutting to it.'
          }</p>
          <p class="actions"><a class="button" href="/#plants">See the plants</a></p>
        </div>
        <div class="welcome-picture">${plantPicture('pilea')}</div>
      </section>
      <section class="panel" aria-labelledby="details">
        <h2 id="details">Your details</h2>
        <dl class="details">${rows(model)}</dl>
      </section>
      ${story.claims ? whatHappened(model, story.claims) : ''}
    </div>`,
  });
}

function badge({ customer, story, platformName }: WelcomeModel): ServerRenderedTemplate | string {
  if (!story.claims && !customer.identity) return '';
  return html`<p class="badge">${shieldIcon()}<span>Verified by ${platformName}</span></p>`;
}

function rows({ customer, story, platformName }: WelcomeModel): ServerRenderedTemplate[] {
  const street = customer.street_address.split('\n');
  const place = [customer.postal_code, customer.locality].filter(Boolean).join(' ');
  const address = [...street, place, customer.region, customer.country && countryName(customer.country)].filter(
    Boolean,
  );
  const entries: [string, ServerRenderedTemplate | string][] = [
    ['Name', html`<bdi>${[customer.given_name, customer.family_name].filter(Boolean).join(' ')}</bdi>`],
    ['Email', html`<bdi>${customer.email}</bdi> ${confirmation(customer)}`],
  ];
  if (customer.phone_number) entries.push(['Phone', html`<bdi>${customer.phone_number}</bdi>`]);
  if (address.length > 0)
    entries.push(['Address', html`${address.map((text) => html`<bdi class="line">${text}</bdi>`)}`]);
  entries.push(['Came from', story.claims ? `${platformName}, with your consent` : 'The form you filled in']);
  return entries.map(([term, description]) => html`<div><dt>${term}</dt><dd>${description}</dd></div>`);
}

function confirmation({ emailVerified }: Customer): ServerRenderedTemplate {
  return emailVerified
    ? html`<span class="chip chip-good">Email confirmed</span>`
    : html`<span class="chip chip-warn">Email not confirmed</span>`;
}

/** For whoever builds the like of it: what went over the wire, as text. */
function whatHappened(
  { platformName, issuer, customer, answer }: WelcomeModel,
  claims: object,
): ServerRenderedTemplate {
  return html`<details class="panel developer">
        <summary>What just happened <span class="small">for developers</span></summary>
        <ol class="steps">
          <li><h3>The page asked</h3><p>The tag <code>&lt;signup-with-platform&gt;</code> opened ${platformName}’s window, with a nonce that this shop’s backend made for this one page view.</p></li>
          <li><h3>You agreed</h3><p>${platformName} showed what would be shared, and handed the page a signed credential. The tag filled the form.</p></li>
          <li><h3>The backend verified</h3><p>It took the nonce out of your session, so that it works once, and <code>verifyCredential()</code> checked signature, issuer, audience, nonce and expiry with the keys at <code>${issuer}/jwks</code>. These are the claims:</p><pre tabindex="0" aria-label="Claims of the credential">${JSON.stringify(claims, null, 2)}</pre></li>
          <li><h3>The customer was kept</h3><p>Under <code>iss</code> + <code>sub</code>, never under the email address: <code>${customer.identity?.sub ?? ''}</code> means you at this shop only. A new session id replaced the visitor’s.</p></li>
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
