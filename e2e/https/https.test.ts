import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { build } from '../../scripts/build.ts';
import { ensureChromium } from '../../scripts/chromium.ts';
import { ensureFirefox } from '../../scripts/firefox.ts';
import { ensureProgram } from '../../scripts/system-packages.ts';
import { launchChromium, launchFirefox } from './by-puppeteer.ts';
import { launchWebKit } from './by-webdriver.ts';
import type { DrivenBrowser } from './driven.ts';
import { type SecureInstallation, startSecureInstallation } from './installation.ts';
import { walk } from './journey.ts';

/** The journey as people have it: over https, at two sites, in three engines. `npm run test:https`. */

type Launch = (installation: SecureInstallation) => Promise<DrivenBrowser>;

/** @returns undefined where the browser cannot be had */
const BROWSERS: Readonly<Record<string, () => Promise<Launch | undefined>>> = {
  Chromium: async () => {
    const path = await ensureChromium().catch(() => undefined);
    return path === undefined ? undefined : (installation) => launchChromium(path, installation);
  },
  Firefox: async () => {
    const path = await ensureFirefox();
    return path === undefined ? undefined : (installation) => launchFirefox(path, installation);
  },
  WebKitGTK: async () => {
    const driver = await ensureProgram(['/usr/bin/WebKitWebDriver'], ['webkit2gtk-driver']);
    const screen = await ensureProgram(['/usr/bin/Xvfb'], ['xvfb']);
    const [browser] = globSync('/usr/lib/{*/,}webkit{2gtk-4.*,gtk-6.*}/MiniBrowser');
    if (!driver || !screen || !browser) return undefined;
    return (installation) => launchWebKit({ driver, browser, screen }, installation);
  },
};

await build();
await ensureProgram(['/usr/bin/certutil'], ['libnss3-tools']);
const launches: [name: string, launch: Launch][] = [];
const ran: string[] = [];
const missing: string[] = [];
for (const [name, find] of Object.entries(BROWSERS)) {
  const launch = await find();
  if (launch) launches.push([name, launch]);
  else missing.push(name);
}

describe('the journey over https', () => {
  let installation: SecureInstallation;
  before(async () => {
    installation = await startSecureInstallation();
  });
  after(async () => {
    await installation.close();
    for (const name of ran) console.log(`RAN: ${name}`);
    for (const name of missing) console.log(`NOT RUN: ${name}, because it is not installed and could not be.`);
  });

  it('has a browser to run in', () => assert.notEqual(launches.length, 0));

  for (const [name, launch] of launches) {
    it(`in ${name}`, async (test) => {
      const browser = await launch(installation);
      test.after(() => browser.close());
      await walk(browser);
      ran.push(browser.name);
    });
  }
});
