import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { WIDGET_LANGUAGES } from '../messages/generated/widget-languages.ts';
import { stringsFor } from '../widget/strings/strings.ts';
import {
  expectNoSidewaysScrolling,
  expectNoViolations,
  expectRoomForLargeText,
  expectVisibleFocus,
  TAB_ROOM,
} from './support/accessibility.ts';
import {
  cancel,
  openPopup,
  openShop,
  plainPage,
  share,
  shareButton,
  signIn,
  somebodyWithAccount,
  untilClosed,
  widgetOn,
} from './support/people.ts';
import { openSecludedShop } from './support/secluded-shop.ts';
import { expect, type RunningPlatform, test } from './support/test.ts';

/** The height of each size in px, and whether a shape shows its words, as docs/accessibility.md says. */
const SIZES = { small: 32, medium: 44, large: 52 };
const SHAPES = { rectangular: true, pill: true, square: false, circle: false };
const VARIANTS = ['filled', 'outline', 'neutral'];
const THEMES: Record<string, Parameters<Page['emulateMedia']>[0]> = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  'forced colours': { colorScheme: 'dark', forcedColors: 'active' },
};

/** As wide on every machine: one of them is the same size as the other. */
const FONT = "signup-with-platform { --signup-font: Arial, 'Liberation Sans', sans-serif }";
const RESERVED = 'signup-with-platform:not(:defined) { display: block; min-block-size: 44px }';
const page = (style: string, body: string, script: string) =>
  `<!doctype html><html lang="en"><title>A shop</title><meta name="viewport" content="width=device-width">
    <style>:root { color-scheme: light dark; color: CanvasText; background: light-dark(#fff, #121212) } ${style}</style>
    ${script}<main><h1>Sign up</h1>${body}</main></html>`;

/** A page with many tags, each with another look. */
function gallery(looks: Record<string, string>[]): (tag: string, script: string) => string {
  const attributes = (look: Record<string, string>) =>
    Object.entries(look).map(([name, value]) => ` ${name}="${value}"`);
  return (tag, script) =>
    page(
      `main { display: grid; gap: 16px } ${FONT}`,
      looks.map((look) => tag.replace('></', `${attributes(look).join('')}></`)).join(''),
      script,
    );
}

const EVERY_LOOK = [
  ...VARIANTS.flatMap((variant) => Object.keys(SHAPES).map((shape) => ({ variant, shape }))),
  ...Object.keys(SIZES).flatMap((size) => Object.keys(SHAPES).map((shape) => ({ size, shape }))),
  ...VARIANTS.map((variant) => ({ variant, disabled: '' })),
];

/** axe ignores forced colours. Every button has a border then, and its icon has the colour of its words. */
async function expectSystemColors(tab: Page): Promise<void> {
  const strange = await tab.getByRole('button').evaluateAll((buttons) =>
    buttons.flatMap((button) => {
      const { color, borderTopColor, borderTopStyle, backgroundColor } = getComputedStyle(button);
      const { stroke } = getComputedStyle(button.querySelector('svg') ?? button);
      const hasBorder = borderTopStyle === 'solid' && ![backgroundColor, 'rgba(0, 0, 0, 0)'].includes(borderTopColor);
      return hasBorder && stroke === color ? [] : [`${button.className}: ${borderTopColor}, ${stroke} beside ${color}`];
    }),
  );
  expect(strange).toEqual([]);
}

