import {
  openPopup,
  openShop,
  plainPage,
  share,
  signIn,
  somebodyWithAccount,
  watchEvents,
  widgetOn,
} from './support/people.ts';
import { expect, test } from './support/test.ts';

// Scripts of the page have broken what the browser provides: the form is filled all the same, or the error names what is broken.

const FORM = '<input name="email" type="email"><input name="family_name">';
const THROWS = '() => { throw new Error("not here"); }';

const FILLED: Readonly<Record<string, string>> = {
  'a MutationObserver that throws': `window.MutationObserver = class { constructor() { (${THROWS})(); } }`,
  'no constructors of events':
    'for (const kind of ["Input", "Keyboard", "Focus", "Custom"]) window[kind + "Event"] = undefined',
  'a getComputedStyle that throws': `window.getComputedStyle = ${THROWS}`,
  'no MessageChannel, structuredClone and reportError':
    'for (const name of ["MessageChannel", "structuredClone", "reportError"]) window[name] = undefined',
  'promises of its own, without race':
    'const Own = Promise; window.Promise = function (run) { return new Own(run); }; for (const name of ["all", "resolve", "reject"]) Promise[name] = Own[name].bind(Own)',
  'a URLSearchParams of its own, which takes only texts':
    'const Own = URLSearchParams; window.URLSearchParams = function (text) { return new Own(typeof text === "string" ? text : ""); }',
  'functions on Object.prototype':
    'for (const name of ["name", "state", "type", "error", "code", "response", "attempt", "silent", "popup", "use", "alg", "hash"]) Object.prototype[name] = function () {}',
  'values on Object.prototype':
    'for (const name of ["once", "redeem", "framed", "attributes", "tooLong", "badInput", "view", "nbf"]) Object.prototype[name] = true',
  'what jose reads of a header, on Object.prototype':
    'for (const name of ["crit", "alg", "header", "typ", "b64", "key_ops"]) Object.prototype[name] = function () {}',
  'a value on Object.prototype, which no accessor can be defined with': 'Object.prototype.value = "x"',
};

for (const [what, script] of Object.entries(FILLED)) {
  test(`fills beside ${what}`, async ({ page, platform, site }) => {
    const before = `<script>{ ${script} }</script>`;
    const html = (tag: string, own: string) => plainPage(`<form>${tag}${FORM}</form>`, before + own);
    const shop = await openShop({ platform, site }, { html });
    const events = await watchEvents(page);
    const ada = await somebodyWithAccount(platform);
    await page.goto(shop.url);
    const popup = await openPopup(page);
    await signIn(popup, ada);
    await share(popup);
    await expect(page.locator('[name=email]')).toHaveValue(ada.email);
    await expect(page.locator('[name=family_name]')).toHaveValue('Byron');
    await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
    await expect.poll(events).toEqual(['signup-start', 'signup-success']);
  });
}

test('a name on Object.prototype is not taken for one that somebody has shared', async ({ page, platform, site }) => {
  const before =
    '<script>for (const name of ["name", "given_name", "locale"]) Object.prototype[name] = "nobody"</script>';
  const html = (tag: string, own: string) =>
    plainPage(`<form>${tag}<input name="email"><input name="given_name"></form>`, before + own);
  const shop = await openShop({ platform, site }, { attributes: { fields: 'email' }, html });
  const ada = await somebodyWithAccount(platform);
  await page.goto(shop.url);
  const popup = await openPopup(page);
  await signIn(popup, ada);
  await share(popup);
  await expect(page.locator('[name=email]')).toHaveValue(ada.email);
  await expect(page.locator('[name=given_name]')).toHaveValue('');
  await expect(widgetOn(page).element).not.toContainText('nobody');
});

const NAMED: Readonly<Record<string, string>> = {
  AbortController: `window.AbortController = undefined`,
  'AbortSignal.timeout': 'AbortSignal.timeout = undefined',
  TextDecoder: 'window.TextDecoder = undefined',
  URL: 'window.URL = undefined',
  'performance.now': 'Object.defineProperty(window, "performance", { value: undefined })',
  'Object.prototype.then': 'Object.prototype.then = function () {}',
  setInterval: `window.setInterval = ${THROWS}`,
};

for (const [part, script] of Object.entries(NAMED)) {
  test(`a page without a working ${part} is told so`, async ({ page, platform, site }) => {
    const log = `<script>addEventListener('signup-error', ({ detail }) => document.title = detail.code + ' ' + detail.message)</script>`;
    const html = (tag: string, own: string) => plainPage(tag, `${log}<script>{ ${script} }</script>${own}`);
    const shop = await openShop({ platform, site }, { html });
    await page.goto(shop.url);
    const { element, button, status } = widgetOn(page);
    const opened = page.waitForEvent('popup', { timeout: 3_000 }).catch(() => undefined);
    await button.click();
    const popup = await opened;
    // Some of it shows only when an answer is checked.
    if (popup && !popup.isClosed() && /TextDecoder|performance|AbortSignal/.test(part)) {
      await signIn(popup, await somebodyWithAccount(platform));
      await share(popup);
    }
    await expect(element).toHaveAttribute('state', 'failed');
    await expect(page).toHaveTitle(
      new RegExp(`^page_broken .*has broken what the browser provides: .*${part.replaceAll('.', '\\.')}`),
    );
    await expect(status).toHaveText('That didn’t work. Please try again.');
  });
}
