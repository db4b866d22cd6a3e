import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { UPSTREAM_CLIENT, UpstreamServer } from '#testing/upstream-server.ts';
import { type UpstreamSettings, upstreamsOf } from '../../process/settings/upstreams.ts';
import { freePort } from '../testing/free-port.ts';
import { clientAuthentication } from './client-secret.ts';
import { OpenIdUpstream } from './openid-upstream.ts';
import { personOf } from './person.ts';
import type { AttemptSecrets } from './upstream.ts';

const ISSUER = 'https://id.example';
const REDIRECT_URI = `${ISSUER}/upstream/acme/callback`;
const ADA = {
  sub: 'ada-1',
  given_name: 'Ada',
  family_name: 'Lovelace',
  email: 'ada@acme.example',
  email_verified: true,
  locale: 'en-GB',
};

const settingsFor = (issuer: string, more: object = {}): UpstreamSettings => {
  const [settings] = upstreamsOf(
    JSON.stringify([{ id: 'acme', issuer, ...UPSTREAM_CLIENT, trust_email: true, ...more }]),
  );
  assert.ok(settings);
  return settings;
};

describe('an upstream', () => {
  let server: UpstreamServer;
  let other: UpstreamServer;
  before(async () => {
    const options = { redirectUris: [REDIRECT_URI], people: [ADA] };
    [server, other] = await Promise.all([UpstreamServer.start(options), UpstreamServer.start(options)]);
  });
  after(() => Promise.all([server.close(), other.close()]));

  let count = 0;
  const newSecrets = (): AttemptSecrets => {
    count += 1;
    return { state: `state-${count}`, nonce: `nonce-${count}`, codeVerifier: 'v'.repeat(43) + count };
  };
  const upstream = (more: object = {}) => new OpenIdUpstream(settingsFor(server.issuer, more), ISSUER);

  it('is asked for a code, with PKCE, a nonce and a state of this attempt', async () => {
    const url = await upstream().signInUrl(newSecrets(), {
      loginHint: 'ada@acme.example',
      languages: ['nl', 'en'],
      prompt: 'login',
    });
    const asked = Object.fromEntries(url.searchParams);
    assert.equal(url.origin, server.issuer);
    assert.match(asked['code_challenge'] ?? '', /^[\w-]{43}$/);
    assert.deepEqual(
      [
        asked['response_type'],
        asked['code_challenge_method'],
        asked['scope'],
        asked['redirect_uri'],
        asked['client_id'],
      ],
      ['code', 'S256', 'openid profile email', REDIRECT_URI, 'platform'],
    );
    assert.deepEqual(
      [
        asked['nonce'],
        asked['state'],
        asked['login_hint'],
        asked['ui_locales'],
        asked['prompt'],
        asked['response_mode'],
      ],
      [`nonce-${count}`, `state-${count}`, 'ada@acme.example', 'nl en', 'login', undefined],
    );
  });

  it('says who has signed in, by issuer and subject, and what it knows of them', async () => {
    server.auto = ADA.sub;
    const [acme, secrets] = [upstream(), newSecrets()];
    assert.deepEqual(await acme.answer(await signIn(await acme.signInUrl(secrets)), secrets), {
      outcome: 'person',
      person: {
        issuer: server.issuer,
        subject: 'ada-1',
        givenName: 'Ada',
        familyName: 'Lovelace',
        email: 'ada@acme.example',
        emailVerified: true,
        locale: 'en-GB',
      },
    });
  });

  it('says that the person declined', async () => {
    server.auto = 'declines';
    const [acme, secrets] = [upstream(), newSecrets()];
    const query = await signIn(await acme.signInUrl(secrets));
    assert.equal(query.get('error'), 'access_denied');
    assert.deepEqual(await acme.answer(query, secrets), { outcome: 'denied' });
  });

  describe('is not believed', () => {
    const refused = async (change: (asked: URL, query?: URLSearchParams) => void, more?: Partial<AttemptSecrets>) => {
      server.auto = other.auto = ADA.sub;
      const [acme, secrets] = [upstream(), newSecrets()];
      const url = await acme.signInUrl(secrets);
      change(url);
      const query = await signIn(url);
      change(url, query);
      const answer = await acme.answer(query, { ...secrets, ...more });
      assert.equal(answer.outcome, 'refused', JSON.stringify(answer));
      // A code works once, so the same answer a second time would not do either.
      return 'because' in answer ? answer.because : '';
    };

    it('with a nonce of another attempt', async () => {
      assert.match(await refused((url) => url.searchParams.set('nonce', 'of-somebody-else')), /nonce/);
    });

    it('with a code that was asked for with another verifier', async () => {
      await refused(() => {}, { codeVerifier: 'w'.repeat(43) });
    });

    it('with another state', async () => {
      await refused((_url, query) => query?.set('state', 'another'));
    });

    it('with the issuer of another upstream, or without one (RFC 9207)', async () => {
      await refused((_url, query) => query?.set('iss', other.issuer));
      await refused((_url, query) => query?.delete('iss'));
    });

    it('with a code of another upstream, even under its own name', async () => {
      await refused((url, query) => {
        if (query) query.set('iss', server.issuer);
        else url.host = new URL(other.issuer).host;
      });
    });

    it('a second time', async () => {
      server.auto = ADA.sub;
      const [acme, secrets] = [upstream(), newSecrets()];
      const query = await signIn(await acme.signInUrl(secrets));
      assert.equal((await acme.answer(query, secrets)).outcome, 'person');
      assert.equal((await acme.answer(query, secrets)).outcome, 'refused');
    });

    it('when it says that it is another issuer than was set', async () => {
      const wrong = new OpenIdUpstream(settingsFor(`${server.issuer}/realms/acme`), ISSUER);
      await assert.rejects(wrong.signInUrl(newSecrets()));
    });
  });

  it('that is down is unavailable, and is asked again as soon as somebody comes', async () => {
    const port = await freePort();
    const late = new OpenIdUpstream(settingsFor(`http://127.0.0.1:${port}`), ISSUER);
    await assert.rejects(late.signInUrl(newSecrets()));
    const answer = await late.answer(new URLSearchParams({ code: 'c', state: 's' }), newSecrets());
    assert.equal(answer.outcome, 'unavailable');
    const started = await UpstreamServer.start({ redirectUris: [REDIRECT_URI], people: [ADA], port });
    try {
      assert.ok(await late.signInUrl(newSecrets()));
    } finally {
      await started.close();
    }
  });

  it('that has an error of its own is unavailable', async () => {
    const failing = createServer((_request, response) => {
      response.statusCode = 502;
      response.end('<h1>Bad gateway</h1>');
    });
    const port = await freePort();
    await new Promise<void>((done) => failing.listen(port, '127.0.0.1', done));
    try {
      const bad = new OpenIdUpstream(settingsFor(`http://127.0.0.1:${port}`), ISSUER);
      assert.equal((await bad.answer(new URLSearchParams({ code: 'c' }), newSecrets())).outcome, 'unavailable');
    } finally {
      failing.close();
    }
  });
});

