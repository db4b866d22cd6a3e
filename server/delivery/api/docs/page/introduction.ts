import { html } from '@lit-labs/ssr';
import { codeBlock } from './code-block.ts';
import type { DocumentedPlatform, Section } from './section.ts';

/** What holds for every call, before the calls themselves. */
export function introduction(platform: DocumentedPlatform): Section[] {
  return [start(platform), authentication(platform), environments(platform)];
}

function start({ publicUrl, name }: DocumentedPlatform): Section {
  return {
    id: 'introduction',
    title: 'Introduction',
    text: html`<p>People who sign up in your shop with ${name} become users of your app. With this API your backend reads what they agreed to share, and manages users that it makes itself. It takes and gives JSON, uses HTTP’s verbs and status codes, and needs nothing but an HTTP client.</p>
<dl class="facts">
<div><dt>Base URL</dt><dd><code>${publicUrl}/1</code></dd></div>
<div><dt>Bodies</dt><dd>JSON or forms, UTF-8, at most 16 KB</dd></div>
<div><dt>For tools</dt><dd><a href="/openapi.json">openapi.json</a> (OpenAPI 3.1)</dd></div>
</dl>
<p>Every answer carries <code>X-Request-Id</code>. Send one of your own, and it comes back. Tell us the id when something fails.</p>`,
    aside: codeBlock(
      'Try it',
      `export SECRET_KEY=sk_test_…  # shown once, in your account\ncurl ${publicUrl}/1/users \\\n  -u "$SECRET_KEY:"`,
    ),
  };
}

function authentication({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'authentication',
    title: 'Authentication',
    text: html`<p>An app’s secret key is shown once, when it is made. You make apps and keys in <a href="/account/apps">your account</a>; nobody needs to be asked. There are three ways in, with the same rights; use one at a time.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Ways to authenticate"><table><thead><tr><th scope="col">Way</th><th scope="col">Header</th></tr></thead><tbody>
<tr><th scope="row">HTTP Basic</th><td><code>Authorization: Basic base64(SECRET_KEY:)</code><br>The key is the user name, the password is empty.</td></tr>
<tr><th scope="row">API key</th><td><code>X-Api-Key: SECRET_KEY</code></td></tr>
<tr><th scope="row">Access token</th><td><code>Authorization: Bearer TOKEN</code><br>From <a href="#externalLogin">external_login</a>, for one hour.</td></tr>
</tbody></table></div>
<p>A key may be read-only, or limited to ranges of network addresses. Keep it on your server: whoever has it can read your users. A <a href="#verify-credential">credential</a> from the popup is no key, and opens nothing here.</p>`,
    aside: codeBlock(
      'The three ways',
      `curl ${publicUrl}/1/users -u "$SECRET_KEY:"\ncurl ${publicUrl}/1/users -H "X-Api-Key: $SECRET_KEY"\ncurl ${publicUrl}/1/users -H "Authorization: Bearer $TOKEN"`,
    ),
  };
}

function environments({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'environments',
    title: 'Environments',
    text: html`<p>An app has up to three environments, each with its own <code>client_id</code>, secret, keys and users. The key decides which one you see. Two of them live in the sandbox, whose people are made up; it has its own issuer and signing keys. The sandbox and production never meet: a key, token or id of one opens nothing in the other.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Environments"><table><thead><tr><th scope="col">Environment</th><th scope="col">People</th><th scope="col">Issuer</th><th scope="col">Key</th></tr></thead><tbody>
<tr><th scope="row"><code>localhost</code></th><td>Sandbox</td><td><code>${publicUrl}/sandbox</code></td><td><code>sk_test_…</code></td></tr>
<tr><th scope="row"><code>development:sandbox</code></th><td>Sandbox</td><td><code>${publicUrl}/sandbox</code></td><td><code>sk_test_…</code></td></tr>
<tr><th scope="row"><code>production</code></th><td>Real</td><td><code>${publicUrl}</code></td><td><code>sk_live_…</code></td></tr>
</tbody></table></div>`,
  };
}
