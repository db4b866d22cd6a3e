import { setTimeout as sleep } from 'node:timers/promises';
import type { DataKeys } from '../../data-key/data-keys.ts';
import { type Account, MAX_FOREIGN_PASSWORDS } from '../../storage/accounts.ts';
import { isHashOf } from '../password-forms/forms.ts';
import { fromStored } from '../password-forms/sealed.ts';

/** The least that a hash of our own costs, in the units of the others. */
const OWN_COST = 5;
/** Costs are estimates, and a busy machine takes longer for the one hash than for the other. */
const MARGIN = 1.5;
/** Nobody who has mistyped a password is kept waiting for longer, on however busy a machine. */
const MAX_WAIT_MS = 5_000;

/** The first of these accounts whose password it is, each as another system has hashed it. */
export async function ownerOf(
  dataKeys: DataKeys,
  accounts: readonly Account[],
  password: string,
): Promise<Account | undefined> {
  for (const account of accounts) {
    const kept = await fromStored(dataKeys, account.id, account.passwordHash ?? '');
    if (kept && (await isHashOf(kept, password))) return account;
  }
  return undefined;
}

/** What our own hash takes on an idle machine. */
const OWN_MS = 10;

/** How long a refusal takes about, on an idle machine. @param slowest cost of the slowest hash in the realm */
export function refusalMs(slowest: number): number {
  return slowest === 0 ? OWN_MS : Math.min(MAX_WAIT_MS, Math.round(OWN_MS * hashesOf(slowest)));
}

/** As many of our own hashes as the slowest may take, for two accounts. */
function hashesOf(slowest: number): number {
  return 2 + (MARGIN * MAX_FOREIGN_PASSWORDS * slowest) / OWN_COST;
}

/**
 * Times a refusal. An address with a slow hash would otherwise be refused later than one that nobody has. The slowest hash is not computed for
 * that: the time is estimated from that of our own hash, which was computed a moment ago on the same machine.
 * @param slowest cost of the slowest hash in the realm. 0: nothing is waited for
 */
export function refusalClock(slowest: number): { hashed(): void; wait(): Promise<void> } {
  const startMs = performance.now();
  let ownMs = 0;
  return {
    hashed: () => {
      ownMs = performance.now() - startMs;
    },
    wait: async () => {
      if (slowest === 0) return;
      const dueMs = startMs + ownMs * hashesOf(slowest);
      await sleep(Math.min(MAX_WAIT_MS, Math.max(0, dueMs - performance.now())));
    },
  };
}
