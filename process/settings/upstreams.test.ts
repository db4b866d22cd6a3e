import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { upstreamsOf } from './upstreams.ts';

const ACME = { id: 'acme', issuer: 'https://login.acme.example', client_id: 'platform', client_secret: 'S3CRET-VALUE' };
const read = (...entries: object[]) => upstreamsOf(JSON.stringify(entries));

describe('UPSTREAMS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'upstreams-'));
  after(() => rmSync(folder, { recursive: true }));
  const pem = (namedCurve: string) =>
    generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' });
  writeFileSync(join(folder, 'AuthKey.p8'), pem('P-256'));
  writeFileSync(join(folder, 'other.p8'), pem('P-384'));

  it('needs an id, an issuer and a client, and has a default for the rest', () => {
    assert.deepEqual(read(ACME), [
      {
        id: 'acme',
        issuer: 'https://login.acme.example',
        name: 'acme',
        logo: undefined,
        clientId: 'platform',
        clientSecret: 'S3CRET-VALUE',
        scopes: ['openid', 'profile', 'email'],
        claims: {
          given_name: 'given_name',
          family_name: 'family_name',
          email: 'email',
          email_verified: 'email_verified',
          locale: 'locale',
        },
        realms: ['production'],
        only: false,
        responseMode: 'query',
        trustEmail: false,
        coop: 'auto',
        logout: false,
        handOver: false,
        trustMfa: false,
      },
    ]);
  });

  it('takes what is set, adds openid, and keeps the issuer to the letter', () => {
    const [acme] = read({
      ...ACME,
      issuer: 'https://acme.auth0.example/',
      name: 'Acme',
      scopes: ['email'],
      claims: { email: 'mail', email_verified: 'mail_ok' },
      realms: ['sandbox', 'production'],
      only: true,
      trust_email: true,
      coop: 'severs',
      logout: true,
    });
    assert.equal(acme?.issuer, 'https://acme.auth0.example/');
    assert.deepEqual(acme?.scopes, ['openid', 'email']);
    assert.deepEqual(
      [acme?.claims.email, acme?.claims.email_verified, acme?.claims.given_name],
      ['mail', 'mail_ok', 'given_name'],
    );
  });

  it('is also a file, beside which the key of Apple is', () => {
    const file = join(folder, 'upstreams.json');
    const apple = {
      id: 'apple',
      issuer: 'https://appleid.apple.com',
      client_id: 'com.example.web',
      response_mode: 'form_post',
    };
    writeFileSync(file, JSON.stringify([{ ...apple, team_id: 'TEAM', key_id: 'KEY', key_file: 'AuthKey.p8' }]));
    const [read] = upstreamsOf(file);
    assert.ok(typeof read?.clientSecret === 'object');
    assert.deepEqual(
      [read.clientSecret.teamId, read.clientSecret.keyId, read.responseMode],
      ['TEAM', 'KEY', 'form_post'],
    );
  });

  it('allows http on this machine alone', () => {
    assert.ok(read({ ...ACME, issuer: 'http://localhost:8080/realms/acme' }));
    assert.throws(() => read({ ...ACME, issuer: 'http://keycloak.internal' }), /\[0\]\.issuer must be https/);
  });

  it('names all that is wrong at once, and repeats no value', () => {
    const wrong = [
      { ...ACME, id: 'Acme', issuer: 'acme', clientSecret: 'S3CRET-VALUE' },
      { ...ACME, claims: { shoe_size: 'x' }, coop: 'maybe', realms: [] },
      { ...ACME, team_id: 'TEAM' },
      { ...ACME, client_secret: undefined, team_id: 'T', key_id: 'K', key_file: join(folder, 'other.p8') },
    ];
    assert.throws(
      () => read(...wrong),
      ({ message }: Error) => {
        for (const part of [
          '[0].id must be up to 32 letters',
          '[0].issuer must be a web address',
          '[0] has an unknown name: clientSecret',
          '[1].claims',
          '[1].coop must be one of auto, severs, keeps',
          '[1].realms',
          '[2] has client_secret and key_file',
          '[2] must have team_id, key_id and key_file together',
          '[3].key_file must be a file with a private key',
        ])
          assert.ok(message.includes(part), `${part}\nin: ${message}`);
        assert.ok(!message.includes('S3CRET'));
        return true;
      },
    );
  });

  it('refuses what contradicts itself', () => {
    assert.throws(() => read(ACME, { ...ACME, client_id: 'other' }), /several upstreams with the id acme/);
    assert.throws(() => read(ACME, { ...ACME, id: 'b' }), /same issuer and client_id twice in the realm production/);
    assert.throws(
      () => read({ ...ACME, only: true }, { ...ACME, id: 'b', client_id: 'b' }),
      /the only way in, and others/,
    );
    assert.throws(
      () => read({ ...ACME, hand_over: true }, { ...ACME, id: 'b', client_id: 'b', hand_over: true }),
      /several upstreams that hand over/,
    );
    assert.ok(read({ ...ACME, only: true }, { ...ACME, id: 'b', realms: ['sandbox'] }));
  });

  it('says what is no JSON, no list and no file', () => {
    assert.throws(() => upstreamsOf('[{]'), /is not valid JSON/);
    assert.throws(() => upstreamsOf(join(folder, 'none.json')), /the path of a file that can be read/);
    assert.throws(() => upstreamsOf(join(folder, 'other.p8')), /names a file that is not valid JSON/);
    assert.throws(() => upstreamsOf(JSON.stringify(Array(21).fill(ACME))), /at most 20 upstreams/);
  });
});
