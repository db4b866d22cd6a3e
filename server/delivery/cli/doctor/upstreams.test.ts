import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { readConfig } from '#config.ts';
import { UPSTREAM_CLIENT, UpstreamServer } from '#testing/upstream-server.ts';
import { examineUpstreams } from './upstreams.ts';

describe('the doctor, of other logins,', () => {
  let server: UpstreamServer;
  before(async () => {
    server = await UpstreamServer.start({ redirectUris: ['http://localhost:4000/upstream/acme/callback'], people: [] });
  });
  after(() => server.close());

  const examine = async (more: object = {}) => {
    const acme = { id: 'acme', issuer: server.issuer, ...UPSTREAM_CLIENT, ...more };
    const [finding] = await examineUpstreams(readConfig({ DATA_DIR: 'unused', UPSTREAMS: JSON.stringify([acme]) }));
    return finding;
  };

  it('has nothing to say where there are none', async () => {
    assert.deepEqual(
      (await examineUpstreams(readConfig({ DATA_DIR: 'unused' }))).map(({ level }) => level),
      ['ok'],
    );
  });

  it('says that one answers, and what its pages do to the window', async () => {
    const keeps = await examine();
    assert.equal(keeps?.level, 'ok');
    assert.match(keeps?.message ?? '', /leave the popup connected/);
    server.coop = 'same-origin';
    assert.match((await examine())?.message ?? '', /window of its own/);
    assert.equal((await examine({ only: true }))?.level, 'warning');
    assert.match((await examine({ coop: 'keeps' }))?.message ?? '', /leave the popup connected/);
    server.coop = undefined;
  });

  it('says what to look at where the website that hands over does not answer', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const keys = JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] });
    const url = 'http://127.0.0.1:1/hand-over';
    const config = readConfig({ DATA_DIR: 'unused', HANDOVER_URL: url, HANDOVER_KEYS: keys });
    const [finding] = await examineUpstreams(config);
    assert.equal(finding?.level, 'problem');
    assert.match(finding?.advice ?? '', /HANDOVER_URL/);
  });

  it('says what is wrong with an issuer', async () => {
    const finding = await examine({ issuer: `${server.issuer}/realms/none` });
    assert.equal(finding?.level, 'problem');
    assert.match(finding?.advice ?? '', /to the letter/);
  });
});
