import type { Realm } from '@signup-with-platform/protocol';
import type { SignInMethod } from '#engine/sign-in-methods.ts';
import type { HttpBrowser, Page } from '../http-journey.ts';
import { mailedCode } from '../mailed-code.ts';
import { through } from '../upstream-journey.ts';
import { passkeyDataOf } from './passkey-data.ts';
import { PASSWORD, type Somebody, type World } from './people.ts';

/** Somebody before the first page of the popup, in a browser that has never been there. */
export interface Visit {
  readonly world: World;
  readonly realm: Realm;
  readonly browser: HttpBrowser;
  readonly first: Page;
  readonly somebody: Somebody;
}

interface Way {
  /** Goes it as far as the proof. @returns what comes then */
  readonly go: (visit: Visit) => Promise<Page>;
  /** What the audit log says of how the person signed in. */
  readonly method: SignInMethod;
}

/** Every way to come into an account in the popup. In the sandbox, there are test people besides. */
export const WAYS = {
  'password, at sign-in': {
    method: 'pwd',
    go: ({ browser, first, somebody: { email } }) => browser.submit(first, '/sign-in', { email, password: PASSWORD }),
  },
  'password, at sign-up': {
    method: 'pwd',
    go: async ({ browser, first, somebody: { email } }) =>
      browser.submit(await browser.get(first.signUpAddress), '/sign-up', {
        email,
        password: PASSWORD,
        given_name: 'Ada',
      }),
  },
  'code, at sign-in': { method: 'code', go: (visit) => byCode(visit, 'sign_in') },
  'code, at sign-up': { method: 'code', go: (visit) => byCode(visit, 'sign_up') },
  'forgotten password': { method: 'code', go: (visit) => byCode(visit, 'forgot') },
  passkey: {
    method: 'passkey',
    go: ({ browser, first, somebody: { authenticator } }) =>
      browser.submit(first, '/passkey', { response: authenticator.get(passkeyDataOf(first, 'request')) }),
  },
  'another login': {
    method: 'upstream',
    go: ({ world: { platform }, browser, first, somebody: { subject } }) => {
      platform.acme.auto = subject;
      return through(browser, first, platform.acme);
    },
  },
} as const satisfies Readonly<Record<string, Way>>;

export type WayName = keyof typeof WAYS;

async function byCode({ world, realm, browser, first, somebody }: Visit, way: string): Promise<Page> {
  const { action, values } = first.form('/sign-in');
  const asked = { ...values, email: somebody.email, way };
  const page = await browser.post(action.replace(/sign-in$/, 'code'), asked);
  return browser.submit(page, '/code-check', { code: await mailedCode(world.platform, page, realm) });
}
