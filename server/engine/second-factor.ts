import type { FastifyRequest } from 'fastify';
import { findKnownBrowser, isTrusted } from '../domain/second-factor/known-browsers.ts';
import { hasSecondFactor } from '../domain/second-factor/second-factor.ts';
import type { RealmContext } from '../http/realm-context.ts';
import { type Account, isShared } from '../storage/accounts.ts';
import type { KnownBrowser } from '../storage/known-browsers.ts';
import { devicesOf } from './device-cookie.ts';
import { provesTwoFactors, type SignInMethod } from './sign-in-methods.ts';

type Asked = Pick<FastifyRequest, 'headers'>;

/**
 * Whether somebody who has proven who they are is asked for the second factor of their account. Every way to sign in asks this before anything
 * of the account is shown or changed.
 * @param how.methods what they have proven. A passkey is both factors
 * @param how.insists the app wants two factors, or what they are about to do does: then a trusted browser is asked, too
 */
export async function asksForSecondFactor(
  context: RealmContext,
  request: Asked,
  account: Account,
  { methods, insists = false }: { methods: readonly SignInMethod[]; insists?: boolean },
): Promise<boolean> {
  if (provesTwoFactors(methods) || isShared(account)) return false;
  if (!(await hasSecondFactor(context, account))) return false;
  if (insists || context.config.secondFactor === 'always') return true;
  return !(await isTrusted(context, account, devicesOf(context, request)));
}

/** The browser, where the account knows it: wrong codes are counted for it apart. */
export function knownBrowserOf(
  context: RealmContext,
  request: Asked,
  account: Account,
): Promise<KnownBrowser | undefined> {
  return findKnownBrowser(context, account, devicesOf(context, request));
}
