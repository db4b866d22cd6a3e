import type { Realm } from '@signup-with-platform/protocol';
import type { SignInMethod } from '#engine/sign-in-methods.ts';
import type { HttpBrowser, Page } from '../http-journey.ts';
import { awayAddress, comeBack, signInThere } from '../upstream-journey.ts';
import { passkeyDataOf } from './passkey-data.ts';
import { PASSWORD, type Somebody, type World } from './people.ts';

/** Somebody before the sign-in page of the account pages, in a browser that has never been there. */
export interface PortalVisit {
  readonly world: World;
  /** Of the account pages of a realm. */
  readonly base: string;
  readonly browser: HttpBrowser;
  readonly somebody: Somebody;
}

interface PortalWay {
  readonly method: SignInMethod;
  /** @returns where it ends */
  readonly go: (visit: PortalVisit) => Promise<Page>;
}

/** Every way to sign in to the account pages. */
export const PORTAL_WAYS = {
  'password, at sign-in': {
    method: 'pwd',
    go: async ({ base, browser, somebody: { email } }) =>
      browser.submit(await browser.get(`${base}/sign-in`), '/account/sign-in', { email, password: PASSWORD }),
  },
  'password, at sign-up': {
    method: 'pwd',
    go: async ({ base, browser, somebody: { email } }) => {
      const form = await browser.get(`${base}/sign-up`);
      return browser.submit(form, '/account/sign-up', { email, password: PASSWORD, given_name: 'Ada' });
    },
  },
  passkey: {
    method: 'passkey',
    go: async ({ base, browser, somebody: { authenticator } }) => {
      const page = await browser.get(`${base}/sign-in`);
      const response = authenticator.get(passkeyDataOf(page, 'request'));
      return browser.submit(page, '/sign-in/passkey', { response });
    },
  },
  'another login': {
    method: 'upstream',
    go: async ({ world: { platform }, base, browser, somebody: { subject } }) => {
      platform.acme.auto = subject;
      const form = await browser.get(`${base}/sign-in`);
      const away = await browser.submit(form, '/sign-in/upstream', { upstream: 'acme' });
      return comeBack(browser, await signInThere(awayAddress(away)), platform.acme);
    },
  },
} as const satisfies Readonly<Record<string, PortalWay>>;

export type PortalWayName = keyof typeof PORTAL_WAYS;

export const portalOf = (realm: Realm) => (realm === 'sandbox' ? '/sandbox/account' : '/account');
