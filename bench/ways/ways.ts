import { type Browser, type BrowserContext, chromium, type Page, type Request } from 'playwright';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../../scripts/chromium.ts';
import { hashPassword } from '../../server/domain/accounts/passwords.ts';
import { randomId } from '../../server/storage/ids.ts';
import { type Scene, withScene } from '../click/scene.ts';
import type { Line } from '../delay-proxy.ts';
import { type Findings, judge, type Section } from '../report.ts';
import { spreadOf } from '../statistics.ts';
import { addAuthenticator, offerNone, type Passkeys } from './authenticator.ts';
import { JOURNEYS, type Journey } from './journeys.ts';
import { Walker } from './walker.ts';

/** Round trips: a line that is no obstacle, and another continent. */
const LINES_MS = [0, 150] as const;
const ROUNDS = 5;
/** For a busy machine. */
const DEADLINE_MS = 30_000;

/** What a journey took once. */
interface Walked {
  readonly windows: number;
  readonly requests: number;
  readonly presses: number;
  readonly fields: number;
  readonly seconds: number;
}

type StoredSession = Awaited<ReturnType<BrowserContext['storageState']>>;

/** Somebody who is about to press the shop's button. */
interface Somebody {
  readonly email: string;
  readonly password: string;
  readonly session?: StoredSession;
  readonly passkeys?: Passkeys;
}

/**
 * Windows, requests and seconds from the click in a shop's page to its verified credential, for each way, in a browser that has nothing in its
 * cache. A script is the person, so what is left is what computers and the line take.
 */
export async function ways(): Promise<Findings> {
  const walked = new Map<Journey, Map<number, Walked[]>>();
  for (const onlyUpstream of [false, true]) {
    const journeys = JOURNEYS.filter((journey) => (journey.onlyUpstream ?? false) === onlyUpstream);
    const line: Line = { oneWayMs: 0 };
    await withScene(
      line,
      async (scene) => {
        const args = [...CHROMIUM_ARGUMENTS, `--ignore-certificate-errors-spki-list=${scene.certificateDigest}`];
        const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
        try {
          for (const journey of journeys) walked.set(journey, await walkOften(browser, scene, line, journey));
        } finally {
          await browser.close();
        }
      },
      { onlyUpstream },
    );
  }
  const all = [...walked.values()].flatMap((byLine) => [...byLine.values()].flat());
  return {
    verdicts: [judge('ways-windows', Math.max(...all.map(({ windows }) => windows)))],
    sections: [sectionOf(walked)],
  };
}

async function walkOften(browser: Browser, scene: Scene, line: Line, journey: Journey): Promise<Map<number, Walked[]>> {
  const found = new Map<number, Walked[]>();
  for (const roundTripMs of LINES_MS) {
    const rounds: Walked[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      line.oneWayMs = 0;
      const somebody = await meet(browser, scene, journey);
      rounds.push(
        await walk(browser, scene, journey, somebody, () => {
          line.oneWayMs = roundTripMs / 2;
        }),
      );
    }
    found.set(roundTripMs, rounds);
    console.log(`${journey.name}, ${roundTripMs} ms: ${rounds.map(({ seconds }) => seconds.toFixed(2)).join(', ')} s`);
  }
  return found;
}

/** Makes somebody as the journey wants them, by the same windows. */
async function meet(browser: Browser, scene: Scene, { who, hasPasskeys, onlyUpstream }: Journey): Promise<Somebody> {
  const email = `${randomId()}@example.com`;
  const somebody = { email, password: 'an engine of difference' };
  const names = { given_name: 'Ada', family_name: 'Byron' };
  if (onlyUpstream) scene.there.push({ sub: email, email, email_verified: true, ...names });
  if (who === 'new') return somebody;
  if (!onlyUpstream) {
    const passwordHash = await hashPassword(somebody.password);
    const account = { email, emailVerified: true, passwordHash, givenName: 'Ada', familyName: 'Byron' };
    await scene.storage.realm('production').accounts.create(account);
  }
  const context = await browser.newContext({ locale: 'en' });
  context.setDefaultTimeout(DEADLINE_MS);
  const shop = await openShop(context, scene);
  const window = await open(shop);
  const device = hasPasskeys ? await addAuthenticator(window) : undefined;
  if (device) await window.reload();
  const walker = new Walker(scene, window, somebody);
  if (onlyUpstream) await walker.follow(email);
  else {
    await walker.type('Email', email);
    await walker.type('Password', somebody.password);
    await walker.press('Sign in');
  }
  if (device) await walker.press('Create a passkey');
  const passkeys = device && (await afterOffer(window, () => device.passkeys()));
  await walker.press(/^Share and continue/);
  await answerOf(shop);
  // From then on they are signed in at the other login alone.
  if (onlyUpstream) await context.clearCookies({ name: /^__Host-/ });
  const session = who === 'signed_in' || onlyUpstream ? await context.storageState() : undefined;
  await context.close();
  return { ...somebody, ...(session && { session }), ...(passkeys && { passkeys }) };
}

