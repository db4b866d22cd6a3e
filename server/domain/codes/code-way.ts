import { z } from 'zod';
import type { CodePurpose } from '../../storage/mailed-codes.ts';

/** Where somebody asked for a code: at sign-in, at sign-up, because of a forgotten password, or to confirm the address of the account. */
export const codeWaySchema = z.enum(['sign_in', 'sign_up', 'forgot', 'confirm']);
export type CodeWay = z.infer<typeof codeWaySchema>;

const PURPOSES: Readonly<Record<CodeWay, CodePurpose>> = {
  sign_in: 'sign_in',
  sign_up: 'sign_in',
  forgot: 'new_password',
  confirm: 'confirm',
};

export function purposeOf(way: CodeWay): CodePurpose {
  return PURPOSES[way];
}
