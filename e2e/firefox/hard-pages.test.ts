import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { until } from '../../scripts/testing/until.ts';
import { fields, plainPage, tagOf } from '../support/people.ts';
import { type RunningPlatform, runPlatform } from '../support/running-platform.ts';
import { startVendorSite, type VendorSite } from '../support/vendor-site.ts';
import { hears, launchFirefox, noteEvents, popupAfter, press, TIMEOUT } from './firefox.ts';

// Pages on which sign-in widgets fail, in Firefox: those of which Chromium's tests say more (widget/one-end.browser-test.ts, e2e/filling.spec.ts).

const ROOT = join(import.meta.dirname, '../..');
const OPTIONAL = ['name', 'email', 'phone_number', 'address'] as const;
const JANE = 'Has every detail filled in';
const REMY = 'Has shared with your shop before';
const SUCCESS = ['signup-start', 'signup-success'];

let browser: Browser;
let platform: RunningPlatform;
let site: VendorSite;

before(async () => {
  [browser, platform, site] = await Promise.all([launchFirefox(), runPlatform(), startVendorSite()]);
  const script = readFileSync(join(ROOT, 'node_modules/imask/dist/imask.js'), 'utf8');
  site.serve('/imask.js', () => ({ html: script, headers: { 'content-type': 'text/javascript' } }));
});

after(() => Promise.all([browser.close(), platform.close(), site.close()]));

interface HardPage {
  /** Scripts before the element's own. */
  readonly before?: string;
  /** What the page's form contains beside the tag. */
  readonly form?: string;
  /** Scripts after it. */
  readonly after?: string;
  /** The whole of it, in place of these. */
  readonly html?: (tag: string, script: string) => string;
  readonly act: (page: Page) => Promise<void>;
}

/** Opens a page of a shop of its own in a browser without cookies, and does what is to be done there. */
function tryPage(name: string, { before = '', form = '', after = '', html, act }: HardPage): void {
  test(name, TIMEOUT, async () => {
    const { clientId } = await platform.createApp({
      origins: [site.origin],
      fields: fields({ optional: [...OPTIONAL] }),
    });
    const tag = tagOf({ 'client-id': clientId, nonce: randomUUID(), fields: OPTIONAL.join(' ') });
    const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
    const path = `/${randomUUID()}`;
    const page = html?.(tag, script) ?? plainPage(`<form>${tag}${form}</form>${after}`, before + script);
    site.serve(path, () => ({ html: page }));
    const context = await browser.createBrowserContext();
    try {
      const tab = await context.newPage();
      tab.setDefaultTimeout(TIMEOUT.timeout);
      await noteEvents(tab);
      await tab.goto(site.origin + path);
      await act(tab);
    } finally {
      await context.close();
    }
  });
}

const button = (page: Page, part = 'button') => page.locator(`signup-with-platform >>> [part=${part}]`);

/** Signs a test person up, who shares everything. */
async function signUp(page: Page, person: string, part?: string): Promise<void> {
  const popup = await popupAfter(page, () => button(page, part).click());
  await press(popup, person);
  await press(popup, 'Share and continue');
  await until(() => popup.isClosed());
  await page.waitForSelector('signup-with-platform[state=completed]', TIMEOUT);
}

/** Waits until an expression has a value in the page. */
async function becomes(page: Page, expression: string, wanted: unknown): Promise<void> {
  const seen = () => page.evaluate(expression);
  await until(async () => JSON.stringify(await seen()) === JSON.stringify(wanted)).catch(async () =>
    assert.deepEqual(await seen(), wanted),
  );
}

async function succeeds(page: Page): Promise<void> {
  await signUp(page, JANE);
  await hears(page, SUCCESS);
}

tryPage('an element that is removed while its popup is open', {
  act: async (page) => {
    const popup = await popupAfter(page, () => button(page).click());
    await popup.waitForSelector('form');
    await page.evaluate(() => document.querySelector('form')?.remove());
    await until(() => popup.isClosed());
    await hears(page, ['signup-start', 'signup-cancel']);
  },
});

tryPage('window.open that throws', {
  before: `<script>window.open = () => { throw new Error('not here'); }</script>`,
  act: async (page) => {
    await button(page).click();
    await page.waitForSelector('signup-with-platform[state=blocked]');
    await hears(page, ['signup-start', 'signup-error popup_blocked']);
  },
});

