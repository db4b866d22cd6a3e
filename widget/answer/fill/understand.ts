import { AUTOFILLS, type NamedAutofill } from '../fields/fields.ts';
import { means, says } from '../fields/learn-spellings.ts';
import { callingCodesIn } from '../fields/phone-number.ts';
import { type Control, hostOf, isSelect } from './controls.ts';
import { type Texts, textsOf } from './label.ts';
import { takesText } from './reachable.ts';
import { wordsOf } from './words.ts';

/** A control, and what is to stand in it. */
export interface FormField {
  readonly control: Control;
  readonly autofill: NamedAutofill;
  /** What the page says of the section: `shipping`, `billing`, `section-gift`. Empty when it says nothing. */
  readonly section: string;
  /** All its words. */
  readonly words: string;
  /** What people read beside it and in it. */
  readonly shown: string;
}

/** Finds a field that the platform has added, once `../rare-fields.ts` knows them. Its names are exact, so they come first. */
export const own: { find?: (token: string, texts: Texts) => NamedAutofill | undefined } = {};

/** What is never the person's own, whatever else the words say. */
const NEVER =
  /\b(search|query|find|coupon|promo|voucher|discount|gift|price|size|instructions?|hotel|venue|event|store|hall|invite)\b/;
const NUMBERS = /\b(card|cvv|cvc|csc|iban|bic|ssn|fax)\b|last (4|four)/;
/** Traps that say so. */
const TRAP = /\b(\w*captcha|honeypot|robots?)\b|leave (this )?(field )?(empty|blank)|do not fill/;
/** Whose it is instead. That may stand in brackets, too: "Email (friend's)". */
const SOMEBODY = /\b(friends?|referr?er|referral|emergency|spouse|partner|parent|guardian|child|employer|manager)\b/;
/** What may stand in a sentence about the person's own as well: "first name, as on your tax return". */
const ELSE =
  /\b(password|passwd|pwd|vat|tax|otp|one time|verification|security|url|website|message|comment|notes?|remarks?|subject)\b/;
/** What a control is called that is for nothing else: also `message[email]`. */
const PLAIN = /(^|\[)(e-?mail|name|(first|last)_?name|phone|city|address_?1?)\]?$/i;
const BILLING = /\b(bill|billing|invoice|payment|payer)\b/;
const SHIPPING = /\b(ship|shipping|deliver\w*)\b/;

/** Says what belongs into a control: by `autocomplete`, or by what developers and people call it. */
export function understand(control: Control): FormField | undefined {
  const texts = textsOf(control);
  const { label, names, hint, shown } = texts;
  const words = [label, ...names, hint].join(' ');
  const tokens = (control.getAttribute('autocomplete') ?? hostOf(control)?.getAttribute('autocomplete') ?? '')
    .toLowerCase()
    .split(/\s+/);
  // The field is the last token, apart from webauthn: "section-x shipping home tel webauthn".
  const token = tokens.findLast((one) => one && one !== 'webauthn') ?? 'on';
  const autofill =
    own.find?.(token, texts) ??
    (!/^country/.test(token) && isCallingCode(control)
      ? AUTOFILLS.get('tel-country-code')
      : token === 'on' || token === 'off'
        ? byWords(control, texts)
        : byToken(control, token, texts));
  const isOtherLine = tokens.some((one) => one === 'fax' || one === 'pager');
  if (!autofill || isOtherLine || !takesText(control, autofill.inputTypes)) return undefined;
  const named = tokens.filter((one) => /^(section-|shipping$|billing$)/.test(one)).join(' ');
  const guessed = names.join(' ');
  const section = named || isFor('billing', BILLING, guessed) || isFor('shipping', SHIPPING, guessed);
  return { control, autofill, section, words, shown };
}