async function afterOffer<Result>(window: Page, work: () => Promise<Result>): Promise<Result> {
  await window.getByRole('button', { name: /^Share and continue/ }).waitFor();
  return work();
}

async function walk(
  browser: Browser,
  scene: Scene,
  journey: Journey,
  somebody: Somebody,
  setLine: () => void,
): Promise<Walked> {
  const { session, passkeys } = somebody;
  const context = await browser.newContext({ locale: 'en', ...(session && { storageState: session }) });
  try {
    context.setDefaultTimeout(DEADLINE_MS);
    await context.addInitScript(offerNone);
    const shop = await openShop(context, scene);
    let [windows, requests] = [0, 0];
    context.on('page', () => {
      windows += 1;
    });
    context.on('request', (request) => {
      if (isOfWindow(request, scene)) requests += 1;
    });
    setLine();
    const windowOpened = shop.waitForEvent('popup');
    await press(shop);
    const window = await windowOpened;
    if (journey.hasPasskeys) {
      const device = await addAuthenticator(window);
      await device.keep(passkeys ?? []);
    }
    const walker = new Walker(scene, window, somebody);
    await journey.walk(walker);
    const milliseconds = await answerOf(shop);
    const { presses, fields } = walker;
    return { windows, requests, presses, fields, seconds: milliseconds / 1000 };
  } finally {
    await context.close();
  }
}

/** Whether the window asks, and not the shop's page or the element in it. */
function isOfWindow(request: Request, { shop }: Scene): boolean {
  const { origin, pathname } = new URL(request.url());
  return origin !== shop && !/^(\/sandbox)?\/(widget|jwks)/.test(pathname);
}

async function openShop(context: BrowserContext, { shop }: Scene): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`${shop}/element`, { waitUntil: 'networkidle' });
  return page;
}

async function open(shop: Page): Promise<Page> {
  const [window] = await Promise.all([shop.waitForEvent('popup'), press(shop)]);
  return window;
}

function press(shop: Page): Promise<void> {
  return shop.getByRole('button', { name: 'Sign up' }).click();
}

/** @returns how long after the click it was there, in milliseconds */
async function answerOf(shop: Page): Promise<number> {
  await shop.waitForFunction('answersAtMs.length === 1');
  return shop.evaluate<number>('answersAtMs[0] - clickedAtMs');
}

function sectionOf(walked: ReadonlyMap<Journey, ReadonlyMap<number, readonly Walked[]>>): Section {
  const rows = [...walked].map(([{ name }, byLine]) => {
    const all = [...byLine.values()].flat();
    const most = (kind: keyof Walked) => String(Math.max(...all.map((one) => one[kind])));
    const seconds = LINES_MS.map((line) => {
      const { median, least, most: longest } = spreadOf((byLine.get(line) ?? []).map((one) => one.seconds));
      return `${median.toFixed(2)} (${least.toFixed(2)} – ${longest.toFixed(2)})`;
    });
    return [name, most('windows'), most('requests'), most('presses'), most('fields'), ...seconds];
  });
  return {
    name: 'ways',
    facts: [`Rounds: ${ROUNDS}`],
    table: [
      ['Way', 'Windows', 'Requests', 'Presses', 'Fields', ...LINES_MS.map((line) => `Seconds, ${line} ms round trip`)],
      ...rows,
    ],
  };
}
