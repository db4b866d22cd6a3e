import type { Config } from '../../config.ts';
import { BUTTON_BUILDER } from './button-builder.ts';

/** Comments in the Markdown, in whose place the server puts what it knows. GitHub shows nothing there. */
const BUILDER = '<!-- button-builder -->';
const YOUR_APPS = '<!-- your-apps -->';
const CONTACT = '<!-- contact -->';
/** Within a sentence; it begins with what separates it from the words before. */
const SECURITY_TXT = '<!-- security-txt -->';

export type KnownToDocs = Pick<Config, 'publicUrl' | 'brand' | 'securityContact'>;

export const hasElement = (content: string): boolean => content.includes(BUILDER);

/**
 * Puts this platform into a page.
 * @param placeholder what stands for its address in the page
 */
export function fillIn(content: string, config: KnownToDocs, placeholder: string): string {
  const contacts = contactsOf(config).map(({ label, href, text }) => `<li>${label}: ${link(href, text)}</li>`);
  return content
    .replaceAll(placeholder, () => escaped(config.publicUrl))
    .replace(BUILDER, () => BUTTON_BUILDER)
    .replace(YOUR_APPS, () => YOUR_APPS_BOX)
    .replace(CONTACT, () => (contacts.length > 0 ? `<ul>${contacts.join('')}</ul>` : `<p>${NO_CONTACT}</p>`))
    .replace(SECURITY_TXT, () => (config.securityContact ? `, or as ${link(SECURITY_TXT_PATH)} says` : ''));
}

/** The same for a page as Markdown, and for `llms.txt`. */
export function fillInText(text: string, config: KnownToDocs, placeholder: string): string {
  const contacts = contactsOf(config).map(({ label, href, text: words }) => `- ${label}: [${words}](${href})`);
  return text
    .replaceAll(placeholder, () => config.publicUrl)
    .replaceAll(CONTACT, () => (contacts.length > 0 ? contacts.join('\n') : NO_CONTACT))
    .replaceAll(SECURITY_TXT, () =>
      config.securityContact ? `, or as [${SECURITY_TXT_PATH}](${SECURITY_TXT_PATH}) says` : '',
    );
}

const SECURITY_TXT_PATH = '/.well-known/security.txt';
const NO_CONTACT =
  'The operator of this platform has named neither a support address nor a community. Ask whoever gave you its address.';

/** What it says follows from `data-your-apps`, which the page's script sets. */
const YOUR_APPS_BOX = `<div class="your-apps" data-your-apps>
<p class="out">The examples have placeholders. <a href="/account">Sign in</a>, <a href="/account/apps/new">create an app</a>, and they show your own
issuer, client id and origin when you come back to this page.</p>
<p class="none">You are signed in and have no app yet. <a href="/account/apps/new">Create one</a>: it takes a name and the origin of your page.</p>
<div class="some"><label for="your-app">The examples are filled in for</label>
<span class="control"><select id="your-app"></select></span></div>
</div>`;

function contactsOf({
  brand: { support, communityUrl },
}: KnownToDocs): { label: string; href: string; text: string }[] {
  return [
    ...(support ? [{ label: 'Support', ...support }] : []),
    ...(communityUrl
      ? [{ label: 'Community', href: communityUrl, text: communityUrl.replace(/^https?:\/\//, '') }]
      : []),
  ];
}

function link(href: string, text = href): string {
  return `<a href="${escaped(href)}">${escaped(text)}</a>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
