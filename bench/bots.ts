import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../scripts/chromium.ts';
import { judgePuzzle, LEVELS, makePuzzle, readPuzzle } from '../server/domain/bots/puzzle.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { PlatformProcess } from '../server/testing/platform-process.ts';
import { solved, unpack } from '../server/testing/solved-puzzle.ts';
import { openTestRealm } from '../server/testing/test-realm.ts';
import { median } from './statistics.ts';

/**
 * `npx node bench/bots.ts`: what the check for bots (docs/decisions/0049-bots.md) costs a person's device, the server, and whoever signs up
 * a thousand times. It has no bar.
 */
const PAGES = 40;
const SIGN_UPS = 60;
/** How much slower than here: a phone of the middle, and a cheap one, as Lighthouse takes them (4 ×), and some more. */
const SLOWDOWNS = [1, 4, 6];

const dataDir = mkdtempSync(join(tmpdir(), 'bots-'));
const [asking, open] = [
  await PlatformProcess.start({ DATA_DIR: join(dataDir, 'a'), BOT_CHECK: 'always' }),
  await PlatformProcess.start({ DATA_DIR: join(dataDir, 'b'), BOT_CHECK: 'off' }),
];
try {
  await measureDevices(asking.url);
  await measureServer();
  await measureAttacker();
} finally {
  await Promise.all([asking.kill(), open.kill()]);
  rmSync(dataDir, { recursive: true });
}

async function measureDevices(url: string): Promise<void> {
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_ARGUMENTS] });
  try {
    const figures = SLOWDOWNS.map((slowdown) => ({
      slowdown,
      times: [] as number[],
      tasks: [] as number[],
      factors: [] as number[],
    }));
    // In turns, so that whatever else this machine does disturbs all alike.
    for (let count = 0; count < PAGES; count += 1)
      for (const { slowdown, times, tasks, factors } of figures) {
        const slowed = slowDown(slowdown);
        const { ms, longestTaskMs } = await solveOnce(browser, `${url}/account/sign-up`, slowed.aim);
        factors.push(slowed.stop());
        times.push(ms);
        tasks.push(longestTaskMs);
      }
    for (const { slowdown, times, tasks, factors } of figures) {
      const sorted = times.sort((one, other) => one - other);
      const at = (part: number) => Math.round(sorted[Math.min(PAGES - 1, Math.floor(part * PAGES))] ?? 0);
      console.log(
        `page, ${slowdown} × slower (in fact ${median(factors).toFixed(1)} ×): median ${at(0.5)} ms, p90 ${at(0.9)} ms, longest ${at(1)} ms; ` +
          `longest task of the page: median ${Math.round(median(tasks))} ms, longest ${Math.round(Math.max(...tasks))} ms`,
      );
    }
  } finally {
    await browser.close();
  }
}

async function solveOnce(browser: Browser, url: string, onProcesses: (pids: number[]) => void) {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    const times = { from: 0, to: 0, longestTaskMs: 0 };
    Object.assign(window, { times });
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) times.longestTaskMs = Math.max(times.longestTaskMs, duration);
    });
    const importKey = crypto.subtle.importKey.bind(crypto.subtle) as (...asked: unknown[]) => Promise<CryptoKey>;
    Object.assign(crypto.subtle, {
      importKey: (...asked: unknown[]) => {
        if (times.from === 0) {
          times.from = performance.now();
          observer.observe({ entryTypes: ['longtask'] });
        }
        return importKey(...asked);
      },
    });
    // The last thing that it does is to encode the solution.
    const encode = window.btoa.bind(window);
    window.btoa = (text) => {
      times.to = performance.now();
      return encode(text);
    };
  });
  const session = await browser.newBrowserCDPSession();
  await page.goto('about:blank');
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  // One of these will be the page's: the present one, or one that the browser keeps in reserve.
  onProcesses(processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id));
  await page.goto(url);
  // The page's policy allows no code that is given as text, which waiting for it would be.
  let times = { from: 0, to: 0, longestTaskMs: 0 };
  while (times.to === 0) {
    await sleep(20);
    times = await page.evaluate(() => (window as unknown as { times: typeof times }).times);
  }
  const { from, to, longestTaskMs } = times;
  onProcesses([]);
  await session.detach();
  await page.close();
  return { ms: to - from, longestTaskMs };
}

