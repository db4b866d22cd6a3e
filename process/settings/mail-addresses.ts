import { SettingError } from './setting.ts';

const ADDRESS = /^[^\s<>@"]+@[^\s<>@"]+$/;

/** The sender of mails: an address, or a name and an address in angle brackets (RFC 5322 section 3.4). */
export function senderOf(text: string): string {
  const [, address = text] = /^[^<>]*<([^<>]*)>$/.exec(text) ?? [];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a line break would begin another header
  if (!ADDRESS.test(address.trim()) || /[\u0000-\u001f\u007f]/.test(text))
    throw new SettingError('must be an address, or a name and an address in angle brackets');
  return text;
}
