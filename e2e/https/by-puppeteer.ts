import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS } from '../../scripts/chromium.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { trustIn } from './authority.ts';
import type { DrivenBrowser, DrivenWindow } from './driven.ts';
import type { SecureInstallation } from './installation.ts';

/** Both trust the authority as they trust any other: by their certificate database. */
export async function launchChromium(executablePath: string, installation: SecureInstallation): Promise<DrivenBrowser> {
  const home = temporaryDirectory();
  const database = join(home, '.pki/nssdb');
  mkdirSync(database, { recursive: true });
  await trustIn(database, installation.authority);
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath,
    headless: true,
    userDataDir: join(home, 'profile'),
    args: [...CHROMIUM_ARGUMENTS, `--proxy-server=http://127.0.0.1:${installation.proxyPort}`],
    env: { ...process.env, HOME: home, XDG_DATA_HOME: join(home, '.local/share') },
  });
  return driven(browser, (await browser.version()).replace('/', ' '));
}

export async function launchFirefox(executablePath: string, installation: SecureInstallation): Promise<DrivenBrowser> {
  const profile = temporaryDirectory();
  await trustIn(profile, installation.authority);
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: {
      'network.proxy.type': 1,
      'network.proxy.ssl': '127.0.0.1',
      'network.proxy.ssl_port': installation.proxyPort,
    },
  });
  return driven(browser, `Firefox ${(await browser.version()).replace(/^firefox\//i, '')}`);
}

function driven(browser: Browser, name: string): DrivenBrowser {
  return {
    name,
    window: async () => windowOf(await browser.newPage()),
    popupAfter: async (act) => {
      const opened = new Promise<Page>((resolve, reject) => {
        browser.once('targetcreated', (target) =>
          target.page().then((page) => (page ? resolve(page) : reject(new Error('no page'))), reject),
        );
      });
      await act();
      return windowOf(await opened);
    },
    count: async () => (await browser.pages()).length,
    close: () => browser.close(),
  };
}

function windowOf(page: Page): DrivenWindow {
  const element = async (expression: string) => {
    const handle = await page.evaluateHandle(expression);
    return handle as ElementHandle<Element>;
  };
  return {
    open: async (url) => void (await page.goto(url)),
    read: (expression) => page.evaluate(expression) as Promise<never>,
    click: async (expression) => (await element(expression)).click(),
    type: async (expression, text) => (await element(expression)).type(text),
  };
}
