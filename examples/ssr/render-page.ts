import { html, render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import 'signup-with-platform/server';

export interface PageSettings {
  clientId: string;
  platform: string;
  /** The language of the element, as a BCP 47 tag. */
  language: string;
}

/** Renders the page with the element as declarative shadow DOM, so that its button is there before any script. */
export function renderPage({ clientId, platform, language }: PageSettings): Promise<string> {
  return collectResult(
    render(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Create an account, rendered on a server</title>
    <link rel="stylesheet" href="./page.css" />
    <script type="module" src="./browser.js"></script>
  </head>
  <body>
    <h1>Create an account</h1>
    <form>
      <signup-with-platform
        client-id=${clientId}
        platform=${platform}
        language=${language}
        platform-name="Platform"
        fields="name email"
      ></signup-with-platform>
      <p id="notice"></p>
      <label>Name <input name="name" autocomplete="name" required /></label>
      <label>Email <input name="email" type="email" autocomplete="email" required /></label>
      <button type="submit">Create account</button>
    </form>
  </body>
</html>`),
  );
}