tryPage('a constant named crypto', { before: '<script>const crypto = {};</script>', act: succeeds });
tryPage('a variable named open', { before: '<script>let open = false;</script>', act: succeeds });

tryPage('a clock that is an hour ahead', {
  before: `<script>
    const hourMs = 3_600_000;
    Date = new Proxy(Date, {
      construct: (target, values) => (values.length ? new target(...values) : new target(target.now() + hourMs)),
      get: (target, key) => (key === 'now' ? () => target.now() + hourMs : target[key]),
    });
  </script>`,
  act: succeeds,
});

tryPage('a frame of srcdoc', {
  html: (tag, script) => `<!doctype html><title>Around</title><iframe width="600" srcdoc='${script}${tag}'></iframe>`,
  act: async (page) => {
    const frame = await (await page.waitForSelector('iframe'))?.contentFrame();
    assert.ok(frame);
    const popup = await popupAfter(page, () => frame.locator('signup-with-platform >>> button').click());
    await press(popup, JANE);
    await press(popup, 'Share and continue');
    await frame.waitForSelector('signup-with-platform[state=completed]', TIMEOUT);
  },
});

tryPage('an answer that comes before the rest of the script', {
  form: `<button type="button" id="own" onclick="document.querySelector('signup-with-platform').signUp()">Join</button>`,
  act: async (page) => {
    const [file = ''] = globSync('attempt-*.js', { cwd: join(ROOT, 'widget/dist/widget') });
    const { promise: answered, resolve: letGo } = Promise.withResolvers<void>();
    platform.beforeNext(`/widget/${file}`, () => answered);
    const popup = await popupAfter(page, () => page.locator('#own').click());
    await press(popup, REMY);
    await until(() => popup.isClosed());
    letGo();
    await page.waitForSelector('signup-with-platform[state=completed]', TIMEOUT);
    await hears(page, SUCCESS);
  },
});

tryPage('a country that the page has chosen', {
  form: `<input name="zip" autocomplete="postal-code"><select id="country" name="country" autocomplete="country">
    <option value="US" selected>United States</option><option value="NL">Netherlands</option>
  </select>`,
  act: async (page) => {
    await succeeds(page);
    await becomes(page, 'country.value', 'NL');
  },
});

tryPage('lines of a street in an array', {
  form: '<label>Street address <input name="street[]"></label><input name="street[]"><label>City <input name="city"></label>',
  act: async (page) => {
    await succeeds(page);
    const lines = `[...document.querySelectorAll('[name="street[]"]')].map((input) => input.value)`;
    await becomes(page, lines, ['12 Canal Street', 'Apartment 4']);
  },
});

tryPage('a second person, in fields that the page formats', {
  form: '<input name="phone" id="phone"><input name="postcode" id="zip">',
  after: `<script>
    phone.oninput = () => { const plain = phone.value.replace(/[^+\\d]/g, ''); if (plain !== phone.value) phone.value = plain; };
    zip.onchange = () => { zip.value = zip.value.replace(/\\s/g, ''); };
  </script>`,
  act: async (page) => {
    await signUp(page, JANE);
    await becomes(page, '[phone.value, zip.value]', ['+31205550101', '1012AB']);
    const popup = await popupAfter(page, () => button(page, 'change').click());
    await press(popup, REMY);
    await until(() => popup.isClosed());
    await becomes(page, '[phone.value, zip.value]', ['+33199001234', '69003']);
  },
});

tryPage('a form that takes a value when the focus leaves it', {
  form: '<input name="gn" autocomplete="given-name"><input name="mail" autocomplete="email">',
  after: `<script>
    model = {};
    for (const input of document.querySelectorAll('input')) input.onblur = () => { model[input.name] = input.value; };
  </script>`,
  act: async (page) => {
    await succeeds(page);
    await becomes(page, 'model', { gn: 'Jane', mail: 'jane.doe@example.com' });
  },
});

tryPage('a mask that would cut the number', {
  before: '<script src="/imask.js"></script>',
  form: '<input name="phone" id="phone"><input name="email" id="mail">',
  after: `<script>IMask(phone, { mask: '(000) 000-0000' })</script>`,
  act: async (page) => {
    await succeeds(page);
    await becomes(page, '[phone.value, mail.value]', ['', 'jane.doe@example.com']);
  },
});
