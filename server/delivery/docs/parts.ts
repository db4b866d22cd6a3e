import type { Config } from '../../config.ts';
import { BUTTON_BUILDER } from './button-builder.ts';

/** Comments in the Markdown, in whose place the server puts what it knows. GitHub shows nothing there. */
const BUILDER = '<!-- button-builder -->';
const YOUR_APPS = '<!-- your-apps -->';
const CONTACT = '<!-- contact -->';
/** What stands for the address of the platform in every example. */
const PLATFORM_PLACEHOLDER = 'https://platform.example';

export const hasElement = (content: string): boolean => content.includes(BUILDER);

/** Puts this platform into a page. */
export function fillIn(content: string, config: Pick<Config, 'publicUrl' | 'brand'>): string {
  return content
    .replaceAll(PLATFORM_PLACEHOLDER, () => escaped(config.publicUrl))
    .replace(BUILDER, () => BUTTON_BUILDER)
    .replace(YOUR_APPS, () => YOUR_APPS_BOX)
    .replace(CONTACT, () => contact(config.brand));
}

/** The same for a page as Markdown, and for `llms.txt`. */
export function fillInText(text: string, { publicUrl }: Pick<Config, 'publicUrl'>): string {
  return text.replaceAll(PLATFORM_PLACEHOLDER, () => publicUrl);
}

/** What it says follows from `data-your-apps`, which the page's script sets. */
const YOUR_APPS_BOX = `<div class="your-apps" data-your-apps>
<p class="out">The examples have placeholders. <a href="/account">Sign in</a>, <a href="/account/apps/new">create an app</a>, and they show your own
issuer, client id and origin when you come back to this page.</p>
<p class="none">You are signed in and have no app yet. <a href="/account/apps/new">Create one</a>: it takes a name and the origin of your page.</p>
<div class="some"><label for="your-app">The examples are filled in for</label>
<span class="control"><select id="your-app"></select></span></div>
</div>`;

function contact({ support, communityUrl }: Config['brand']): string {
  const rows = [
    support && `<li>Support: <a href="${escaped(support.href)}">${escaped(support.text)}</a></li>`,
    communityUrl &&
      `<li>Community: <a href="${escaped(communityUrl)}">${escaped(communityUrl.replace(/^https?:\/\//, ''))}</a></li>`,
  ].filter((row) => row !== undefined && row !== '');
  if (rows.length > 0) return `<ul>${rows.join('')}</ul>`;
  return '<p>The operator of this platform has named neither a support address nor a community. Ask whoever gave you its address.</p>';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
