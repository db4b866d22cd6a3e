import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import type { ApiAnswer } from '../registration/platform-api.ts';
import { endedSince, listOf } from '../registration/sharing.ts';
import type { Customer } from '../storage/customers.ts';
import type { SignUpStory } from '../storage/sessions.ts';
import { details } from './details.ts';
import { alertIcon, shieldIcon } from './icons.ts';
import { plantPicture } from './illustrations.ts';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';
import { whatHappened } from './what-happened.ts';

export interface WelcomeModel extends ShopFront {
  customer: Customer;
  story: SignUpStory;
  issuer: string;
  /** The answer of the platform's API, when it was called. */
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
        ${details({ ...model, claims: story.claims }, model.platformName)}
      </section>
      ${story.claims ? whatHappened({ ...model, claims: story.claims }) : ''}
    </div>`,
  });
}

/** Whether the platform answers that the customer shares nothing with the shop any more, or has gone. */
function hasStoppedSharing({ answer }: WelcomeModel): boolean {
  return answer?.status === 404;
}

function badge(model: WelcomeModel): ServerRenderedTemplate | string {
  const { customer, story, platformName } = model;
  if (!story.claims && !customer.identity) return '';
  if (hasStoppedSharing(model)) {
    return html`<div class="note note-plain">${alertIcon()}<p><strong>You no longer share your details with us.</strong>
      We can’t read them at ${platformName} any more: what you see below is the copy that we kept. To share them again, sign out, and sign
      in with ${platformName}.</p></div>`;
  }
  const ended = endedSince({ ...model, claims: story.claims });
  const partly =
    ended.length > 0
      ? html`<div class="note note-plain">${alertIcon()}<p><strong>You no longer share your ${listOf(ended)} with us.</strong>
      We can’t read that at ${platformName} any more: what you see below is the copy that we kept.</p></div>`
      : '';
  return html`<p class="badge">${shieldIcon()}<span>Verified by ${platformName}</span></p>${partly}`;
}
