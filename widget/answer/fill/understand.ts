import { AUTOFILLS, type NamedAutofill } from '../fields/fields.ts';
import { says } from '../fields/learn-spellings.ts';
import { callingCodesIn } from '../fields/phone-number.ts';
import { type Control, hostOf, isSelect } from './controls.ts';
import { textsOf } from './label.ts';
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
}

/** What is never the person's own, whatever else the words say; and traps that say so. */
const NEVER =
  /\b(search|query|coupon|promo|voucher|discount|gift|captcha|recaptcha|honeypot|password|passwort|passwd|pwd|card|cvv|cvc|csc|iban|bic|vat|tax|ssn|otp|one time|verification|security|url|website|fax|message|comment|notes?|remarks?|subject|friends?|vriend\w*|freund\w*|amis?|parrain\w*|amic[oi]|amigos?|padrino|znajom\w*|arkadas\w*|referr?er|referral|invite|emergency|spouse|partner|parent|guardian|child|robots?)\b|leave (this )?(field )?(empty|blank)|do not fill|検索|パスワード/;
const BILLING = /\b(bill|billing|invoice|rechnung\w*|factu\w+|fattur\w*|payment|payer)\b/;
const SHIPPING = /\b(ship|shipping|deliver\w*|liefer\w*|versand\w*|livraison|envio|spedizione|bezorg\w*|verzend\w*)\b/;

/** Says what belongs into a control: by `autocomplete`, or by what developers and people call it. */
export function understand(control: Control): FormField | undefined {
  const { label, names, hint } = textsOf(control);
  const words = [label, ...names, hint].join(' ');
  const tokens = (control.getAttribute('autocomplete') ?? hostOf(control)?.getAttribute('autocomplete') ?? '')
    .toLowerCase()
    .split(/\s+/);
  // The field is the last token, apart from webauthn: "section-x shipping home tel webauthn".
  const token = tokens.findLast((one) => one && one !== 'webauthn') ?? 'on';
  const autofill =
    !/^country/.test(token) && isCallingCode(control)
      ? AUTOFILLS.get('tel-country-code')
      : token === 'on' || token === 'off'
        ? byWords(control, [label, ...names], hint)
        : byToken(control, token, [label, ...names], hint);
  const isOtherLine = tokens.some((one) => one === 'fax' || one === 'pager');
  if (!autofill || isOtherLine || !takesText(control, autofill.inputTypes)) return undefined;
  const named = tokens.filter((one) => /^(section-|shipping$|billing$)/.test(one)).join(' ');
  const guessed = names.join(' ');
  const section = named || (BILLING.test(guessed) ? 'billing' : SHIPPING.test(guessed) ? 'shipping' : '');
  return { control, autofill, section, words };
}

/** HTML's names of what nobody shares here. What HTML does not know ("nope", "first-name") is no name, so the other words count. */
const OTHERS =
  /^(cc-.+|transaction-.+|(new|current)-password|one-time-code|username|nickname|honorific-.+|additional-name|organization(-title)?|sex|url|photo|impp|tel-extension|address-level[34])$/;

function byToken(control: Control, token: string, texts: readonly string[], hint: string): NamedAutofill | undefined {
  const known = AUTOFILLS.get(token);
  if (known) return known;
  const email = AUTOFILLS.get('email');
  // Many shops sign people in by their email address, and say so.
  if (token === 'username' && (control.type === 'email' || (email && texts.some((text) => says(email, 'words', text)))))
    return email;
  return OTHERS.test(token) ? undefined : byWords(control, [wordsOf(token), ...texts], hint);
}

function byWords(control: Control, texts: readonly string[], hint: string): NamedAutofill | undefined {
  if (NEVER.test([...texts, hint].join(' '))) return undefined;
  if (control instanceof HTMLInputElement && control.type === 'email') return AUTOFILLS.get('email');
  const all = [...AUTOFILLS.values()].filter((one) => !isSelect(control) || one.select);
  const find = (pattern: 'words' | 'vague', among: readonly string[]) =>
    all.find((one) => among.some((text) => says(one, pattern, text)) && !among.some((text) => says(one, 'not', text)));
  const found =
    find('words', texts) ??
    texts.map((text) => find('vague', [text])).find(Boolean) ??
    find('words', [hint]) ??
    find('vague', [hint]);
  // "Name", and in the control "First".
  const part = found?.token === 'name' ? find('words', [hint]) : undefined;
  if (part?.field === 'name') return part;
  if (found) return found;
  return control.type === 'tel' && !texts.join('') ? AUTOFILLS.get('tel') : undefined;
}

/** A list in which nearly every option has a calling code. */
function isCallingCode(control: Control): boolean {
  if (!isSelect(control)) return false;
  const texts = [...control.options].map(({ text }) => text);
  const coded = texts.filter((text) => /\+\s?\d/.test(text) && callingCodesIn(text).length > 0);
  return coded.length > 1 && coded.length >= texts.length * 0.8 - 1;
}
