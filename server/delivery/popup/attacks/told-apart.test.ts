import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '#domain/accounts/passwords.ts';
import type { NewAccount } from '#storage/accounts.ts';
import { askForCode, openIn, postStep, stepOf } from '#testing/code-journey.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { STEP_ROUTES } from '../routes.ts';

let seed = 0;
const newEmail = () => `ada.${100 + ++seed}@example.com`;
/** What differs between two pages that say the same. */
const MOVING = /interaction\/[\w-]+|(name="(?:csrf|submission)" value|data-passkey-request|data-masked)="[^"]*"/g;

describe('a stranger who wants to know who has an account', () => {
  let platform: TestPlatform;
  let clientId: string;
  let passwordHash: string;
  before(async () => {
    platform = await startTestPlatform();
    ({ clientId } = await platform.createApp({ environment: 'production' }));
    passwordHash = await hashPassword('an engine of difference');
  });
  after(() => platform.close());

  /** Whose address it is. */
  const PEOPLE: Record<string, NewAccount | undefined> = {
    nobody: undefined,
    'somebody with a password': { emailVerified: true, passwordHash: 'of a password' },
    'somebody without one': { emailVerified: true },
    'somebody who only claims it': { emailVerified: false },
    'somebody who is blocked': { emailVerified: true, blocked: true },
    'somebody who is leaving': { emailVerified: true, deletionDueAt: new Date(Date.now() + 86_400_000) },
  };
  /** Everything that comes back, of one page after the other. */
  async function seenAt(email: string, way: 'sign_in' | 'sign_up' | 'forgot'): Promise<string[]> {
    const { browser, first } = await openIn(platform, clientId);
    const linesBefore = browser.cookieLines.length;
    const page = await askForCode(browser, first, email, way);
    const right = await mailedCode(platform, page);
    const wrong = right.startsWith('1') ? '200000' : '100000';
    const pages = [page];
    for (const [step, values] of [
      ['code-check', { code: wrong }],
      ['code-check', { code: 'x' }],
      ['code-again', {}],
      ['sign-in', { email, password: 'not the password' }],
      ['code-check', { code: wrong }],
    ] as const)
      pages.push(await postStep(browser, page, step, values));
    pages.push(await browser.get(stepOf(page, 'sign-in')), await browser.get(stepOf(page, 'sign-up')));
    const text = ({ html, status, headers }: Page) =>
      [status, [...headers.keys()].filter((name) => name !== 'date').join(), html].join('\n');
    const told = pages.map((each) =>
      text(each)
        .replaceAll(email, 'EMAIL')
        .replaceAll(MOVING, '')
        .replaceAll(/in (\d+|a) (seconds?|minutes?)/g, 'in N seconds'),
    );
    return [
      ...told,
      browser.cookieLines
        .slice(linesBefore)
        .join('\n')
        .replaceAll(/=[^;]+/g, '='),
    ];
  }

  for (const way of ['sign_in', 'sign_up', 'forgot'] as const)
    it(`sees the same whoever has the address (${way})`, async () => {
      const seen = new Map<string, string[]>();
      for (const [who, known] of Object.entries(PEOPLE)) {
        const email = newEmail();
        if (known)
          await platform.storage
            .realm('production')
            .accounts.create({ givenName: 'Ada', email, ...known, ...(known.passwordHash && { passwordHash }) });
        seen.set(who, await seenAt(email, way));
      }
      const [nobody, ...others] = seen.entries();
      assert.ok(nobody);
      for (const [who, pages] of others) assert.deepEqual(pages, nobody[1], who);
    });

  describe('with a page that opens the popup', () => {
    const open = (browser: HttpBrowser, more: Record<string, string>) =>
      browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n', ...more });

    it('causes no mail by anything that it asks for', async () => {
      const victim = newEmail();
      for (const prompt of ['create', 'login', 'consent', 'select_account'])
        for (const more of [{ login_hint: victim }, { login_hint: victim, way: 'forgot', email: victim }])
          await open(platform.browser(), { prompt, ...more });
      assert.equal((await platform.storage.mails.list()).filter(({ to }) => to === victim).length, 0);
    });

    it('sends each form of the popup itself, and none is taken', async () => {
      const browser = platform.browser();
      const first = await open(browser, {});
      for (const { method, path } of STEP_ROUTES) {
        if (method === 'GET') continue;
        for (const headers of [
          { origin: SHOP_ORIGIN, 'sec-fetch-site': 'cross-site' },
          { origin: 'null', 'sec-fetch-site': 'cross-site' },
          { origin: SHOP_ORIGIN, 'sec-fetch-site': 'same-origin' },
          { origin: platform.url, 'sec-fetch-site': 'same-site' },
        ]) {
          const { action, values } = first.form('/sign-in');
          const target = action.replace(/\/sign-in$/, path);
          const answer = await browser.post(target, { ...values, email: newEmail() }, headers);
          assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
        }
      }
      assert.deepEqual(
        (await platform.database.db.selectFrom('mailed_codes').select('email').execute()).filter(({ email }) =>
          email.startsWith(`ada.${100 + seed}`),
        ),
        [],
      );
    });
  });
});
