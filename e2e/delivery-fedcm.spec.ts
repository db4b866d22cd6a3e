import type { IncomingMessage } from 'node:http';
import type { BrowserContext, Page } from '@playwright/test';
import { expectEnd, reload, SLOW_MS, visit } from './support/delivery.ts';
import { CHROMIUM_ROWS, cellsOf, type Outcome } from './support/delivery-matrix.ts';
import { type Dialogs, untilFedcmIsKnown, watchDialogs } from './support/fedcm-dialogs.ts';
import { wholeBrowser } from './support/launch.ts';
import { fields, received, share, shareButton, untilClosed, watchEvents, widgetOn } from './support/people.ts';
import { accountHolder, openPortal } from './support/portal.ts';
import { openSecludedShop } from './support/secluded-shop.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

type SignupWithPlatform = HTMLElementTagNameMap['signup-with-platform'];

test.use({ launchOptions: wholeBrowser });

const ASSERTION = '/fedcm/assertion';

interface Journey {
  readonly platform: RunningPlatform;
  readonly dialogs: Dialogs;
}

/** Chooses an account when more is asked for than the dialog discloses. @returns the window that the browser opens for that */
async function beAsked({ dialogs }: Journey): Promise<Page> {
  const [window] = await Promise.all([context.waitForEvent('page'), dialogs.choose()]);
  await expect(shareButton(window)).toBeVisible();
  return window;
}

/** What the shop asks for, when it is more than the dialog discloses. */
const FIELDS: Partial<Readonly<Record<Outcome, string>>> = {
  closed: 'name phone_number',
  'reloaded there': 'name phone_number',
  error: 'shoe_size',
};

/** What happens between the click and the answer. */
const EVENTS_ON_THE_WAY: Readonly<Record<Outcome, (journey: Journey) => Promise<unknown>>> = {
  granted: ({ dialogs }) => dialogs.choose(),
  cancelled: ({ dialogs }) => dialogs.dismiss(),
  // The browser shows its own dialog again, to continue or to give up. The DevTools protocol does not report that one.
  closed: async (journey) => {
    const window = await beAsked(journey);
    await window.close();
  },
  error: async ({ dialogs }) => {
    await dialogs.choose();
    const [popup] = await Promise.all([page.waitForEvent('popup'), dialogs.acknowledge()]);
    await untilClosed(popup);
  },
  slow: async ({ platform, dialogs }) => {
    platform.beforeNext(ASSERTION, () => new Promise((resolve) => setTimeout(resolve, SLOW_MS)));
    await dialogs.choose();
  },
  offline: async ({ platform, dialogs }) => {
    // The browser repeats a request once when it loses an existing connection.
    const lose = ({ socket }: IncomingMessage) => socket.destroy();
    platform.beforeNext(ASSERTION, (request) => {
      lose(request);
      platform.beforeNext(ASSERTION, lose);
    });
    await dialogs.choose();
    const [popup] = await Promise.all([page.waitForEvent('popup'), dialogs.acknowledge()]);
    await share(popup);
  },
  'reloaded there': async (journey) => {
    const window = await beAsked(journey);
    await window.reload();
    await share(window);
  },
  'reloaded here': async ({ dialogs }) => {
    await dialogs.next();
    await untilFedcmIsKnown(page, () => reload(page));
  },
};

/** For a person who is signed in on the platform, and new to every shop. */
let context: BrowserContext;
let page: Page;

test.beforeAll(async ({ browser, platform }) => {
  context = await browser.newContext();
  const portal = await context.newPage();
  await openPortal(portal, platform, await accountHolder(platform, { phoneNumber: '+31201234567' }));
  await portal.close();
});
test.afterAll(() => context.close());

test.beforeEach(async () => {
  page = await context.newPage();
});
test.afterEach(() => Promise.all(context.pages().map((opened) => opened.close())));

for (const cell of cellsOf(CHROMIUM_ROWS.filter(({ way }) => way === 'fedcm'))) {
  test(cell.id, { annotation: { type: 'cell', description: cell.id } }, async ({ browser, platform, site }) => {
    test.info().annotations.push({ type: 'browser', description: browser.version() });
    const { policy, redirectUri, outcome } = cell;
    const asked = FIELDS[outcome];
    const shop = await openSecludedShop(
      { platform, site },
      {
        app: {
          environment: 'production',
          fields: fields({ required: ['name', 'email'], optional: ['phone_number'] }),
        },
        policy,
        redirectUri,
        attributes: { mode: 'auto', ...(asked && { fields: asked }) },
      },
    );
    const events = await watchEvents(page);
    const dialogs = await watchDialogs(page);
    await untilFedcmIsKnown(page, () => visit(page, shop, cell));
    await widgetOn(page).button.click();
    await EVENTS_ON_THE_WAY[outcome]({ platform, dialogs });

    const heard = ['signup-start', ...(await expectEnd(page, shop, cell))];
    expect(await events()).toEqual(heard);
    expect(context.pages()).toEqual([page]);
    if (!['idle', 'opening'].includes(cell.expected.state)) return;

    // Another attempt succeeds. Nobody can press anything behind the browser's dialog, so the page's own script does.
    const again = () => widgetOn(page).element.evaluate((widget) => (widget as SignupWithPlatform).signUp());
    if (outcome === 'closed') {
      const [popup] = await Promise.all([page.waitForEvent('popup'), again()]);
      await share(popup);
    } else {
      await widgetOn(page).button.click();
      await dialogs.choose();
    }
    await received(page, shop);
    // What the browser's dialog left open ends when another attempt starts.
    const ended = cell.expected.state === 'opening' ? ['signup-cancel'] : [];
    expect((await events()).slice(heard.length)).toEqual([...ended, 'signup-start', 'signup-success']);
  });
}