test.describe('the looks', () => {
  test('are accessible in each theme, and of the size that they say', async ({ page: tab, platform, site }) => {
    test.slow();
    const shop = await openShop({ platform, site }, { html: gallery(EVERY_LOOK) });
    await tab.goto(shop.url);
    for (const media of Object.values(THEMES)) {
      await tab.emulateMedia({ ...media, reducedMotion: 'reduce' });
      if (media?.forcedColors === 'active') await expectSystemColors(tab);
      else await expectNoViolations(tab);
    }
    await tab.setViewportSize({ width: 320, height: 800 });
    const buttons = await tab.getByRole('button', { name: 'Sign up with Platform' }).all();
    expect(buttons).toHaveLength(EVERY_LOOK.length);
    for (const [index, look] of EVERY_LOOK.entries()) {
      const { width = 0, height = 0 } = (await buttons[index]?.boundingBox()) ?? {};
      const { size = 'medium', shape = 'rectangular' } = look as {
        size?: keyof typeof SIZES;
        shape?: keyof typeof SHAPES;
      };
      expect(height, JSON.stringify(look)).toBe(SIZES[size]);
      if (!SHAPES[shape]) expect(width, JSON.stringify(look)).toBe(height);
    }
    await expectNoSidewaysScrolling(tab);
    await expectRoomForLargeText(tab, TAB_ROOM);
    for (const theme of [THEMES['dark'], THEMES['forced colours']]) {
      await tab.emulateMedia(theme);
      // Equal buttons count as one stop here.
      expect((await expectVisibleFocus(tab)).length).toBeGreaterThan(0);
    }
  });

  test('hold each language on a narrow screen, and with more space between letters and words', async ({
    page: tab,
    platform,
    site,
  }) => {
    const languages = ['en', ...WIDGET_LANGUAGES.keys()];
    const looks = languages.flatMap((language) => ['signup', 'signin'].map((text) => ({ language, text })));
    const shop = await openShop({ platform, site }, { html: gallery(looks) });
    await tab.setViewportSize({ width: 320, height: 800 });
    await tab.goto(shop.url);
    for (const tag of WIDGET_LANGUAGES.keys()) {
      const words = await stringsFor(tag);
      // Isolated, so that a name such as "Yahoo!" does not turn words around that run from right to left.
      const platformName = words.direction === 'rtl' ? '\u2068Platform\u2069' : 'Platform';
      const name = words.signup.replace('{platform}', platformName);
      const button = tab.getByRole('button', { name, exact: true });
      await expect(button, tag).toBeVisible();
      // The label fits in one line with a platform name of eight letters.
      expect((await button.boundingBox())?.height, tag).toBe(SIZES.medium);
      await expect(button.locator('xpath=..'), tag).toHaveCSS('direction', words.direction ?? 'ltr');
    }
    await expectNoSidewaysScrolling(tab);
    // The text spacing of WCAG 2.2, 1.4.12, as a browser extension sets it.
    await tab.addStyleTag({
      content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }',
    });
    await expect(tab.getByRole('button').first()).not.toHaveCSS('letter-spacing', 'normal');
    await expectNoSidewaysScrolling(tab);
    const cut = await tab
      .locator('[part=label]')
      .evaluateAll((labels) =>
        labels
          .filter(({ scrollWidth, clientWidth }) => clientWidth > 0 && scrollWidth > clientWidth)
          .map((label) => label.textContent),
      );
    expect(cut).toEqual([]);
  });
});

test('nothing moves while script and words load, and the button does not move afterwards', async ({
  page: tab,
  platform,
  site,
}) => {
  const shop = await openShop(
    { platform, site },
    { attributes: { language: 'de' }, html: (tag, script) => page(RESERVED, `${tag}<p>What comes after</p>`, script) },
  );
  await tab.setViewportSize({ width: 320, height: 640 });
  await tab.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const { value } of list.getEntries() as (PerformanceEntry & { value: number })[]) shifts.push(value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  const letScriptLoad = await hold(tab, '**/widget.js');
  const letWordsLoad = await hold(tab, '**/widget/de-*.js');
  const { button, status } = widgetOn(tab);
  await tab.goto(shop.url, { waitUntil: 'commit' });
  await expect(tab.getByText('What comes after')).toBeVisible();
  await drawn(tab);
  letScriptLoad();
  await expect(button).toHaveText('Sign up with Platform');
  await drawn(tab);
  letWordsLoad();
  await expect(button).toHaveText('Mit Platform registrieren');
  await drawn(tab);
  expect(await tab.evaluate(() => (window as unknown as { shifts: number[] }).shifts)).toEqual([]);

  const place = await button.boundingBox();
  const popup = await openPopup(tab);
  await expect(status).toHaveText(/\S/);
  await expect(widgetOn(tab).element).toHaveAttribute('state', 'waiting');
  expect(await button.boundingBox()).toEqual(place);
  await popup.close();
  await expect(widgetOn(tab).element).toHaveAttribute('state', 'cancelled');
  expect(await button.boundingBox()).toEqual(place);
});