describe('what an upstream says of a person', () => {
  const settings = settingsFor('https://login.example', { claims: { given_name: 'fn', email: 'upn' } });
  const said = { iss: 'https://login.example', sub: 's' };

  it('is read by the names that the operator has set', () => {
    const person = personOf(
      settings,
      { ...said, fn: 'Ada', upn: 'ada@x.example', email: 'other@x.example' },
      undefined,
    );
    assert.deepEqual([person.givenName, person.email, person.emailVerified], ['Ada', 'ada@x.example', false]);
  });

  it('counts as verified where both the upstream and the operator say so', () => {
    const verified = { ...said, upn: 'a@x.example' };
    for (const [email_verified, trusted, expected] of [
      [true, true, true],
      ['true', true, true],
      ['false', true, false],
      [1, true, false],
      [undefined, true, false],
      [true, false, false],
    ] as const) {
      const person = personOf({ ...settings, trustEmail: trusted }, { ...verified, email_verified }, undefined);
      assert.equal(person.emailVerified, expected, `${email_verified} ${trusted}`);
    }
  });

  it('has the name that came beside it, where it has none itself', () => {
    const posted = JSON.stringify({ name: { firstName: 'Ada', lastName: 'Lovelace' }, email: 'evil@x.example' });
    const person = personOf(settings, { ...said, family_name: 'King' }, posted);
    assert.deepEqual([person.givenName, person.familyName, person.email], ['Ada', 'King', undefined]);
    for (const bad of ['', '{', '[]', '{"name":{"firstName":7}}']) assert.ok(personOf(settings, said, bad));
  });

  it('is nothing without a subject', () => {
    for (const sub of [undefined, '', 7, 'x'.repeat(256)])
      assert.throws(() => personOf(settings, { ...said, sub }, undefined));
  });
});

describe('the client secret', () => {
  it('of Apple is a statement that is signed by the operator’s key', async () => {
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const settings = {
      ...settingsFor('https://appleid.apple.com'),
      clientId: 'com.example.web',
      clientSecret: { teamId: 'TEAM', keyId: 'KEY', key },
    };
    const authenticate = await clientAuthentication(settings);
    const body = new URLSearchParams();
    const server = { issuer: settings.issuer, token_endpoint_auth_methods_supported: ['client_secret_post'] };
    authenticate(server, { client_id: settings.clientId }, body, new Headers());
    const secret = body.get('client_secret') ?? '';
    const { iss, sub, aud, iat = 0, exp = 0 } = decodeJwt(secret);
    assert.deepEqual(decodeProtectedHeader(secret), { alg: 'ES256', kid: 'KEY' });
    assert.deepEqual([iss, sub, aud], ['TEAM', 'com.example.web', 'https://appleid.apple.com']);
    assert.ok(exp > iat && exp - iat < 182 * 24 * 3600);
  });

  it('goes in the header where the server does not say otherwise', async () => {
    const settings = settingsFor('https://login.example');
    const [body, headers] = [new URLSearchParams(), new Headers()];
    (await clientAuthentication(settings))({ issuer: settings.issuer }, { client_id: 'platform' }, body, headers);
    assert.match(headers.get('authorization') ?? '', /^Basic /);
    assert.equal(body.get('client_secret'), null);
  });
});

/** Goes where a browser would, with its cookies, until the upstream sends it back. @returns what the upstream sends along */
async function signIn(start: URL): Promise<URLSearchParams> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let hops = 0; hops < 10; hops += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    assert.ok(location, `${response.status} ${await response.text()}`);
    url = new URL(location, url);
    if (url.href.startsWith(REDIRECT_URI)) return url.searchParams;
  }
  throw new Error('the upstream goes round in circles');
}