/**
 * Stops a process for most of the time, all of its threads. The developer tools' own throttling slows the page's thread alone, and
 * keys are derived on others.
 */
function slowDown(times: number) {
  const RUN_MS = 5;
  let pids: number[] = [];
  let isOver = false;
  let [ranMs, stoppedMs] = [0, 0];
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    for (const pid of pids) {
      try {
        process.kill(pid, name);
      } catch {
        // The page has been closed.
      }
    }
  };
  const alternate = async () => {
    while (!isOver) {
      const from = performance.now();
      await sleep(RUN_MS);
      const stopped = performance.now();
      if (times > 1) signal('SIGSTOP');
      // On a busy machine, neither is as long as it was asked to be.
      if (times > 1) await sleep((stopped - from) * (times - 1));
      signal('SIGCONT');
      ranMs += stopped - from;
      stoppedMs += performance.now() - stopped;
    }
  };
  void alternate();
  return {
    aim: (processes: number[]) => {
      signal('SIGCONT');
      pids = processes;
    },
    stop: () => {
      isOver = true;
      signal('SIGCONT');
      return (ranMs + stoppedMs) / ranMs;
    },
  };
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

async function measureServer(): Promise<void> {
  const realm = await openTestRealm('production');
  const at = { act: 'sign_up', place: 'bench' } as const;
  const [made, judged]: [number[], number[]] = [[], []];
  for (let count = 0; count < 20; count += 1) {
    const cpu = process.cpuUsage();
    const altcha = await makePuzzle(realm, at, LEVELS.raised);
    made.push(cpuMs(cpu));
    const given = readPuzzle(await solved(altcha));
    const again = process.cpuUsage();
    if (given) await judgePuzzle(realm, at, given, LEVELS.raised);
    judged.push(cpuMs(again));
  }
  await realm.close();
  console.log(
    `server: ${median(made).toFixed(2)} ms of a processor to make a puzzle, ${median(judged).toFixed(2)} ms to judge a solution`,
  );
}

/** What a program needs that signs up, with ALTCHA's solver on Node.js. */
async function measureAttacker(): Promise<void> {
  const costs: Record<string, number> = {};
  for (const [name, { url }] of Object.entries({ without: open, with: asking })) {
    const from = process.cpuUsage();
    for (let count = 0; count < SIGN_UPS; count += 1) await signUpByProgram(url, `${name}${count}@example.com`);
    costs[name] = (cpuMs(from) / SIGN_UPS) * 1000;
  }
  const altcha = await samplePuzzle();
  const from = performance.now();
  const { solution } = unpack(await solved(altcha));
  const perAttempt = (performance.now() - from) / ((solution?.counter ?? 0) + 1);
  console.log(
    `a thousand sign-ups by a program: ${seconds(costs['without'])} s of a processor without, ${seconds(costs['with'])} s with the check ` +
      `(${perAttempt.toFixed(2)} ms an attempt; ${availableParallelism()} processors here)`,
  );
}

async function samplePuzzle(): Promise<string> {
  const page = await new HttpBrowser(asking.url).get('/account/sign-up');
  return String(page.form('/sign-up').values['altcha']);
}

async function signUpByProgram(url: string, email: string): Promise<void> {
  const browser = new HttpBrowser(url);
  const page = await browser.get('/account/sign-up');
  const { altcha } = page.form('/sign-up').values;
  const answer = { ...(altcha !== undefined && { altcha: await solved(String(altcha)) }) };
  const home = await browser.submit(page, '/sign-up', { email, password: 'an engine of difference', ...answer });
  if (home.url.pathname !== '/account') throw new Error(`not signed up: ${home.status} ${home.heading}`);
}

function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function seconds(ms = 0): string {
  return (ms / 1000).toFixed(0);
}
