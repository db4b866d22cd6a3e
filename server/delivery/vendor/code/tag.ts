import { type Environment, issuerOf, realmOf } from '@signup-with-platform/protocol';
import type { AppField } from '#storage/apps.ts';

/** What the tag is filled in with. Nothing of it is secret. */
export interface TagSubject {
  publicUrl: string;
  platformName: string;
  clientId: string;
  environment: Environment;
  /** What the app has registered. */
  fields: readonly AppField[];
}

/** The lines that put the button on a page, filled in. */
export function tagOf(subject: TagSubject): string {
  return `<script type="module" src="${subject.publicUrl}/widget.js"></script>
${tag(subject)}`;
}

/**
 * The element. Without its attribute `fields`, the popup asks for what the app requires, so the tag of an app with optional fields names
 * them all. What is inside, people see whose browser cannot run the element: a link to the page on which they sign up with the platform,
 * which works in any browser. The shop's form they fill in by hand.
 */
export function tag(subject: TagSubject, nonce?: string): string {
  const { publicUrl, platformName, clientId, environment } = subject;
  const attributes = [`client-id="${clientId}"`, ...(nonce === undefined ? [] : [`nonce="${nonce}"`])];
  const asked = fieldsAttribute(subject);
  if (asked) attributes.push(asked);
  return `<signup-with-platform ${attributes.join(' ')}>
  <a href="${issuerOf(publicUrl, realmOf(environment))}/account/sign-up">Sign up with ${escaped(platformName)}</a>
</signup-with-platform>`;
}

/** The attribute that names the fields, if the app has optional ones. */
export function fieldsAttribute({ fields }: Pick<TagSubject, 'fields'>): string {
  const asksForMore = fields.some(({ required }) => !required);
  return asksForMore ? `fields="${fields.map(({ field }) => field).join(' ')}"` : '';
}

/** As text in HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
