import type { html as Html, TemplateResult } from 'lit';
import { bare } from '../bare.ts';
import type { Strings } from '../strings/strings.ts';
import type { SignupUser } from './signup-flow.ts';

/** Where an email address may break. */
const BEFORE_HOST = /(?=@)/;

/**
 * Who signed up, and the way to be somebody else, in a row instead of the button. It can have the focus, because the button that had it is
 * gone, and another action must not take its place under somebody's finger.
 *
 * @param user undefined when only the vendor's backend knows (an authorization code)
 */
export function doneLine(
  html: typeof Html,
  user: SignupUser | undefined,
  { change, again, code }: Pick<Strings, 'change' | 'again' | 'code'>,
  { disabled, onChange }: { disabled: boolean; onChange: () => void },
): TemplateResult {
  const { name, given_name, family_name, email, phone_number } = bare({ ...user });
  const full = name ?? [given_name, family_name].filter(Boolean).join(' ');
  const [first = code, second] = [full, email, full && email ? '' : phone_number].filter(Boolean);
  // In lines of their own, because an address beside a name breaks in its middle wherever the element is narrow.
  const line = (text: string) =>
    html`<span><bdi>${text.split(BEFORE_HOST).map((part) => html`<wbr>${part}`)}</bdi></span>`;
  const more = second && html` ${line(second)}`;
  const button = html`<button part="change" class="change" type="button"
    aria-label=${`${change}: ${again}`} ?disabled=${disabled} @click=${onChange}><span part="label">${change}</span></button>`;
  return html`<p part="person" tabindex="-1"><span class="who"><svg viewBox="0 0 24 24" aria-hidden="true"><path
    d="m5 12.5 4.5 4.5L19 7.5" /></svg> ${line(first)}${more}</span> ${button}</p>`;
}

/** What of a person's data was shared, as in the middle of a sentence. */
export function sharedFields(user: SignupUser, strings: Strings): string {
  const shared = bare({ ...user });
  const names = (['name', 'email', 'phone_number', 'address', 'birthdate', 'locale'] as const)
    .filter((field) => shared[field] ?? (field === 'name' && (shared.given_name ?? shared.family_name)))
    .map((field) => strings[`listed_${field}`]);
  return new Intl.ListFormat(strings.language, bare<Intl.ListFormatOptions>({ type: 'unit' })).format(names);
}
