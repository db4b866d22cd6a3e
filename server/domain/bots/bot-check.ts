import type { KnownDevice } from '../accounts/known-device.ts';
import { isDeviceOf } from '../accounts/known-device.ts';
import type { DomainContext } from '../context.ts';
import { outcomes } from './outcomes.ts';
import {
  type GivenPuzzle,
  judgePuzzle,
  LEVELS,
  type Level,
  makePuzzle,
  PAUSE_MS,
  type PuzzlePlace,
  readPuzzle,
  spendPuzzle,
} from './puzzle.ts';

/** Somebody who wants what costs others something: a new account, or a mail. */
export interface Stranger extends PuzzlePlace {
  /** Network address. */
  address: string | undefined;
  /** Browsers in which accounts have signed in before, as the visitor's own claims to be. */
  devices: readonly KnownDevice[];
}

/** What a form carries for whoever has to show that they are no bot. */
export interface Puzzle {
  /** Base64 of a challenge, in JSON. A script of the page adds the solution. */
  altcha: string;
  /** How long whoever cannot solve it waits instead. */
  pauseMs: number;
}

export type Admitted =
  | { outcome: 'admitted' }
  /** The form has to come again with the answer to this one. */
  | { outcome: 'puzzle'; puzzle: Puzzle }
  /** It came without a script, and too early. The same puzzle, so that the time that has passed counts. */
  | { outcome: 'too_early'; puzzle: Puzzle; retryAfterMs: number }
  /** Too many came without a script. Solving the puzzle helps at once. */
  | { outcome: 'too_many_attempts'; puzzle: Puzzle; retryAfterMs: number };

/** So many times what is usual in a realm is an attack. */
const ATTACK_FACTOR = 10;

type BotContext = DomainContext & { readonly cookieKey: string };

/**
 * Counts somebody who is about to sign up, or to have a mail sent. Where there have been few of late, that is all. Where there are more, from
 * this network or everywhere, their browser has to have worked for it, or they to have waited. A browser in which an account has signed in
 * before need not. Nothing here depends on the address that was typed.
 *
 * They are counted before they are judged, so that many at the same moment are not all among the few.
 *
 * @param given what the form has sent, unchecked
 */
export async function admitStranger(context: BotContext, stranger: Stranger, given: unknown): Promise<Admitted> {
  if (!isOn(context)) return { outcome: 'admitted' };
  const level = levelOf(context, await count(context, stranger));
  if (level === undefined) return { outcome: 'admitted' };
  if (await isKnown(context, stranger)) {
    outcomes.known += 1;
    return { outcome: 'admitted' };
  }
  const judged = await judge(context, stranger, given, level);
  if (judged.outcome !== 'admitted') {
    outcomes[judged.outcome === 'puzzle' ? 'asked' : 'delayed'] += 1;
    await takeBack(context, stranger);
  }
  return judged;
}

/** The puzzle that a page should carry, so that it is solved while the person types. Undefined where none is needed at the moment. */
export async function puzzleFor(context: BotContext, stranger: Stranger): Promise<Puzzle | undefined> {
  if (!isOn(context)) return undefined;
  const level = levelOf(context, await look(context, stranger));
  if (level === undefined || (await isKnown(context, stranger, { isCounted: false }))) return undefined;
  return newPuzzle(context, stranger, level);
}

/** In the sandbox nobody is mailed, accounts are for tests, and a vendor's tests sign up as often as they like. */
function isOn({ realm, config }: BotContext): boolean {
  return realm === 'production' && config.botCheck !== 'off';
}

/** How many there have been of late, the present one included. */
interface Rate {
  isNetworkBusy: boolean;
  inRealm: number;
}

async function count({ throttle, realm }: BotContext, { address }: Stranger): Promise<Rate> {
  const [waitMs, inRealm] = await Promise.all([
    throttle.count('strangersByNetwork', { address }),
    throttle.tally('strangers', realm),
  ]);
  return { isNetworkBusy: waitMs > 0, inRealm };
}

