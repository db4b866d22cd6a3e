import { type Browser, type BrowserContext, chromium, type Page } from 'playwright';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../../scripts/chromium.ts';
import type { Line } from '../delay-proxy.ts';
import { versionOf } from '../machine.ts';
import { type ClickFigures, type Findings, judge } from '../report.ts';
import { median } from '../statistics.ts';
import { PERSON, type Scene, withScene } from './scene.ts';
import { OPENERS, type Opener } from './shop-pages.ts';

/** Round trips: a line that is no obstacle, a good mobile network, and another continent. */
const LINES_MS = [0, 50, 150];
/** The line on which the bars are held. */
const BAR_LINE_MS = 50;
const ROUNDS = 7;

type StoredSession = Awaited<ReturnType<BrowserContext['storageState']>>;

/**
 * The time from a click to the popup's first paint, for somebody whom the platform does not know, and to the answer, for somebody who has a
 * session and has agreed before: at their first click in that shop's page, when nothing is in the browser's cache, and at the next one. Beside
 * the element there are oidc-client-ts, against the same platform, and a popup with a static page, which is what the line and the browser
 * alone cost. They take turns.
 */
export async function clicks(): Promise<Findings> {
  const line: Line = { oneWayMs: 0 };
  return withScene(line, async (scene) => {
    const args = [...CHROMIUM_ARGUMENTS, `--ignore-certificate-errors-spki-list=${scene.certificateDigest}`];
    const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
    try {
      const versions = `Chromium ${browser.version()}, oidc-client-ts ${versionOf('oidc-client-ts')}`;
      const session = await agree(browser, scene);
      const figures: ClickFigures[] = [];
      const popupRequests: number[] = [];
      for (const roundTripMs of LINES_MS) {
        line.oneWayMs = roundTripMs / 2;
        const found = await measureLine(browser, scene, session);
        popupRequests.push(...found.popupRequests);
        for (const opener of openers) figures.push({ name: OPENERS[opener], roundTripMs, ...found.times[opener] });
      }
      return { verdicts: verdictsOf(figures, popupRequests), clicks: { versions, figures } };
    } finally {
      await browser.close();
    }
  });
}

const openers = Object.keys(OPENERS) as Opener[];

/** Signs in and agrees once, by both ways. */
async function agree(browser: Browser, { shop }: Scene): Promise<StoredSession> {
  const context = await browser.newContext({ locale: 'en' });
  for (const opener of ['element', 'oidc-client-ts'] as const) {
    const page = await openShop(context, shop, opener);
    const [popup] = await Promise.all([page.waitForEvent('popup'), click(page)]);
    if (opener === 'element') {
      await popup.getByLabel('Email').fill(PERSON.email);
      await popup.getByLabel('Password').fill(PERSON.password);
      await popup.getByRole('button', { name: 'Sign in' }).click();
    }
    await popup.getByRole('button', { name: /^Share and continue/ }).click();
    await answerOf(page, 1);
    await page.close();
  }
  const session = await context.storageState();
  await context.close();
  return session;
}

interface Times {
  readonly paintMs: number[];
  readonly firstMs: number[];
  readonly againMs: number[];
}

async function measureLine(browser: Browser, scene: Scene, session: StoredSession) {
  const times = Object.fromEntries(
    openers.map((opener) => [opener, { paintMs: [], firstMs: [], againMs: [] }]),
  ) as unknown as Record<Opener, Times>;
  const popupRequests: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const opener of openers) {
      times[opener].paintMs.push(await clickToPaint(browser, scene, opener));
      const context = await browser.newContext({ locale: 'en', storageState: session });
      const page = await openShop(context, scene.shop, opener);
      times[opener].firstMs.push(await clickToAnswer(page));
      await page.reload({ waitUntil: 'networkidle' });
      scene.takeRequests();
      times[opener].againMs.push(await clickToAnswer(page));
      if (opener === 'element') popupRequests.push(requestsOfPopup(scene));
      await context.close();
    }
  }
  return { times, popupRequests };
}

async function clickToPaint(browser: Browser, { shop }: Scene, opener: Opener): Promise<number> {
  const context = await browser.newContext({ locale: 'en' });
  const page = await openShop(context, shop, opener, '?new');
  const [popup] = await Promise.all([page.waitForEvent('popup'), click(page)]);
  await popup.getByRole('heading', { name: 'Sign in' }).waitFor();
  const paintedAtMs = await popup.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          for (const { startTime } of list.getEntriesByName('first-contentful-paint'))
            resolve(performance.timeOrigin + startTime);
        });
        observer.observe({ type: 'paint', buffered: true });
      }),
  );
  const clickedAtMs = await page.evaluate<number>('clickedAtMs');
  await context.close();
  return paintedAtMs - clickedAtMs;
}

async function clickToAnswer(page: Page): Promise<number> {
  await click(page);
  return answerOf(page, 1);
}

async function openShop(context: BrowserContext, shop: string, opener: Opener, query = ''): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${shop}/${opener}${query}`, { waitUntil: 'networkidle' });
  return page;
}

function click(page: Page): Promise<void> {
  return page.getByRole('button', { name: 'Sign up' }).click();
}

/** @returns how long after the click it was there */
async function answerOf(page: Page, count: number): Promise<number> {
  await page.waitForFunction(`answersAtMs.length === ${count}`);
  return page.evaluate<number>('answersAtMs[0] - clickedAtMs');
}

function requestsOfPopup(scene: Scene): number {
  return scene.takeRequests().filter((path) => !/^(\/sandbox)?\/(jwks|widget)/.test(path)).length;
}

function verdictsOf(figures: readonly ClickFigures[], popupRequests: readonly number[]) {
  const on = (name: string) => figures.find((one) => one.roundTripMs === BAR_LINE_MS && one.name === name);
  const [ours, bare] = [on(OPENERS.element), on(OPENERS.bare)].map((one) => median(one?.againMs ?? []));
  const note = `${ours?.toFixed(0)} ms, bare ${bare?.toFixed(0)} ms, at ${BAR_LINE_MS} ms round trip`;
  return [
    judge('popup-time', (ours ?? Number.NaN) / (bare ?? Number.NaN), note),
    judge('popup-requests', Math.max(...popupRequests)),
  ];
}
