import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import type { CredentialErrorCode } from '@signup-with-platform/client';
import type { RegistrationErrors, RegistrationValues } from '../registration/registration-form.ts';
import { countryField, type FieldOptions, textField } from './fields.ts';
import { alertIcon, checkIcon } from './icons.ts';
import { plantPicture } from './illustrations.ts';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';

/** Why the credential was refused. */
export type Notice = CredentialErrorCode;

export interface RegistrationModel extends ShopFront {
  csrf: string;
  nonce: string;
  clientId: string;
  platformUrl: string;
  values: RegistrationValues;
  errors: RegistrationErrors;
  notice?: Notice;
  /** Came with the form that has to be corrected, and is sent with it again, so that the button is not needed. */
  credential?: string;
}

export function registrationPage(model: RegistrationModel): ServerRenderedTemplate {
  const { values, errors } = model;
  const field = (options: FieldOptions) => textField(options, values, errors);
  const failed = Object.keys(errors).length > 0 || model.notice;
  return layout({
    title: `${failed ? 'Please check · ' : ''}Create your account · ${SHOP_NAME}`,
    front: model,
    quiet: true,
    head: html`<script src="/registration.js"></script>
    <script type="module" src=${`${model.platformUrl}/widget.js`}></script>`,
    main: html`<div class="wide registration">
      <div class="registration-form">
        <h1>Create your account</h1>
        <p class="lead">Order in two taps, follow your delivery, and get reminders when your plants are thirsty.</p>
        ${summary(model)}
        <form method="post" action="/register">
          <input type="hidden" name="csrf" value=${model.csrf} autocomplete="off">
          <input type="hidden" name="nonce" value=${model.nonce} autocomplete="off">
          ${model.credential === undefined ? platformButton(model) : attachedCredential(model, model.credential)}
          <fieldset>
            <legend>About you</legend>
            <div class="pair">
              ${field({ name: 'given_name', label: 'First name', autocomplete: 'given-name', required: true, dir: 'auto' })}
              ${field({ name: 'family_name', label: 'Last name', autocomplete: 'family-name', dir: 'auto' })}
            </div>
            ${field({ name: 'email', label: 'Email', type: 'email', autocomplete: 'email', required: true })}
            ${field({ name: 'phone_number', label: 'Phone', type: 'tel', autocomplete: 'tel', optional: true })}
          </fieldset>
          <fieldset>
            <legend>Where your plants will live <span class="optional">(optional)</span></legend>
            ${field({ name: 'street_address', label: 'Street and number', autocomplete: 'street-address', dir: 'auto', lines: 2 })}
            <div class="pair pair-narrow-first">
              ${field({ name: 'postal_code', label: 'Postal code', autocomplete: 'postal-code' })}
              ${field({ name: 'locality', label: 'City', autocomplete: 'address-level2', dir: 'auto' })}
            </div>
            <div class="pair">
              ${field({ name: 'region', label: 'State or region', autocomplete: 'address-level1', dir: 'auto' })}
              ${countryField(values, errors)}
            </div>
          </fieldset>
          <button class="button button-wide">Create my account</button>
          <p class="small">We use your details to deliver your plants, and for nothing else.</p>
        </form>
      </div>
      <aside class="registration-aside" aria-label="Why an account">
        <div class="card-picture ground-sage">${plantPicture('monstera')}</div>
        <ul class="ticks">
          <li>${checkIcon()}<span>A cutting of your choice with the first order</span></li>
          <li>${checkIcon()}<span>A watering calendar for each of your plants</span></li>
          <li>${checkIcon()}<span>Thirty days to thrive, without a receipt</span></li>
        </ul>
      </aside>
    </div>`,
  });
}

function platformButton({ clientId, platformUrl, platformName, nonce }: RegistrationModel): ServerRenderedTemplate {
  return html`<div class="platform" data-platform>
            <signup-with-platform
              client-id=${clientId} platform=${platformUrl} nonce=${nonce}
              fields="name email phone_number address" name="credential"
            ></signup-with-platform>
            <p class="small">
              Fills in the form for you, and you choose what ${platformName} shares. Been here before? It finds your account.
            </p>
            <p class="divider"><span>or fill in the form</span></p>
          </div>
          <p class="note note-good" role="status" data-filled hidden>
            ${checkIcon()}<span>We have filled in the form for you. Check it, and continue below.</span>
          </p>`;
}

function attachedCredential({ platformName }: RegistrationModel, credential: string): ServerRenderedTemplate {
  return html`<input type="hidden" name="credential" value=${credential} autocomplete="off">
          <p class="note note-good">
            ${checkIcon()}
            <span>
              Your details from ${platformName} are still attached. Correct the form and continue, or
              <a href="/register">start again</a>.
            </span>
          </p>`;
}

function summary({ errors, notice, platformName }: RegistrationModel): ServerRenderedTemplate | string {
  const entries = Object.entries(errors);
  if (notice === undefined && entries.length === 0) return '';
  return html`<div class="note note-bad" role="alert" tabindex="-1" autofocus>
          ${alertIcon()}
          <div>${
            notice === undefined
              ? html`<p><strong>Please check ${entries.length === 1 ? 'one field' : `${entries.length} fields`}</strong></p>
            <ul>${entries.map(([name, message]) => html`<li><a href=${`#${name}`}>${message}</a></li>`)}</ul>`
              : html`<p><strong>You are not signed up yet</strong></p><p>${textOfNotice(notice, platformName)} What you typed is kept.</p>`
          }</div>
        </div>`;
}

/** What the person can do. The technical reason is in the log. */
function textOfNotice(notice: Notice, platformName: string): string {
  const otherwise = 'or continue with the form alone.';
  switch (notice) {
    case 'expired':
    case 'wrong_nonce':
      return (
        'This page was open for too long, or its form was sent before. ' +
        `Please press the ${platformName} button again, ${otherwise}`
      );
    case 'keys_unavailable':
      return (
        `We could not reach ${platformName} to check your details. ` +
        `Please press its button again in a minute, ${otherwise}`
      );
    default:
      return `We could not confirm the details from ${platformName}. Please press its button again, ${otherwise}`;
  }
}
