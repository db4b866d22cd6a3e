import type { Brand } from '../brand/brand.ts';

/**
 * Who writes, whom to ask, and what holds: below each mail of the platform, when the operator says so. It has no words besides, so that it
 * fits a mail in any language.
 */
export function signatureOf({ name, support, termsUrl, privacyUrl }: Brand): string {
  const lines = [support && (support.href.startsWith('mailto:') ? support.text : support.href), privacyUrl, termsUrl];
  const given = lines.filter((line) => line !== undefined);
  // RFC 3676 section 4.3: mail programs know a signature by this line.
  return given.length > 0 ? ['', '-- ', name, ...given, ''].join('\n') : '';
}
