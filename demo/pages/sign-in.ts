import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import { alertIcon } from './icons.ts';
import { plantPicture } from './illustrations.ts';
import { layout, SHOP_NAME, type ShopFront } from './layout.ts';

/** Why the person is not signed in yet. */
export type SignInNotice = 'refused' | 'incomplete';

export interface SignInModel extends ShopFront {
  nonce: string;
  clientId: string;
  platformUrl: string;
  notice?: SignInNotice;
}

/** The page needs only the tag and the platform's script, because of `login-uri`. */
export function signInPage(model: SignInModel): ServerRenderedTemplate {
  const { nonce, clientId, platformUrl, notice } = model;
  const loginUri = `/sign-in?${new URLSearchParams({ nonce })}`;
  return layout({
    title: `Sign in · ${SHOP_NAME}`,
    front: model,
    quiet: true,
    head: html`<script type="module" src=${`${platformUrl}/widget.js`}></script>`,
    main: html`<div class="wide mistake">
      <div class="welcome-picture">${plantPicture('pilea')}</div>
      <h1>Welcome back</h1>
      <p class="lead">Your plants, your orders and your watering calendar are where you left them.</p>
      ${notice ? html`<div class="note note-bad" role="alert">${alertIcon()}<p>${textOf(notice, model)}</p></div>` : ''}
      <signup-with-platform
        client-id=${clientId} platform=${platformUrl} nonce=${nonce} login-uri=${loginUri}
        fields="name email" text="signin"
      ></signup-with-platform>
      <p class="small">New here? <a href="/register">Create your account</a></p>
    </div>`,
  });
}

function textOf(notice: SignInNotice, { platformName }: SignInModel): string {
  return notice === 'refused'
    ? `We could not confirm who you are with ${platformName}. Please press the button again.`
    : 'We need your name and your email address for an account. Press the button again and share both, or fill in the form.';
}
