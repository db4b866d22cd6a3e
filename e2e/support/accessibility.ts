import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import axeCore from 'axe-core';
import { expect } from './test.ts';

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * The popup's own size in the light scheme, and the narrowest required screen (WCAG 2.2, 1.4.10) in the dark scheme. Only what depends on
 * colour and space is checked in both.
 */
const SCREENS = [
  { width: 480, height: 680, colorScheme: 'light', rules: ['color-contrast', 'target-size'] },
  { width: 320, height: 568, colorScheme: 'dark', rules: undefined },
] as const;

/** The popup's window keeps its size at every text size. A page in a tab has more space. */
export const POPUP_ROOM = { largeText: 480, zoomed: 240 };
export const TAB_ROOM = { largeText: 640, zoomed: 320 };

/** Checks everything that can be measured on an open page. */
export async function expectAccessible(page: Page, room = POPUP_ROOM): Promise<void> {
  for (const { width, height, colorScheme, rules } of SCREENS) {
    await page.setViewportSize({ width, height });
    // Motion is reduced, so that no colour is measured during a transition between schemes.
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectNoViolations(page, rules);
    await expectNoSidewaysScrolling(page);
    await expectTargets(page);
    await expectButtonsApart(page);
  }
  await expectStructure(page);
  await expectRoomForLargeText(page, room);
}

/**
 * @param rules of axe. Default: all of {@link STANDARDS}
 * @param part of the page, by a selector, without rules that need not be asked again. Default: the whole page
 */
export async function expectNoViolations(
  page: Page,
  rules?: readonly string[],
  part?: { within: string; except: readonly string[] },
): Promise<void> {
  await ensureAxe(page);
  const builder = new AxeBuilder({ page, axeSource: 'void 0' });
  if (part) builder.include(part.within).disableRules([...part.except]);
  const axe = rules ? builder.withRules([...rules]) : builder.withTags(STANDARDS);
  // Legacy mode checks only this page without opening another window. There are no frames.
  const { violations } = await axe.setLegacyMode().analyze();
  const told = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map(({ html }) => html) }));
  expect(told).toEqual([]);
}

/** Axe is half a megabyte, which the builder would put into the page twice for each question. It stays there until another page is opened. */
async function ensureAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeCore.source);
}

export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const { content, screen } = await page.evaluate(() => ({
    content: document.documentElement.scrollWidth,
    screen: innerWidth,
  }));
  expect(content).toBeLessThanOrEqual(screen);
}

/** Buttons and fields are as large as a fingertip. For the rest, axe requires 24 px. */
async function expectTargets(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const isField = ':is(input:not([type=hidden], [type=checkbox], [type=radio]), select, textarea)';
    return [...document.querySelectorAll<HTMLElement>(`.button, .persona, ${isField}`)]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ html: element.outerHTML.slice(0, 80), height: element.getBoundingClientRect().height }))
      .filter(({ height }) => height < 44);
  });
  expect(small).toEqual([]);
}

/** Buttons that agree and that refuse are apart, so that a finger does not press the wrong one. */
async function expectButtonsApart(page: Page): Promise<void> {
  const touching = await page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('.primary, .secondary, .sticky .quiet')]
      .filter((element) => element.checkVisibility())
      .map((element) => ({ text: element.innerText, box: element.getBoundingClientRect() }));
    const MIN_GAP_PX = 4;
    return buttons.flatMap((one, index) =>
      buttons
        .slice(index + 1)
        .filter(({ box }) => {
          const across = Math.max(one.box.left, box.left) - Math.min(one.box.right, box.right);
          const along = Math.max(one.box.top, box.top) - Math.min(one.box.bottom, box.bottom);
          return Math.max(across, along) < MIN_GAP_PX;
        })
        .map(({ text }) => `${one.text} / ${text}`),
    );
  });
  expect(touching).toEqual([]);
}

async function expectStructure(page: Page): Promise<void> {
  const root = page.locator('html');
  await expect(root).toHaveAttribute('lang', /^[a-z]{2}(-[A-Z]{2})?$/);
  expect(await page.title()).toMatch(/\S/);
  expect(await page.locator('h1:visible').count()).toBe(1);
  expect(await page.locator('main').count()).toBe(1);
}

/** Text at twice the size (WCAG 2.2, 1.4.4), and a smaller window, which is what zooming has the effect of (1.4.10). */
export async function expectRoomForLargeText(page: Page, { largeText, zoomed }: typeof POPUP_ROOM): Promise<void> {
  await page.setViewportSize({ width: largeText, height: 680 });
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%';
  });
  await expectNoSidewaysScrolling(page);
  await expectRoomForLines(page);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  await page.setViewportSize({ width: zoomed, height: 340 });
  await expectNoSidewaysScrolling(page);
}

/** Lines must grow with their text, or they overlap the next line. */
async function expectRoomForLines(page: Page): Promise<void> {
  const crowded = await page.evaluate(() =>
    [...document.querySelectorAll('body *')]
      .filter((element) => [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== ''))
      .filter((element) => {
        const { lineHeight, fontSize } = getComputedStyle(element);
        return element.checkVisibility() && Number.parseFloat(lineHeight) < Number.parseFloat(fontSize);
      })
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(crowded).toEqual([]);
}

/** Moves through a page with Tab. @returns the stops, each of which shows its focus */
export async function expectVisibleFocus(page: Page): Promise<string[]> {
  const stops: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      let element = document.activeElement;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return {
        html: element.outerHTML.slice(0, 160),
        ring: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
        shadow: boxShadow !== 'none',
      };
    });
    if (!stop || stops.includes(stop.html)) return stops;
    stops.push(stop.html);
    // Waits until scrolling has ended.
    await expect.poll(() => isFocusInSight(page), stop.html).toBe(true);
    expect(stop.ring || stop.shadow, stop.html).toBe(true);
  }
}

function isFocusInSight(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { bottom = 0, top = 0 } = document.activeElement?.getBoundingClientRect() ?? {};
    return bottom > 0 && top < innerHeight;
  });
}

/** With reduced motion, nothing moves, neither now nor when a state changes. */
export async function expectNoMotion(page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() => {
    const seconds = (list: string) => Math.max(...list.split(',').map((time) => Number.parseFloat(time)));
    return [...document.querySelectorAll('*')].flatMap((element) => {
      const { animationName, animationDuration, transitionDuration } = getComputedStyle(element);
      const isMoving =
        (animationName !== 'none' && seconds(animationDuration) > 0.01) || seconds(transitionDuration) > 0.01;
      return isMoving ? [element.outerHTML.slice(0, 80)] : [];
    });
  });
  expect(moving).toEqual([]);
}
