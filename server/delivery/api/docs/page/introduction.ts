import { html } from '@lit-labs/ssr';
import { codeBlock } from './code-block.ts';
import type { DocumentedPlatform, Section } from './section.ts';

/** The sections about what holds for every call. */
export function introduction(platform: DocumentedPlatform): Section[] {
  return [start(platform), authentication(platform), environments(platform)];
}

function start({ publicUrl, name }: DocumentedPlatform): Section {
  return {
    id: 'introduction',
    title: 'Introduction',
    text: html`<p>People who sign up with ${name} on your pages become users of your app. With this API, your backend reads what they agreed
to share, and manages users that it creates itself. Requests and responses are JSON, with the usual HTTP methods and status codes, so
any HTTP client will do.</p>
<dl class="facts">
<div><dt>Base URL</dt><dd><code>${publicUrl}/1</code></dd></div>
<div><dt>Bodies</dt><dd>JSON or forms, UTF-8, at most 16 KB</dd></div>
<div><dt>For tools</dt><dd><a href="/openapi.json">openapi.json</a> (OpenAPI 3.1)</dd></div>
</dl>
<p>Every response has an <code>X-Request-Id</code>. If you send your own, you get it back. Tell us the id when something fails.</p>`,
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
    text: html`<p>You create apps and keys yourself, in <a href="/account/apps">your account</a>. A secret key is shown once, when you
create it. There are three ways to authenticate, with the same rights. Use one of them per request.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Ways to authenticate"><table>
<thead><tr><th scope="col">Way</th><th scope="col">Header</th></tr></thead><tbody>
<tr><th scope="row">HTTP Basic</th><td><code>Authorization: Basic base64(SECRET_KEY:)</code><br>The key is the user name,
the password is empty.</td></tr>
<tr><th scope="row">API key</th><td><code>X-Api-Key: SECRET_KEY</code></td></tr>
<tr><th scope="row">Access token</th><td><code>Authorization: Bearer TOKEN</code><br>From <a href="#externalLogin">external_login</a>,
valid for one hour.</td></tr>
</tbody></table></div>
<p>A key may be read-only, or limited to ranges of network addresses. Keep it on your server, because anyone who has it can read your
users. This API does not accept a <a href="#verify-credential">credential</a> from the popup.</p>`,
    aside: codeBlock(
      'The three ways',
      ['-u "$SECRET_KEY:"', '-H "X-Api-Key: $SECRET_KEY"', '-H "Authorization: Bearer $TOKEN"']
        .map((way) => `curl ${publicUrl}/1/users ${way}`)
        .join('\n'),
    ),
  };
}

function environments({ publicUrl }: DocumentedPlatform): Section {
  return {
    id: 'environments',
    title: 'Environments',
    text: html`<p>An app has up to three environments, each with its own <code>client_id</code>, secret, keys and users. The key determines
the environment. Two environments are in the sandbox, which has its own issuer and its own signing keys. It has test people, the same ones for
every app, and accounts that people make in your popup, which are your app's alone: another app may have the same address. The sandbox and production are separate: a key, token or id of one is never valid in the other.</p>
<div class="table-box" tabindex="0" role="group" aria-label="Environments"><table><thead><tr>
<th scope="col">Environment</th><th scope="col">People</th><th scope="col">Issuer</th><th scope="col">Key</th></tr></thead><tbody>
${environmentRow('localhost', 'Test people', `${publicUrl}/sandbox`, 'sk_test_…')}
${environmentRow('development:sandbox', 'Test people', `${publicUrl}/sandbox`, 'sk_test_…')}
${environmentRow('production', 'Real people', publicUrl, 'sk_live_…')}
</tbody></table></div>`,
  };
}

function environmentRow(name: string, people: string, issuer: string, key: string): unknown {
  return html`<tr><th scope="row"><code>${name}</code></th>
<td>${people}</td><td><code>${issuer}</code></td><td><code>${key}</code></td></tr>`;
}
