import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ALL_CLIENTS } from '../e2e/clients/all-clients.ts';
import type { Client } from '../e2e/clients/client.ts';
import { compareTable, pageWith, readTable, rowOf } from '../e2e/clients/table.ts';
import { clientSamples } from '../server/delivery/vendor/code/client-samples.ts';
import { ROOT } from './run.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('docs/clients.md', () => {
  const page = readTable();

  it('has a row for each client, as the tests write it when all of them work', () => {
    assert.equal(
      page,
      pageWith((client) => rowOf(client, 'passed')),
    );
  });

  it('is wrong when a client does not work, or is another version, and the run says how to write it', () => {
    const [first] = ALL_CLIENTS;
    assert.ok(first);
    assert.equal(compareTable(new Map([[first.name, 'passed']]), page), undefined);
    const failed = compareTable(new Map([[first.name, 'failed']]), page) ?? '';
    assert.match(failed, /^\+ \| .*\*\*does not work\*\*/m);
    assert.match(failed, /npm run test:clients -- --write/);
    const older = page.replace(` ${first.version} `, ' 0.0.1 ');
    assert.match(compareTable(new Map([[first.name, 'passed']]), older) ?? '', /^- \| .* 0\.0\.1 /m);
  });
});

describe('docs/openid-connect-clients.md', () => {
  const page = read('docs/openid-connect-clients.md');
  /** As the portal would print it for a vendor whose values are those of the page. */
  const samples = clientSamples({
    issuer: 'https://platform.example',
    clientId: 'YOUR_CLIENT_ID',
    origin: 'https://shop.example',
    redirectUris: ['https://shop.example/callback'],
    keysUrl: 'https://platform.example/account',
  });

  for (const client of ALL_CLIENTS) {
    it(`has for ${client.name} the lines that the tests run`, () => {
      const [, section = ''] = page.split(`\n### ${client.name}\n`);
      const [, code = ''] = /^```\w+\n([\s\S]*?)\n```$/m.exec(section.split(/\n##/)[0] ?? '') ?? [];
      assert.notEqual(code, '');
      // A part of a program is printed without the indentation that it has there.
      const asThere = ['', '\t', '  ', '    '].map((indentation) => code.replaceAll(/^(?=.)/gm, indentation));
      assert.ok(
        textsOf(client).some((text) => asThere.some((lines) => text.includes(lines))),
        code,
      );
    });
  }

  function textsOf({ pasted }: Client): string[] {
    if ('sample' in pasted) return samples.filter(({ id }) => id === pasted.sample).map(({ code }) => code);
    const files = globSync(`e2e/clients/${pasted.folder}/**/*.*`, { cwd: ROOT });
    return files.map(read);
  }
});
