import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'kysely';
import { resident } from '../portal/testing/resident.ts';
import type { HttpBrowser, Page } from '../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';

const TIMES = 20;
const NO_ADDRESSES = ['', 'nonsense', 'a@b', '<b>@example.com', 'a@example.com\r\nBcc: b@example.com', 'x'.repeat(500)];
const GOOD = { given_name: 'Ada', family_name: 'Byron', password: 'an engine of difference' };

/** What does not expire by itself within a day is a row that stays. */
describe('forms with invalid content', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  /** How many rows each table has. */
  async function countRows(): Promise<Record<string, number>> {
    await platform.flush();
    const { db } = platform.database;
    const counts: Record<string, number> = {};
    for (const { name } of await db.introspection.getTables()) {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(name)}`.execute(db);
      counts[name] = Number(rows[0]?.count);
    }
    return counts;
  }
  async function openSignUp(browser: HttpBrowser): Promise<Page> {
    const { clientId } = await platform.createApp();
    const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    return browser.get(first.signUpAddress);
  }

  type Form = {
    browser: HttpBrowser;
    page: Page;
    action: string;
    /** Of the button that is pressed, where that is another. */
    formaction?: string;
    values?: Record<string, string>;
  };
  const forms: [title: string, open: () => Promise<Form>][] = [
    [
      'sign-up in the popup',
      async () => {
        const browser = platform.browser();
        return { browser, page: await openSignUp(browser), action: '/sign-up', values: GOOD };
      },
    ],
    [
      'sign-up at the portal',
      async () => {
        const browser = platform.browser();
        return { browser, page: await browser.get('/account/sign-up'), action: '/sign-up', values: GOOD };
      },
    ],
    [
      'recovery',
      async () => {
        const browser = platform.browser();
        return { browser, page: await browser.get('/account/forgot-password'), action: '/forgot-password' };
      },
    ],
    [
      'a code at the portal',
      async () => {
        const browser = platform.browser();
        const page = await browser.get('/account/sign-in');
        return { browser, page, action: '/account/sign-in', formaction: '/account/sign-in/code' };
      },
    ],
    [
      'an invitation',
      async () => {
        const { account, browser } = await resident(platform);
        const app = { name: 'Own', environment: 'production', origins: [], ownerId: account.id } as const;
        const { appId } = await platform.storage.apps.create(app);
        const page = await browser.get(`/account/apps/${appId}/members/invite`);
        return { browser, page, action: '/invite', values: { role: 'developer' } };
      },
    ],
  ];

  for (const [title, open] of forms) {
    it(`leave no row: ${title}, ${TIMES} times`, async () => {
      const { browser, page, action, formaction, values = {} } = await open();
      const before = await countRows();
      for (let time = 0; time < TIMES; time += 1) {
        const email = NO_ADDRESSES[time % NO_ADDRESSES.length] ?? '';
        const form = page.form(action);
        const sent = { ...form.values, ...values, email };
        assert.equal((await browser.post(formaction ?? form.action, sent)).status, 400, email);
      }
      assert.deepEqual(await countRows(), before);
      await browser.submit(page, action, { ...values, email: `${crypto.randomUUID()}@example.com` });
      assert.notDeepEqual(await countRows(), before, 'a valid one does');
    });
  }
});
