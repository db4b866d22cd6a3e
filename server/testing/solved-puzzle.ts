import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** What a form carries, as base64 of JSON. */
export interface Carried {
  challenge: Challenge;
  solution?: { counter: number; derivedKey: string; time?: number };
}

export function unpack(altcha: string): Carried {
  return JSON.parse(Buffer.from(altcha, 'base64').toString());
}

export function pack(carried: unknown): string {
  return Buffer.from(JSON.stringify(carried)).toString('base64');
}

/** The value of a form's `altcha` input as a page's script leaves it. By ALTCHA's own solver, so that ours is not judged by itself. */
export async function solved(altcha: string): Promise<string> {
  const { challenge } = unpack(altcha);
  const solution = await solveChallenge({ challenge, deriveKey });
  if (!solution) throw new Error('no solution was found in time');
  return pack({ challenge, solution });
}
