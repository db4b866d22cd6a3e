import type { z } from 'zod';

/** One way in which other systems hash passwords. What it keeps of a hash is JSON, and stays readable for every later version. */
export interface PasswordForm<Kept> {
  /** What is kept of a hash. */
  readonly schema: z.ZodType<Kept>;
  /**
   * How long a check takes, in units of about a millisecond of one processor. It is computed from the parameters, so that a hash with which every
   * sign-in would be a denial of service is refused before anything is hashed.
   */
  cost(kept: Kept): number;
  /** Whether it is the hash of this password, which is compared as it was typed. Does not hold up the event loop. */
  verify(kept: Kept, password: string): Promise<boolean>;
}

/** Infers what a form keeps from its schema. */
export function passwordForm<Kept>(form: PasswordForm<Kept>): PasswordForm<Kept> {
  return form;
}