/** Has a file not answered until the returned function is called. */
async function hold(tab: Page, url: string): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await tab.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

/** What the page is now has been drawn, and observers know of it. */
async function drawn(tab: Page): Promise<void> {
  await tab.evaluate(
    () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve()))),
      ),
  );
}

async function signUpAs(tab: Page, platform: RunningPlatform, givenName: string): Promise<void> {
  const popup = await openPopup(tab);
  await signIn(popup, await somebodyWithAccount(platform, { givenName }));
  await share(popup);
  await expect(widgetOn(tab).element).toHaveAttribute('state', 'completed');
}

const stored = (tab: Page) => tab.evaluate(() => ({ ...localStorage }));

test('a person is greeted where the page asks for it, and otherwise nothing is stored', async ({
  page: tab,
  platform,
  site,
}) => {
  const attributes: Record<string, string> = {};
  const shop = await openShop({ platform, site }, { attributes });
  await tab.goto(shop.url);
  await signUpAs(tab, platform, 'Ada');
  expect(await stored(tab)).toEqual({});

  await tab.context().clearCookies();
  attributes['remember'] = '';
  await tab.goto(shop.url);
  const name = '<b>Ada</b> ليلى';
  await signUpAs(tab, platform, name);
  expect(Object.values(await stored(tab))).toEqual([name]);
  await tab.reload();
  const { button, element } = widgetOn(tab);
  await expect(button).toHaveText(`Continue as \u2068${name}\u2069`);
  await element.evaluate((widget) => widget.setAttribute('language', 'ar'));
  await expect(button).toContainText('المتابعة باسم');
  await expect(element.locator('b')).toHaveCount(0);

  // Without the attribute, a stored name is not shown either.
  delete attributes['remember'];
  await tab.reload();
  await expect(button).toHaveText('Sign up with Platform');

  attributes['remember'] = '';
  await tab.reload();
  await expect(button).toContainText('Continue as');
  // Who has agreed before is asked nothing: the window may be closed already.
  await untilClosed(await openPopup(tab));
  await expect(button).toHaveAccessibleName('Change: Use another account');
  await cancel(await openPopup(tab));
  await expect(button).toHaveText('Sign up with Platform');
  expect(await stored(tab)).toEqual({});

  await tab.evaluate(() => localStorage.setItem('signup-with-platform:given-name', 'Ada'));
  await tab.reload();
  await expect(button).toContainText('Ada');
  await element.evaluate((widget) => (widget as HTMLElementTagNameMap['signup-with-platform']).reset());
  await expect(button).toHaveText('Sign up with Platform');
  expect(await stored(tab)).toEqual({});
});

/** Every text of the live region, in order. */
async function announcements(element: Locator): Promise<() => Promise<string[]>> {
  await element.evaluate((widget) => {
    const status = widget.shadowRoot?.querySelector('[role=status]');
    const said: string[] = [];
    Object.assign(window, { said });
    const note = () => status?.textContent && said.at(-1) !== status.textContent && said.push(status.textContent);
    if (status) new MutationObserver(note).observe(status, { childList: true, characterData: true, subtree: true });
  });
  return () => element.evaluate(() => (window as unknown as { said: string[] }).said);
}

