import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from 'playwright';
import { CHROMIUM_ARGUMENTS, ensureChromium } from '../scripts/chromium.ts';
import { readConfig } from '../server/config.ts';
import { hashPassword } from '../server/domain/accounts/passwords.ts';
import { startPlatform } from '../server/platform.ts';
import { createStorage } from '../server/storage/index.ts';
import { type DelayProxy, startDelayProxy } from './delay-proxy.ts';
import { type Findings, judge } from './report.ts';
import { median } from './statistics.ts';

/** A good mobile network. */
const ONE_WAY_MS = 25;
const ROUNDS = 15;
const PASSWORD = 'correct horse battery staple';

/**
 * The time from the click to the verified credential, for a person who has a session and has agreed before. The baseline is a popup with a
 * static page that posts a message at once: one bare round trip, over the same network, in the same browser, measured in turn.
 */
export async function returningUser(): Promise<Findings> {
  const bare = await startBareServer();
  const bareProxy = await startDelayProxy(portOf(bare), ONE_WAY_MS);
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  // The issuer is the address that people see, which is the far end of the slow network.
  const reserved = await startBareServer();
  const platformPort = portOf(reserved);
  await new Promise((resolve) => reserved.close(resolve));
  const proxy = await startDelayProxy(platformPort, ONE_WAY_MS);
  const platform = await startPlatform(
    readConfig({
      PORT: String(platformPort),
      PUBLIC_URL: `http://localhost:${proxy.port}`,
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
    }),
  );
  const storage = createStorage(platform.database);
  const vendor = await startVendor();
  const origin = `http://127.0.0.1:${portOf(vendor.server)}`;
  const { clientId } = await storage.apps.create({ name: 'Bench Shop', environment: 'production', origins: [origin] });
  await storage.realm('production').accounts.create({
    email: 'bench@example.com',
    emailVerified: true,
    passwordHash: await hashPassword(PASSWORD),
    givenName: 'Benjamin',
    familyName: 'Chmark',
  });
  vendor.html = vendorPage(`http://localhost:${proxy.port}`, clientId, `http://localhost:${bareProxy.port}`);

  const browser = await chromium.launch({
    executablePath: await ensureChromium(),
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const context = await browser.newContext({ locale: 'en' });
    return await measure(context, origin, proxy);
  } finally {
    await browser.close();
    vendor.server.closeAllConnections();
    vendor.server.close();
    await proxy.close();
    await bareProxy.close();
    bare.closeAllConnections();
    bare.close();
    await platform.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measure(context: BrowserContext, origin: string, proxy: DelayProxy): Promise<Findings> {
  const page = await context.newPage();
  await page.goto(origin);
  const [popup] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Sign up' }).click(),
  ]);
  await popup.getByLabel('Email').fill('bench@example.com');
  await popup.getByLabel('Password').fill(PASSWORD);
  await popup.getByRole('button', { name: 'Sign in' }).click();
  await popup.getByRole('button', { name: /^Share and continue/ }).click();
  await page.waitForFunction('timesMs.length === 1');

  const real: number[] = [];
  const bare: number[] = [];
  const popupRequests: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.reload({ waitUntil: 'networkidle' });
    await page.getByRole('button', { name: 'Bare' }).click();
    await page.waitForFunction('timesMs.length === 1');
    bare.push(await page.evaluate<number>('timesMs[0]'));

    await page.reload({ waitUntil: 'networkidle' });
    proxy.takeRequests();
    await page.getByRole('button', { name: 'Sign up' }).click();
    await page.waitForFunction('timesMs.length === 1');
    real.push(await page.evaluate<number>('timesMs[0]'));
    popupRequests.push(proxy.takeRequests().filter((path) => !/^(\/sandbox)?\/(jwks|widget)/.test(path)).length);
  }
  const [realMs, bareMs] = [median(real), median(bare)];
  const note = `${realMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms, at ${2 * ONE_WAY_MS} ms round trip`;
  return {
    verdicts: [judge('popup-time', realMs / bareMs, note), judge('popup-requests', Math.max(...popupRequests))],
  };
}

/** The baseline: a page that answers its opener as soon as it is loaded. */
async function startBareServer(): Promise<Server> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><title>bare</title><script>
        opener.postMessage('bare', new URL(location.href).searchParams.get('opener'));
        close();
      </script>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

async function startVendor(): Promise<{ server: Server; html: string }> {
  const vendor = { html: '', server: undefined as unknown as Server };
  vendor.server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(vendor.html);
  });
  await new Promise<void>((resolve) => vendor.server.listen(0, '127.0.0.1', resolve));
  return vendor;
}

function vendorPage(platform: string, clientId: string, bare: string): string {
  return `<!doctype html><title>Vendor</title>
<script>
  const timesMs = [];
  let startedMs;
  addEventListener('click', () => { startedMs = performance.now(); }, true);
  addEventListener('signup-success', () => timesMs.push(performance.now() - startedMs));
  addEventListener('message', (event) => { if (event.data === 'bare') timesMs.push(performance.now() - startedMs); });
</script>
<button
  onclick="open('${bare}/?opener=' + encodeURIComponent(location.origin), '_blank', 'popup,width=480,height=680')"
>Bare</button>
<signup-with-platform client-id="${clientId}"></signup-with-platform>
<script type="module" src="${platform}/widget.js"></script>`;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
