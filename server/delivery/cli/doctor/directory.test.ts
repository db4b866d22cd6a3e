import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '#config.ts';
import { TestDirectory } from '#testing/test-directory.ts';
import { examineDirectory } from './directory.ts';

describe('the doctor, of a live directory,', () => {
  let server: TestDirectory;
  before(async () => {
    server = await TestDirectory.start();
  });
  after(() => server.stop());
  const examine = (more: Record<string, string> = {}) =>
    examineDirectory(readConfig({ DATA_DIR: 'unused', ...server.settings(), ...more }));

  it('has nothing to say where there is none', async () => {
    assert.equal((await examineDirectory(readConfig({ DATA_DIR: 'unused' }))).level, 'ok');
  });

  it('asks about nobody, with a right signature', async () => {
    const finding = await examine();
    assert.equal(finding.level, 'ok', finding.message);
    assert.match(server.asked[0]?.email ?? '', /\.invalid$/);
    assert.equal(server.asked[0]?.password, undefined);
  });

  it('finds a secret that differs, an address where nobody is, and a proxy that answers for it', async () => {
    const other = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
    const signature = await examine({ DIRECTORY_SECRET: other });
    assert.equal(signature.level, 'problem');
    assert.match(signature.advice ?? '', /compare DIRECTORY_SECRET on both sides/);
    assert.match((await examine({ DIRECTORY_URL: 'http://127.0.0.1:1/' })).message, /nobody was reached/);
    server.instead = (response) => void response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>404</h1>');
    assert.match((await examine()).message, /answered with HTML/);
  });

  it('finds one that knows everybody', async () => {
    server.instead = (response) => void response.writeHead(200).end('{"id":"u-1"}');
    assert.equal((await examine()).level, 'problem');
  });
});