async function look({ throttle, realm }: BotContext, { address }: Stranger): Promise<Rate> {
  const [network, all] = await Promise.all([
    throttle.look('strangersByNetwork', { address }),
    throttle.look('strangers', realm),
  ]);
  return { isNetworkBusy: network.waitMs > 0, inRealm: all.attempts + 1 };
}

/** Whoever was not admitted has cost nobody anything. */
async function takeBack({ throttle, realm }: BotContext, { address }: Stranger): Promise<void> {
  await Promise.all([throttle.giveBack('strangersByNetwork', { address }), throttle.giveBack('strangers', realm)]);
}

function levelOf({ config }: BotContext, { isNetworkBusy, inRealm }: Rate): Level | undefined {
  if (inRealm > config.botCheckAbove * ATTACK_FACTOR) return LEVELS.attack;
  const isAsked = config.botCheck === 'always' || isNetworkBusy || inRealm > config.botCheckAbove;
  return isAsked ? LEVELS.raised : undefined;
}

/**
 * Whether an account has signed in from this browser. So many times an hour for each account, because whoever has one browser that is known could
 * send any number of forms with it.
 */
async function isKnown(
  { rows, throttle, cookieKey }: BotContext,
  { devices }: Stranger,
  { isCounted = true } = {},
): Promise<boolean> {
  for (const device of devices) {
    const account = await rows.accounts.find(device.accountId);
    if (!account || account.blocked || !isDeviceOf(cookieKey, account, device)) continue;
    const { waitMs } = isCounted
      ? { waitMs: await throttle.count('knownBrowsers', account.id) }
      : await throttle.look('knownBrowsers', account.id);
    if (waitMs === 0) return true;
  }
  return false;
}

async function judge(context: BotContext, stranger: Stranger, given: unknown, level: Level): Promise<Admitted> {
  const puzzle = readPuzzle(given);
  const judged = puzzle && (await judgePuzzle(context, stranger, puzzle, level));
  if (puzzle && judged?.outcome === 'solved' && (await spendPuzzle(context, puzzle))) {
    outcomes.solved += 1;
    return { outcome: 'admitted' };
  }
  if (puzzle && judged?.outcome === 'unsolved')
    return judged.waitMs > 0
      ? { outcome: 'too_early', puzzle: again(puzzle), retryAfterMs: judged.waitMs }
      : afterPause(context, stranger, puzzle, level);
  return { outcome: 'puzzle', puzzle: await newPuzzle(context, stranger, level) };
}

/** Somebody has waited. So that bots do not all wait at the same time, a network may do so a few times. */
async function afterPause(
  context: BotContext,
  stranger: Stranger,
  given: GivenPuzzle,
  level: Level,
): Promise<Admitted> {
  const retryAfterMs = await countPause(context, stranger);
  if (retryAfterMs > 0) return { outcome: 'too_many_attempts', puzzle: again(given), retryAfterMs };
  if (await spendPuzzle(context, given)) {
    outcomes.waited += 1;
    return { outcome: 'admitted' };
  }
  return { outcome: 'puzzle', puzzle: await newPuzzle(context, stranger, level) };
}

/** When very many wait, somebody has a lot of networks. Then each network may once an hour, so that people still get in. */
async function countPause({ throttle, realm }: BotContext, { address }: Stranger): Promise<number> {
  const waitMs = await throttle.count('pausesByNetwork', { address });
  if (waitMs > 0) return waitMs;
  const isUnderAttack = (await throttle.count('pauses', realm)) > 0;
  return isUnderAttack ? throttle.count('pausesUnderAttack', { address }) : 0;
}

async function newPuzzle(context: BotContext, at: PuzzlePlace, level: Level): Promise<Puzzle> {
  return { altcha: await makePuzzle(context, at, level), pauseMs: PAUSE_MS };
}

function again({ challenge }: GivenPuzzle): Puzzle {
  return { altcha: Buffer.from(JSON.stringify({ challenge })).toString('base64'), pauseMs: PAUSE_MS };
}
