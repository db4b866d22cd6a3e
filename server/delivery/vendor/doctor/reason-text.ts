import type { Language, MessageKey } from '@signup-with-platform/messages';
import { isolateLeftToRight } from '#pages/text.ts';

type Reason = MessageKey extends infer Key ? (Key extends `vendor.doctor.reasons.${infer Name}` ? Name : never) : never;

/** What fetch-page.ts and the examination call the reasons that have words. */
const REASONS: ReadonlyMap<string, Reason> = new Map([
  ['timeout', 'timeout'],
  ['too many redirects', 'redirects'],
  ['not http', 'scheme'],
  ['credentials', 'credentials'],
  ['port', 'port'],
  ['not public', 'notPublic'],
  ['status', 'status'],
  ['ENOTFOUND', 'unknownHost'],
  ['ECONNREFUSED', 'refused'],
]);
/** Codes of OpenSSL and of Node's TLS module about certificates. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

/**
 * Why a page could not be reached, in the language's words.
 *
 * @param reason a short code. One without words is shown as it is, because developers can look it up
 * @param status of the response, for the reason `status`
 */
export function reasonText({ t }: Language, reason: string, status = ''): unknown {
  const known = CERTIFICATE.test(reason) ? 'certificate' : REASONS.get(reason);
  const code = isolateLeftToRight(reason);
  if (known === undefined) return code;
  return t.rich(`vendor.doctor.reasons.${known}`, { code, status: isolateLeftToRight(status) });
}
