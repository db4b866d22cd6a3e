import type { CodePlace, MailedCode } from '../../storage/mailed-codes.ts';
import type { DomainContext } from '../context.ts';
import { isOver } from './ask-for-code.ts';
import { admitTry, giveBackTry, guessedAt, MAX_TRIES } from './code-budgets.ts';
import { codeOf, isCode, isSameCode, readCode } from './code-text.ts';

export interface CodeTry extends CodePlace {
  typed: string;
  /** Network address. */
  address: string | undefined;
  /** Sandbox only: the app whose popup it is. */
  appId?: string | undefined;
}

export type CheckedCode =
  /** It still works: whoever acts on it uses it up (use-code.ts). */
  | { outcome: 'right'; code: MailedCode }
  | { outcome: 'wrong'; triesLeft: number }
  /** It cannot be the code, and was not compared. */
  | { outcome: 'malformed' }
  /** Expired, used, ended by a later one, out of tries; or too many have guessed at this address. Another one can be asked for. */
  | { outcome: 'over' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

/** Compares what somebody has typed with the code of the place. Neither of two tries at the same moment is more than a code has. */
export async function checkCode(context: DomainContext, { typed, ...at }: CodeTry): Promise<CheckedCode> {
  const { rows, throttle } = context;
  const { address } = at;
  const current = await rows.mailedCodes.find(at);
  if (!current || isOver(current)) return { outcome: 'over' };
  const given = readCode(typed);
  if (!isCode(given, current.format)) return { outcome: 'malformed' };
  const waitMs = await throttle.count('codeTriesByAddress', { address });
  if (waitMs > 0) return { outcome: 'too_many_attempts', retryAfterMs: waitMs };

  const code = await rows.mailedCodes.takeTry(at, MAX_TRIES);
  if (!code) return { outcome: 'over' };
  const guessed = guessedAt(context, code, { owner: at.appId, address });
  const isCounted = code.format === 'digits';
  if (isCounted && !(await admitTry(context, guessed))) return { outcome: 'over' };
  if (!isSameCode(given, codeOf(context, at, code)))
    return code.tries < MAX_TRIES ? { outcome: 'wrong', triesLeft: MAX_TRIES - code.tries } : { outcome: 'over' };
  if (isCounted) await giveBackTry(context, guessed);
  await throttle.giveBack('codeTriesByAddress', { address });
  return { outcome: 'right', code };
}
