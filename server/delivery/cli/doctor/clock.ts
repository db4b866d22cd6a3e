import { inWords } from './age.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';

/** A clock to compare with. */
export interface OtherClock {
  /** Whose it is, as it is told: `the server`, `the database`. */
  readonly whose: string;
  readonly ms: number;
  /** When this machine read it. */
  readonly readAtMs: number;
  /** How exact it is: an HTTP date has whole seconds. */
  readonly unitMs: number;
}

/** Clients tolerate ten seconds. */
const WARNING_MS = 2_000;
const PROBLEM_MS = 10_000;

/** Compares this machine's clock with those of others. It does not know whether they are other machines. */
export function judgeClock(others: readonly OtherClock[]): Finding {
  const advice =
    'Synchronize the clocks of all machines (timedatectl, chrony). Credentials are refused when clocks differ by more than ten seconds.';
  const differences = others.map(({ whose, ms, readAtMs, unitMs }) => ({
    whose,
    differenceMs: Math.max(Math.abs(ms - readAtMs) - unitMs, 0),
  }));
  const [worst] = differences.toSorted((a, b) => b.differenceMs - a.differenceMs);
  if (!worst) return notChecked('clock', 'There was no other clock to compare with.', 'Run timedatectl on the server.');
  const names = others.map(({ whose }) => whose).join(', ');
  if (worst.differenceMs >= WARNING_MS) {
    const message = `The clock of ${worst.whose} differs from this machine’s by ${inWords(worst.differenceMs)}.`;
    return (worst.differenceMs >= PROBLEM_MS ? problem : warning)('clock', message, advice);
  }
  return ok(
    'clock',
    `This machine’s clock agrees with that of ${names}. Where these are the same machine, that says little: timedatectl says whether it is synchronized.`,
  );
}
