import type { Language } from '@signup-with-platform/messages';
import { isolateLeftToRight } from '#pages/text.ts';

/** Why a page was not reached, as outbound/fetch-page.ts and the examination call it. */
const REASONS = [
  'timeout',
  'redirects',
  'scheme',
  'https',
  'credentials',
  'port',
  'notPublic',
  'unreachable',
  'broken',
  'coding',
  'certificate',
  'status',
] as const;
export type Reason = (typeof REASONS)[number];

/**
 * Why a page could not be reached, in the language's words.
 *
 * @param facts of the finding: the reason, the code of a certificate, the status of the response
 */
export function reasonText({ t }: Language, facts: Readonly<Record<string, string>>): unknown {
  const reason = REASONS.find((name) => name === facts['reason']) ?? 'unreachable';
  return t.rich(`vendor.doctor.reasons.${reason}`, {
    code: isolateLeftToRight(facts['code'] ?? ''),
    status: isolateLeftToRight(facts['status'] ?? ''),
  });
}
