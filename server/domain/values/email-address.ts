import { domainToASCII } from 'node:url';

/** RFC 5321 section 4.5.3.1.3 allows 256 octets for a path, of which two are its brackets. */
export const MAX_EMAIL_LENGTH = 254;

/** Nobody has a longer address, and reading one takes time. */
const MAX_TYPED_LENGTH = 1_000;
/** Characters of a local part without quotes (RFC 5322 section 3.2.3), and letters of all scripts (RFC 6531 section 3.3). */
const LOCAL_PART = /^[\w!#$%&'*+/=?^`{|}~\p{L}\p{M}\p{N}.-]+$/u;
/** Letters, digits, hyphens and the full stops of all scripts (UTS #46), which `domainToASCII` maps to a host name. */
const TYPED_DOMAIN = /^[\p{L}\p{M}\p{N}.\u3002\uff0e\uff61-]+$/u;
const LABEL = /^[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/i;
/** At least two letters, or an internationalized one in ASCII form (`xn--p1ai`). */
const TOP_LEVEL = /^([a-z]{2,}|xn--[a-z\d-]+)$/i;

/**
 * Reads an email address as people type and paste it: an internationalized domain may be in Unicode or in ASCII form, and invisible
 * characters around it are dropped. It becomes NFC with the domain in ASCII form, because OpenID Connect's claim `email` and most
 * vendors' systems know no other form.
 * @returns undefined when it is none
 */
export function readEmailAddress(typed: string): string | undefined {
  if (typed.length > MAX_TYPED_LENGTH) return undefined;
  const text = trimInvisible(typed).normalize('NFC');
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  const typedDomain = text.slice(at + 1);
  if (!isLocalPart(local) || !TYPED_DOMAIN.test(typedDomain)) return undefined;
  const domain = asciiDomain(typedDomain);
  return isDomain(domain) ? `${local}@${domain}` : undefined;
}

/** An ASCII domain stays as it is typed, in upper case, too. */
function asciiDomain(domain: string): string {
  return /^[\w.-]+$/.test(domain) ? domain : domainToASCII(domain);
}

function isLocalPart(local: string): boolean {
  if (!LOCAL_PART.test(local) || /\p{Default_Ignorable_Code_Point}/u.test(local)) return false;
  return !local.startsWith('.') && !local.endsWith('.') && !local.includes('..');
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  return labels.length >= 2 && labels.every((label) => LABEL.test(label)) && TOP_LEVEL.test(labels.at(-1) ?? '');
}

/** Without a regular expression, because one that ends in `+$` looks at every invisible character of a long text again and again. */
function trimInvisible(text: string): string {
  const isInvisible = (character: string | undefined) => character !== undefined && /[\s\p{Cf}]/u.test(character);
  const characters = [...text];
  let [start, end] = [0, characters.length];
  while (start < end && isInvisible(characters[start])) start += 1;
  while (end > start && isInvisible(characters[end - 1])) end -= 1;
  return characters.slice(start, end).join('');
}
