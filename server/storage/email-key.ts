import { domainToASCII } from 'node:url';

/**
 * An email address as it is looked up. Case is ignored, because in practice no two mailboxes differ by case alone, and an
 * internationalized domain is the same in Unicode and in ASCII form.
 */
export function emailKey(email: string): string {
  const text = email.trim().normalize('NFC').toLowerCase();
  const domainAt = text.lastIndexOf('@') + 1;
  const domain = text.slice(domainAt);
  // An ASCII domain stays as it is, because `domainToASCII` would read numbers as an IPv4 address.
  if (domainAt === 0 || /^[ -~]*$/.test(domain)) return text;
  return text.slice(0, domainAt) + (domainToASCII(domain) || domain);
}
