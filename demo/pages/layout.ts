import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';
import type { Customer } from '../storage/customers.ts';
import { leafIcon } from './icons.ts';

export const SHOP_NAME = 'Fern & Field';

/** What the frame of every page shows. */
export interface ShopFront {
  platformName: string;
  /** The signed-in customer, with the token for the form that signs out. */
  customer?: Customer;
  csrf?: string;
}

export interface Frame {
  title: string;
  front: ShopFront;
  main: ServerRenderedTemplate;
  /** Scripts of this page. */
  head?: ServerRenderedTemplate;
  /** True on the registration page, which needs no link to itself. */
  quiet?: boolean;
}

export function layout({ title, front, main, head, quiet = false }: Frame): ServerRenderedTemplate {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml">
    <link rel="stylesheet" href="/tokens.css">
    <link rel="stylesheet" href="/store.css">
    ${head ?? ''}
  </head>
  <body>
    <a class="skip" href="#main">Skip to the content</a>
    <header class="header">
      <div class="wide header-row">
        <a class="wordmark" href="/">${leafIcon()}<span>${SHOP_NAME}</span></a>
        <nav class="header-nav" aria-label="Shop">
          <a href="/#plants">Plants</a>
          <a href="/#care">Care</a>
        </nav>
        ${account(front, quiet)}
      </div>
    </header>
    <main id="main" tabindex="-1">${main}</main>
    <footer class="footer">
      <div class="wide footer-row">
        <p class="footer-name">${SHOP_NAME}</p>
        <p><a href="/privacy">Privacy policy</a> · <a href="/terms">Terms of service</a></p>
        <p>A demonstration shop for “Sign up with ${front.platformName}”. Nothing here is for sale.</p>
      </div>
    </footer>
  </body>
</html>`;
}

function account({ customer, csrf }: ShopFront, quiet: boolean): ServerRenderedTemplate | string {
  if (customer && csrf) {
    return html`<div class="account">
          <a class="account-name" href="/welcome"><span class="visually-hidden">Your account, </span><bdi>${customer.given_name}</bdi></a>
          <form method="post" action="/sign-out">
            <input type="hidden" name="csrf" value=${csrf} autocomplete="off">
            <button class="button button-plain">Sign out</button>
          </form>
        </div>`;
  }
  return quiet
    ? ''
    : html`<div class="account">
          <a class="account-name" href="/sign-in">Sign in</a>
          <a class="button button-small" href="/register">Create account</a>
        </div>`;
}
