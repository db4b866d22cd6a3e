import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { resident } from '#portal/testing/resident.ts';
import { startTestPlatform, temporaryDirectory } from '#testing/test-platform.ts';

/** No registry is asked: whatever else the package needs comes from this repository. */
const NO_REGISTRY = 'http://127.0.0.1:9/';

// With every Node that the package promises, and with the programs that are printed, `npm run test:packages` does the same.
it('npm installs what the portal prints, with the hash that the platform says', async () => {
  const platform = await startTestPlatform();
  try {
    const { account, browser } = await resident(platform);
    const { appId } = await platform.createApp({ ownerId: account.id });
    const { html } = await browser.get(`/account/apps/${appId}/localhost/code`);
    const text = html.replaceAll(/<[^>]*>/g, '');
    const [command = '', url] = /npm install (http:\/\/\S+\/packages\/client-[\w.-]+\.tgz)/.exec(text) ?? [];
    assert.ok(url, 'the page prints a command');

    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }');
    const jose = dirname(fileURLToPath(import.meta.resolve('jose/package.json')));
    const words = `--registry=${NO_REGISTRY} --fetch-retries=0 --no-update-notifier --no-audit --no-fund --cache=${join(folder, '.npm')}`;
    const run = (line: string) => promisify(execFile)('sh', ['-ec', line], { cwd: folder });
    await run(`${command} 'file:${jose}' ${words}`);
    const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string; integrity?: string }>;
    };
    const list = (await (await fetch(`${platform.url}/packages/packages.json`)).json()) as {
      packages: { name: string; url: string; integrity: string }[];
    };
    const [client] = list.packages;
    assert.equal(client?.url, url);
    assert.equal(packages[`node_modules/${client?.name}`]?.integrity, client?.integrity);
    const { stdout } = await run(
      `'${process.execPath}' -e "import('@signup-with-platform/client').then((m) => console.log(typeof m.verifyCredential))"`,
    );
    assert.equal(stdout.trim(), 'function');
  } finally {
    await platform.close();
  }
});
