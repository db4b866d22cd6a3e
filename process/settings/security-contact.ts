import { z } from 'zod';
import { SettingError } from './setting.ts';
import { assertNoCredentials } from './web-address.ts';

const MAX_LENGTH = 254;
const emailAddress = z.email().max(MAX_LENGTH);

/** An email address, or a page over https, as the address that RFC 9116 section 2.5.3 has it. */
export function securityContactOf(text: string): string {
  const address = text.replace(/^mailto:/i, '');
  if (emailAddress.safeParse(address).success) return `mailto:${address}`;
  if (/^https:/i.test(text) && URL.canParse(text)) {
    const url = new URL(text);
    assertNoCredentials(url);
    return url.href;
  }
  throw new SettingError('must be an email address, or the address of a page with https');
}
