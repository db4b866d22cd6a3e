import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { listens } from '../../scripts/testing/listens.ts';
import { until } from '../../scripts/testing/until.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import type { DrivenBrowser, DrivenWindow } from './driven.ts';
import type { SecureInstallation } from './installation.ts';

const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

/** What speaks WebDriver (W3C). */
class Session {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async send<Value>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Value> {
    const response = await fetch(this.#url + path, { method, ...(body && { body: JSON.stringify(body) }) });
    const { value } = (await response.json()) as { value: Value };
    if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}

/**
 * WebKitGTK's own small browser, on a screen that nobody sees. Its certificates are those of the system, which a test does not change, so it
 * accepts others here: that TLS is right is the other browsers' to judge.
 */
export async function launchWebKit(
  programs: { driver: string; browser: string; screen: string },
  installation: SecureInstallation,
): Promise<DrivenBrowser> {
  const home = temporaryDirectory();
  const screen = await startScreen(programs.screen);
  const port = await freePort();
  const driver = spawn(programs.driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: screen.display,
      HOME: home,
      XDG_DATA_HOME: home,
      XDG_CACHE_HOME: home,
      GDK_BACKEND: 'x11',
    },
  });
  await until(() => listens(port));
  // The capability `proxy` would have it speak TLS to the proxy itself.
  const args = ['--automation', `--proxy=http://127.0.0.1:${installation.proxyPort}`];
  const options = { 'webkitgtk:browserOptions': { binary: programs.browser, args } };
  const { sessionId, capabilities } = await new Session(`http://127.0.0.1:${port}`).send<{
    sessionId: string;
    capabilities: { browserVersion: string };
  }>('POST', '/session', { capabilities: { alwaysMatch: { acceptInsecureCerts: true, ...options } } });
  const session = new Session(`http://127.0.0.1:${port}/session/${sessionId}`);
  const handles = () => session.send<string[]>('GET', '/window/handles');
  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    window: async () => windowOf(session, await session.send<string>('GET', '/window')),
    popupAfter: async (act) => {
      const before = await handles();
      await act();
      const opened = await until(async () => (await handles()).find((handle) => !before.includes(handle)));
      return windowOf(session, opened);
    },
    count: async () => (await handles()).length,
    close: async () => {
      await session.send('DELETE', '').catch(() => {});
      await Promise.all([stop(driver), stop(screen.child)]);
    },
  };
}

function windowOf(session: Session, handle: string): DrivenWindow {
  // Commands go to the window that is chosen.
  const inWindow = async <Value>(method: 'GET' | 'POST', path: string, body: object): Promise<Value> => {
    await session.send('POST', '/window', { handle });
    return session.send<Value>(method, path, body);
  };
  const run = <Value>(expression: string) =>
    inWindow<Value>('POST', '/execute/sync', { script: `return (${expression});`, args: [] });
  const element = async (expression: string) => (await run<Record<string, string>>(expression))[ELEMENT];
  return {
    open: (url) => inWindow('POST', '/url', { url }),
    read: run,
    click: async (expression) => {
      // Where a page scrolls smoothly, the browser would click before the element is in view.
      await run(`(${expression}).scrollIntoView({ block: 'center', behavior: 'instant' })`);
      await inWindow('POST', `/element/${await element(expression)}/click`, {});
    },
    type: async (expression, text) => inWindow('POST', `/element/${await element(expression)}/value`, { text }),
  };
}

/** A display number that is free, which the X server finds by itself. */
async function startScreen(program: string): Promise<{ child: ChildProcess; display: string }> {
  const child = spawn(program, ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = (await once(child.stdio[3] as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { child, display: `:${number.toString().trim()}` };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