test('a keyboard user is told each thing once, and is back where the button was', async ({
  page: tab,
  platform,
  site,
}) => {
  const shop = await openShop(
    { platform, site },
    { html: (tag, script) => plainPage(`<form>${tag}<label>Note <input></label></form>`, script) },
  );
  await tab.goto(shop.url);
  const { button, element, person } = widgetOn(tab);
  const said = await announcements(element);
  const openByKey = async () => {
    const [popup] = await Promise.all([tab.waitForEvent('popup'), tab.keyboard.press('Enter')]);
    return popup;
  };
  await tab.keyboard.press('Tab');
  await expect(button).toBeFocused();
  await cancel(await openByKey());
  await expect(button).toBeFocused();
  expect(await tab.evaluate(() => document.hasFocus())).toBe(true);

  const popup = await openByKey();
  await signIn(popup, await somebodyWithAccount(platform));
  await share(popup);
  await expect(element).toHaveAttribute('state', 'completed');
  // Another action must not stand under the key that was pressed last.
  await expect(person).toBeFocused();
  await expect(person).toHaveText(/Ada Byron.+@.+Change$/);
  const waiting = 'Finish in the window that just opened.';
  expect(await said()).toEqual([waiting, 'Cancelled. Nothing was shared.', waiting, 'Done. Shared: name, email']);

  await tab.keyboard.press('Tab');
  await expect(button).toBeFocused();

  // The focus of a person who has moved on stays where it is.
  const again = await openByKey();
  await tab.bringToFront();
  await tab.getByLabel('Note').focus();
  await cancel(again);
  await expect(element).toHaveAttribute('state', 'cancelled');
  await expect(tab.getByLabel('Note')).toBeFocused();
});

test('what was shared can be folded', async ({ page: tab, platform, site }) => {
  const shop = await openShop(
    { platform, site },
    { attributes: { output: 'compact' }, html: (tag, script) => plainPage(`<h1>A shop</h1>${tag}`, script) },
  );
  await tab.goto(shop.url);
  await signUpAs(tab, platform, 'Ada');
  const { element, person } = widgetOn(tab);
  await expect(person).toContainText('Ada');
  await expect(element.locator('dl')).toBeHidden();
  await element.getByText('What was shared').click();
  await expect(element.locator('dl')).toContainText('Ada');
  await expectNoViolations(tab);
});

test('sizes stand a page whose root font is 10 px, and follow a person’s larger one', async ({
  page,
  platform,
  site,
}) => {
  for (const [root, expected] of [
    ['62.5%', 16],
    ['100%', 16],
    ['200%', 32],
  ] as const) {
    const style = `<style>html { font-size: ${root} }</style>`;
    const shop = await openShop({ platform, site }, { html: (tag, script) => plainPage(style + tag, script) });
    await page.goto(shop.url);
    const label = widgetOn(page).element.locator('[part=label]');
    await expect(label).toHaveCSS('font-size', `${expected}px`);
  }
});

test('a person who is back from the platform continues where they left', async ({ page: tab, platform, site }) => {
  const attributes = { mode: 'redirect' };
  const shop = await openSecludedShop({ platform, site }, { attributes, policy: 'unsafe-none' });
  await tab.goto(shop.url);
  const { button, element, person } = widgetOn(tab);
  await button.focus();
  await tab.keyboard.press('Enter');
  await signIn(tab, await somebodyWithAccount(platform));
  await shareButton(tab).click();
  await expect(element).toHaveAttribute('state', 'completed');
  await expect(person).toBeFocused();
});

test('the statement on accessibility says exactly what is tested', () => {
  const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const statement = read('docs/accessibility.md');
  /** What stands in backticks in the row of that name. */
  const stated = (row: string) =>
    [...(new RegExp(`^\\| ${row} \\|(.*)\\|$`, 'm').exec(statement)?.[1] ?? '').matchAll(/`([^`]+)`/g)].map(
      ([, code]) => code,
    );
  const [, states = ''] =
    /const WIDGET: [^=]*=> Promise<void>> = \{([\s\S]*?)\n\};/.exec(read('e2e/accessibility.spec.ts')) ?? [];
  expect(stated('States').sort()).toEqual(
    [...states.matchAll(/^ {2}'?([a-z-]+)'?: async/gm)].map(([, name]) => name).sort(),
  );
  expect(stated('Themes')).toEqual(Object.keys(THEMES));
  expect(stated('Sizes')).toEqual(Object.entries(SIZES).map(([size, height]) => `${size}: ${height} px`));
  expect(stated('Shapes')).toEqual(Object.keys(SHAPES));
  expect(stated('Variants')).toEqual(VARIANTS);
  expect(stated('Languages')).toEqual(['en', ...WIDGET_LANGUAGES.keys()]);
  expect(read('docs/element.md')).toContain(RESERVED);
});
