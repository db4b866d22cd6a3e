import type { User } from '@signup-with-platform/client';
import type { ShopSettings } from './settings.ts';

/** A page with the tag needs the platform's script, keys and pictures, so its policy allows nothing else. */
export function pageHeaders({ platformUrl }: ShopSettings): Record<string, string> {
  const { origin } = new URL(platformUrl);
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': [
      "default-src 'none'",
      `script-src ${origin}`,
      `connect-src ${origin}`,
      `img-src ${origin} data:`,
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
  };
}

export function signUpPage({ platformUrl, clientId }: ShopSettings, nonce: string): string {
  return page(`<h1>Become a customer</h1>
<form method="post" action="/register">
  <signup-with-platform
    client-id="${escapeHtml(clientId)}"
    platform="${escapeHtml(platformUrl)}"
    nonce="${escapeHtml(nonce)}"
    fields="name email"
  ></signup-with-platform>
  <p><label>Name <input name="name" autocomplete="name"></label></p>
  <p><label>Email <input name="email" type="email" autocomplete="email"></label></p>
  <p><button>Create account</button></p>
</form>
<script type="module" src="${escapeHtml(platformUrl)}/widget.js"></script>`);
}

/** @param user as the platform's API sends it; values that were not shared are absent */
export function welcomePage(user: User, isNew: boolean): string {
  const name = user.name ?? user.first_name ?? user.email ?? user.id;
  return page(`<h1>${isNew ? 'Welcome' : 'Welcome back'}, ${escapeHtml(name)}</h1>
<p>${user.is_email_verified ? 'Your email address is confirmed.' : 'Please confirm your email address.'}</p>`);
}

export function mistakePage(text: string): string {
  return page(`<h1>That did not work</h1>\n<p>${escapeHtml(text)}</p>\n<p><a href="/">Try again</a></p>`);
}

function page(main: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Example shop</title>
<main>
${main}
</main>
</html>
`;
}

function escapeHtml(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