/** True when what is known by now explains neither the control nor what people read beside it. */
export function isStrange(control: Control): boolean {
  const { label } = textsOf(control);
  const isExplained = [...AUTOFILLS.values()].some((one) => says(one, 'words', label) || says(one, 'vague', label));
  return !understand(control) || Boolean(label && !isExplained);
}

function isFor(section: string, words: RegExp, text: string): string {
  return words.test(text) || means(section, text) ? section : '';
}

/** HTML's names of what nobody shares here. What HTML does not know ("nope", "first-name") is no name, so the other words count. */
const OTHERS =
  /^(one-time-code|username|nickname|additional-name|organization(-title)?|sex|url|photo|impp|tel-extension|address-level[34])$/;
const MORE_OTHERS = /^(cc|transaction|honorific)-.|^(new|current)-password$/;

function byToken(control: Control, token: string, texts: Texts): NamedAutofill | undefined {
  const known = AUTOFILLS.get(token);
  if (known) return known;
  const email = AUTOFILLS.get('email');
  // Many shops sign people in by their email address, and say so.
  const isEmail = (text: string) => email && says(email, 'words', text);
  if (token === 'username' && (control.type === 'email' || [texts.label, ...texts.names].some(isEmail))) return email;
  return OTHERS.test(token) || MORE_OTHERS.test(token)
    ? undefined
    : byWords(control, { ...texts, names: [wordsOf(token), ...texts.names] });
}

function byWords(control: Control, { label, head, aside, names, hint }: Texts): NamedAutofill | undefined {
  const said = [head, ...names, hint].join(' ');
  const all = `${said} ${aside}`;
  if ([NEVER, NUMBERS, TRAP].some((one) => one.test(said)) || SOMEBODY.test(all) || means('never', all))
    return undefined;
  if (ELSE.test(said) && !PLAIN.test(control.name)) return undefined;
  if (control instanceof HTMLInputElement && control.type === 'email') return AUTOFILLS.get('email');
  const known = [...AUTOFILLS.values()].filter((one) => !isSelect(control) || one.select);
  // Two boxes may stand under one label that says both. Then their names tell which they are.
  const texts = [label, ...names].filter((text) => !asksBoth(text));
  const find = (pattern: 'words' | 'vague', among: readonly string[]) =>
    known.find(
      (one) =>
        among.some((text) => says(one, pattern, text)) && ![...among, label].some((text) => says(one, 'not', text)),
    );
  const found =
    find('words', texts) ??
    ([label, ...names, hint].some(asksBoth) ? AUTOFILLS.get(CODE_AND_TOWN) : undefined) ??
    texts.map((text) => find('vague', [text])).find(Boolean) ??
    find('words', [hint]) ??
    find('vague', [hint]);
  // "Name", and in the control "First".
  const part = found?.token === 'name' ? find('words', [hint]) : undefined;
  if (part?.field === 'name') return part;
  if (found?.token === 'name' && !says(found, 'words', head) && OF_A_THING.test(head)) return undefined;
  if (found) return found;
  return control.type === 'tel' && !texts.join('') ? AUTOFILLS.get('tel') : undefined;
}

export const CODE_AND_TOWN = 'postal-code-and-town';

/** "Postcode / town". */
export function asksBoth(text: string): boolean {
  const both = AUTOFILLS.get(CODE_AND_TOWN);
  return both !== undefined && says(both, 'vague', text);
}

/** "Hotel name": before a person's name stand few words. */
const OF_A_THING = /\b(?!(your|my|the|s|legal|and|or|guest|client|display|billing|shipping|delivery)\b)[a-z]+ name\b/;

/** A list in which nearly every option has a calling code. */
function isCallingCode(control: Control): boolean {
  if (!isSelect(control)) return false;
  const texts = [...control.options].map(({ text }) => text);
  const coded = texts.filter((text) => /\+\s?\d/.test(text) && callingCodesIn(text).length > 0);
  return coded.length > 1 && coded.length >= texts.length * 0.8 - 1;
}
