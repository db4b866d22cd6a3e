import { randomBytes } from 'node:crypto';
import type { Body } from './reply.ts';

/** Test people of one run, whose names nobody else has. */
export class People {
  readonly #run = randomBytes(5).toString('hex');
  readonly #domain: string;
  #count = 0;

  /** @param domain of their email addresses, which should be nobody's */
  constructor(domain: string) {
    this.#domain = domain;
  }

  /** Somebody new, with everything right. */
  next(more: Body = {}): Body & { userName: string; password: string } {
    this.#count += 1;
    return {
      userName: `contract-test-${this.#run}-${this.#count}@${this.#domain}`,
      password: newPassword(),
      firstName: 'John',
      lastName: 'Doe',
      language: 'en',
      ...more,
    };
  }
}

/** Satisfies every rule for passwords that is widely used. It begins as in the contract's example. */
export function newPassword(): string {
  return `#9ske%Ls${randomBytes(9).toString('base64url')}7!`;
}
