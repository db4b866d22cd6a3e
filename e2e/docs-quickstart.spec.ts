import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../server/testing/free-port.ts';
import { openPopup, share, untilClosed } from './support/people.ts';
import { accountHolder, appOf, openPortal } from './support/portal.ts';
import { expect, test } from './support/test.ts';

// The quickstart as a reader does it: signed in, copied from the page, run in a folder of its own.

test('the quickstart leads from the page to a verified credential', async ({ page, platform }) => {
  test.slow();
  const port = await freePort();
  const who = await accountHolder(platform);
  const shop = await appOf(platform, who, 'owner', { name: 'Fern', origins: [`http://localhost:${port}`] });
  await openPortal(page, platform, who);
  await page.goto(`${platform.url}/docs/quickstart`);
  const program = page.locator('.code', { hasText: 'createServer(async' }).locator('pre');
  await expect(program).toContainText(shop.clientId);

  const folder = mkdtempSync(join(tmpdir(), 'quickstart-'));
  let server: ChildProcess | undefined;
  try {
    // Instead of `npm install jose`: the same package. And another port, because 3000 may be taken.
    symlinkSync(packagesWith('jose'), join(folder, 'node_modules'));
    const text = (await program.textContent()) ?? '';
    writeFileSync(join(folder, 'server.mjs'), text.replace('.listen(3000,', `.listen(${port},`));
    server = spawn(process.execPath, ['server.mjs'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
    if (server.stdout) await once(server.stdout, 'data');

    await page.goto(`http://localhost:${port}`);
    const popup = await openPopup(page);
    await popup.getByRole('button', { name: /^Jane Doe/ }).click();
    await share(popup);
    await untilClosed(popup);
    await expect(page.getByLabel('Email')).toHaveValue('jane.doe@example.com');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.locator('body')).toContainText(`Verified. Your customer is ${platform.url}/sandbox `);
    await expect(page.locator('body')).toContainText('"email": "jane.doe@example.com"');
  } finally {
    server?.kill();
    rmSync(folder, { recursive: true });
  }
});

/** The folder `node_modules` that a package is in. */
function packagesWith(name: string): string {
  const file = fileURLToPath(import.meta.resolve(name));
  const [folder = dirname(file)] = file.split(`/node_modules/${name}/`);
  return join(folder, 'node_modules');
}
