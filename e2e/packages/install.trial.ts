import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../server/testing/free-port.ts';
import { accountHolder, appOf, openPortal } from '../support/portal.ts';
import { expect, test } from '../support/test.ts';
import { binOfNode, NODE_VERSIONS } from './nodes.ts';
import { signUpJane } from './persona.ts';
import { ShopFolder } from './shop-folder.ts';

// What the portal prints for Node is typed as it stands there, and does what it should.

const USE = `
(async () => {
  const issuer = await createTestIssuer();
  const { email } = await verifyCredential(await issuer.credential({ email: 'jane@example.com' }), issuer.options);
  const refused = await verifyCredential('nonsense', issuer.options).catch((error) => error);
  console.log(JSON.stringify([email, refused instanceof CredentialError, typeof createClient]));
})();`;
const PROGRAMS = {
  'use.mjs': `import createClient, { CredentialError, verifyCredential } from '@signup-with-platform/client';
import { createTestIssuer } from '@signup-with-platform/client/testing';${USE}`,
  'use.cjs': `const createClient = require('@signup-with-platform/client');
const { CredentialError, verifyCredential } = createClient;
const { createTestIssuer } = require('@signup-with-platform/client/testing');${USE}`,
};

for (const version of NODE_VERSIONS) {
  test(`[Node ${version}] what the portal prints installs the package and signs people in`, async ({
    page,
    platform,
  }) => {
    const port = await freePort();
    const developer = await accountHolder(platform);
    const app = await appOf(platform, developer, 'owner', { origins: [`http://localhost:${port}`] });
    await openPortal(page, platform, developer, `/apps/${app.appId}/localhost/code`);
    const printed = async (id: string) => (await page.locator(`#${id}`).textContent()) ?? '';
    const commands = (await printed('node-commands')).split('\n');
    const start = commands.pop() ?? '';
    expect(commands[0]).toMatch(new RegExp(`^npm install ${platform.url}/packages/client-[\\w.-]+\\.tgz$`));

    const shop = new ShopFolder(await binOfNode(version));
    expect(await shop.type('node --version')).toMatch(new RegExp(`^v${version}\\.`));
    shop.write('server.mjs', await printed('node'));
    for (const command of commands) await shop.type(command);
    await expectLocked(shop, `${platform.url}/packages`);

    for (const [file, source] of Object.entries(PROGRAMS)) {
      shop.write(file, source);
      const said = await shop.type(`node ${file}`, { NODE_OPTIONS: '--throw-deprecation' });
      expect(JSON.parse(said), file).toEqual(['jane@example.com', true, 'function']);
    }

    const server = await shop.start(start, port, {});
    try {
      await page.goto(`http://localhost:${port}/`);
      await signUpJane(page);
      await page.getByRole('button', { name: 'Create account' }).click();
      await expect(page.getByRole('alert'), server.output()).toHaveText('Signed in as Jane Doe');
    } finally {
      await server.stop();
    }
  });
}

/** The lock file has the hash that the platform's list says, and the hash is that of what it serves. */
async function expectLocked(shop: ShopFolder, packages: string): Promise<void> {
  const list = (await (await fetch(`${packages}/packages.json`)).json()) as {
    packages: { name: string; url: string; integrity: string }[];
  };
  const [client] = list.packages;
  const lock = JSON.parse(readFileSync(join(shop.path, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { resolved?: string; integrity?: string }>;
  };
  const { resolved, integrity } = lock.packages[`node_modules/${client?.name}`] ?? {};
  expect({ resolved, integrity }).toEqual({ resolved: client?.url, integrity: client?.integrity });
  const served = Buffer.from(await (await fetch(client?.url ?? '')).arrayBuffer());
  expect(integrity).toBe(`sha512-${createHash('sha512').update(served).digest('base64')}`);
}
