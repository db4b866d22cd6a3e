import { createHash } from 'node:crypto';
import { callGuarded } from '../../outbound/guarded-call.ts';

/** So long a person waits at most, once, while they choose a password. */
const TIMEOUT_MS = 1_500;
/** A padded answer has up to a thousand lines of 40 bytes. */
const MAX_BYTES = 256 * 1024;
const PREFIX_LENGTH = 5;

/**
 * Asks a service with the range API of Have I Been Pwned for a password, without telling which: the service is told the first 20 of the 160
 * bits of its SHA-1, and answers with all that begin so, hundreds of them (k-anonymity).
 *
 * @param address of the operator's configuration, ending with a slash
 * @returns undefined when the service did not answer, or not so
 * @see https://haveibeenpwned.com/API/v3#SearchingPwnedPasswordsByRange
 */
export async function askRange(address: URL, password: string): Promise<boolean | undefined> {
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
  const result = await callGuarded(
    {
      url: new URL(hash.slice(0, PREFIX_LENGTH), address),
      method: 'GET',
      // Padded with passwords that nobody used, so that the length of the answer does not tell an eavesdropper what was asked.
      headers: { 'user-agent': 'signup-with-platform', 'add-padding': 'true', accept: 'text/plain' },
    },
    { addresses: 'any', timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES },
  );
  if (result.outcome !== 'answered' || result.status !== 200 || result.isCut) return undefined;
  return timesUsed(result.body.toString('latin1'), hash.slice(PREFIX_LENGTH)) > 0;
}

/** From lines like `0018A45C4D1DEF81644B54AB7F969B88D65:12`. Of what is padding, it is 0. */
function timesUsed(answer: string, suffix: string): number {
  for (const line of answer.split('\n')) {
    const [of = '', times] = line.trim().split(':');
    if (of.toUpperCase() === suffix) return Number(times);
  }
  return 0;
}
