import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import {
  allowGrant,
  cookiesOf,
  createAuthorizationContext,
  createInteraction,
  currentRequest,
  decideClientSecrets,
  decideIdTokenAlg,
  decideRedirectUris,
  decideSessionIds,
  engineWithResponseModes,
  foundSoFar,
  giveBody,
  grantFrom,
  isEnded,
  keepProperty,
  loadSession,
  saveSession,
  sentParameter,
  signIdToken,
  signLogoutToken,
  spareSession,
  waiveClientRules,
} from './engine-internals.ts';

// Each test covers one undocumented part of oidc-provider. A failure after an upgrade says which part has changed.

const CLIENT = {
  client_id: 'shop',
  client_secret: 'registered',
  redirect_uris: ['https://shop.example/back'],
  grant_types: ['authorization_code'],
  response_types: ['code'],
} as const;

const IMPLICIT_ON_LOOPBACK = {
  client_id: 'developer',
  client_secret: 'secret',
  redirect_uris: ['http://localhost:3000'],
  grant_types: ['implicit'],
  response_types: ['id_token'],
} as const;

function createEngine(clients: readonly object[], more: Configuration = {}): Provider {
  return new Provider('http://localhost', {
    clients: clients as NonNullable<Configuration['clients']>,
    responseTypes: ['code', 'id_token'],
    pkce: { required: () => false },
    cookies: { keys: ['key'] },
    ...more,
  });
}

/** Starts a server on loopback that answers with `handle`. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const server: Server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

describe('the checks that we replace in the engine', () => {
  const provider = createEngine([CLIENT]);
  const answering = new Set<string | undefined>();
  const seen: { route: string | undefined; params: unknown }[] = [];
  let site: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    decideRedirectUris(provider, (client, uri) => {
      answering.add(currentRequest()?.oidc.route);
      return client.clientId === 'shop' && uri === 'https://ours.example/';
    });
    decideClientSecrets(provider, (client, secret) => client.clientId === 'shop' && secret === 'ours');
    provider.use(async (ctx, next) => {
      await next();
      const { route, params } = foundSoFar(ctx);
      seen.push({ route, params });
    });
    site = await serve(provider.callback());
  });
  after(() => site.close());

  const authorize = (redirectUri: string) =>
    fetch(
      `${site.url}/auth?${new URLSearchParams({ client_id: 'shop', response_type: 'code', scope: 'openid', redirect_uri: redirectUri })}`,
      { redirect: 'manual' },
    );
  const token = async (secret: string) => {
    const response = await fetch(`${site.url}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`shop:${secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: 'none',
        redirect_uri: 'https://ours.example/',
      }),
    });
    return ((await response.json()) as { error: string }).error;
  };

  it('decide where a client’s response may go', async () => {
    assert.equal((await authorize('https://ours.example/')).status, 303, 'on to the interaction');
    assert.equal(
      (await authorize('https://shop.example/back')).status,
      400,
      'what it registered with the engine does not count',
    );
  });

  it('decide which secret is the client’s', async () => {
    assert.equal(await token('ours'), 'invalid_grant', 'the client is known, the code is not');
    assert.equal(await token('registered'), 'invalid_client');
  });

  it('can read the request that is being answered, and none outside a request', () => {
    assert.deepEqual(new Set(seen.map(({ route }) => route)), new Set(['authorization', 'token']));
    assert.equal((seen[0]?.params as Record<string, unknown> | undefined)?.['client_id'], 'shop');
    assert.deepEqual(answering, new Set(['authorization']));
    assert.equal(currentRequest(), undefined);
    assert.deepEqual(foundSoFar({}), {});
  });
});

describe('a body that was read before the engine asks for it', () => {
  const bodies = [Buffer.from(new URLSearchParams({ token: 'one' }).toString()), new Error('no body')];
  let site: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    const answer = createEngine([CLIENT], { features: { revocation: { enabled: true } } }).callback();
    site = await serve((request, response) => {
      request.resume().once('end', () => {
        giveBody(request, bodies.shift() ?? new Error('no more bodies'));
        void answer(request, response);
      });
    });
  });
  after(() => site.close());

  it('is the one that the engine parses, and why there is none is a reason to refuse', async () => {
    const ask = async () => {
      const body = new URLSearchParams({ other: 'two' });
      const response = await fetch(`${site.url}/token/revocation`, { method: 'POST', body });
      return ((await response.json()) as { error_description: string }).error_description;
    };
    assert.equal(await ask(), 'no client authentication mechanism provided');
    assert.equal(await ask(), 'failed to parse the request body');
  });
});

describe('the scope as the client sent it', () => {
  const seen: (string | undefined)[] = [];
  const provider = createEngine([{ ...CLIENT, grant_types: ['authorization_code', 'refresh_token'] }], {
    scopes: ['openid', 'offline_access'],
    clientAuthMethods: ['client_secret_basic'],
    features: { pushedAuthorizationRequests: { enabled: true } },
    extraParams: {
      any: (ctx) => {
        assert.equal(ctx.oidc.params?.['scope'], 'openid', 'the engine has dropped a part of it');
        seen.push(sentParameter(ctx, 'scope'));
        Object.assign(ctx.oidc.params ?? {}, { scope: seen.at(-1) });
      },
    },
  });
  let site: Awaited<ReturnType<typeof serve>>;
  before(async () => {
    site = await serve(provider.callback());
  });
  after(() => site.close());

  it('is known, whichever way it came', async () => {
    const params = new URLSearchParams({
      client_id: 'shop',
      response_type: 'code',
      scope: 'openid offline_access',
      redirect_uri: 'https://shop.example/back',
    });
    await fetch(`${site.url}/auth?${params}`, { redirect: 'manual' });
    const pushed = await fetch(`${site.url}/request`, {
      method: 'POST',
      body: params,
      headers: { authorization: `Basic ${btoa('shop:registered')}` },
    });
    const { request_uri: uri } = (await pushed.json()) as { request_uri: string };
    const query = new URLSearchParams({ client_id: 'shop', request_uri: uri });
    await fetch(`${site.url}/auth?${query}`, { redirect: 'manual' });
    assert.deepEqual(seen, Array(3).fill('openid offline_access'));
  });
});

describe('the engine’s rules for client metadata', () => {
  it('apply unless they are waived', async () => {
    await assert.rejects(createEngine([IMPLICIT_ON_LOOPBACK]).Client.find('developer'), {
      message: 'invalid_redirect_uri',
    });
  });

  it('can be waived one by one', async () => {
    const provider = createEngine([
      IMPLICIT_ON_LOOPBACK,
      { ...IMPLICIT_ON_LOOPBACK, client_id: 'wrong', response_types: ['nonsense'] },
    ]);
    waiveClientRules(provider, ['implicit-force-https', 'implicit-forbid-localhost']);
    assert.equal((await provider.Client.find('developer'))?.clientId, 'developer');
    await assert.rejects(provider.Client.find('wrong'), { error_description: /response_types/ });
  });
});

describe('a grant that has been read already', () => {
  it('is what the engine finds by its id', async () => {
    const provider = createEngine([CLIENT]);
    const made = new provider.Grant({ clientId: 'shop', accountId: 'jane' });
    made.addOIDCScope('openid email');
    const id = await made.save();
    const stored = await provider.Grant.adapter.find(id);
    assert.deepEqual({ ...grantFrom(provider, { ...stored }) }, { ...(await provider.Grant.find(id)) });
  });
});

describe('what we keep with the engine’s records', () => {
  it('gets its value when a record is saved for the first time, and comes back with it', async () => {
    const provider = createEngine([CLIENT]);
    let value = 'first';
    keepProperty(provider, 'AuthorizationCode', 'ours', () => value);
    const client = await provider.Client.find('shop');
    assert.ok(client);
    const code = new provider.AuthorizationCode({ client, accountId: 'jane' } as never);
    const id = await code.save();
    value = 'second';
    const found = (await provider.AuthorizationCode.find(id)) as unknown as { ours: string; save(): Promise<string> };
    assert.equal(found.ours, 'first');
    await found.save();
    assert.equal(((await provider.AuthorizationCode.find(id)) as unknown as { ours: string }).ours, 'first');
    const plain = new provider.RefreshToken({ client, accountId: 'jane' } as never);
    assert.ok(!('ours' in ((await provider.RefreshToken.find(await plain.save())) ?? {})), 'with that model alone');
  });
});

describe('the algorithm of ID tokens', () => {
  it('is decided for each that is signed, and each that comes back as a hint; the client stays as it is', async () => {
    const keys = await Promise.all(
      ['ES256', 'RS256', 'EdDSA'].map(async (alg) => {
        const { privateKey } = await generateKeyPair(alg, { extractable: true });
        return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: alg };
      }),
    );
    const provider = createEngine([CLIENT], {
      jwks: { keys: keys as never },
      enabledJWA: { idTokenSigningAlgValues: ['ES256', 'RS256', 'EdDSA'] },
    });
    let alg = 'ES256';
    decideIdTokenAlg(provider, { toSign: () => alg, accepted: ['ES256', 'EdDSA'] });
    const client = await provider.Client.find('shop');
    assert.ok(client);
    const sign = () => {
      const token = new provider.IdToken({ sub: 'jane' }, { ctx: { oidc: { client } } as never });
      Object.assign(token, { scope: 'openid', mask: {}, rejected: [] });
      return token.issue({ use: 'idtoken' });
    };
    const validate = (token: string) =>
      (provider.IdToken as unknown as { validate(token: string, client: unknown): Promise<object> }).validate(
        token,
        client,
      );
    const signed = await sign();
    alg = 'EdDSA';
    const tokens = [signed, await sign()];
    alg = 'RS256';
    const unaccepted = await sign();
    assert.deepEqual(
      [...tokens, unaccepted].map((token) => decodeProtectedHeader(token)),
      ['ES256', 'EdDSA', 'RS256'].map((name) => ({ alg: name, kid: name })),
    );
    for (const token of tokens) assert.ok(await validate(token));
    assert.equal(client.idTokenSignedResponseAlg, 'RS256', 'the engine’s own default');
    assert.ok(await validate(unaccepted), 'as the client registered');
    const [, payload] = signed.split('.');
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`;
    for (const token of [none, 'nonsense', `${signed}A`]) await assert.rejects(validate(token));
  });
});

describe('outside of a request of the engine’s own', () => {
  const provider = createEngine([CLIENT], {
    claims: { openid: ['sub'], email: ['email'], phone: ['phone_number'], profile: ['birthdate'] },
    features: { claimsParameter: { enabled: true } },
  });
  let site: Awaited<ReturnType<typeof serve>>;
  let answer: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>;
  before(async () => {
    site = await serve((request, response) => {
      answer(request, response).then(
        (result) => response.end(JSON.stringify(result)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  });
  after(() => site.close());

  const ask = async (work: typeof answer, cookie?: string) => {
    answer = work;
    const response = await fetch(site.url, { headers: cookie ? { cookie } : {} });
    assert.equal(response.status, 200, response.ok ? '' : await response.clone().text());
    return { response, result: await response.json() };
  };

  it('a session is loaded, kept in a cookie, found again and ended', async () => {
    const { response, result: first } = await ask(async (request, reply) => {
      const session = await loadSession(provider, request, reply);
      session.loginAccount({ accountId: 'jane', loginTs: 1 });
      await session.save(60);
      cookiesOf(provider, request, reply, true).set(provider.cookieName('session'), session.jti, {
        signed: true,
        secure: true,
      });
      return { uid: session.uid, ended: isEnded(session) };
    });
    const lines = response.headers.getSetCookie();
    assert.ok(
      lines.some((line) => /; secure/i.test(line)),
      'secure, though this connection is not encrypted',
    );
    const cookie = lines.map((line) => line.split(';', 1)[0]).join('; ');
    const { result: second } = await ask(async (request, reply) => {
      const session = await loadSession(provider, request, reply);
      const known = { uid: session.uid, accountId: session.accountId };
      await session.destroy();
      return { ...known, ended: isEnded(session) };
    }, cookie);
    const { uid, ended } = first as { uid: string; ended: boolean };
    assert.equal(ended, false);
    assert.deepEqual(second, { uid, accountId: 'jane', ended: true });
  });

  it('an ID token is issued in a context made for it', async () => {
    const { result } = await ask(async (request, reply) => {
      const params = { client_id: 'shop', nonce: 'n', response_type: 'id_token' };
      const ctx: KoaContextWithOIDC = createAuthorizationContext(provider, request, reply, params);
      const client = await provider.Client.find('shop');
      assert.ok(client);
      ctx.oidc.entity('Client', client);
      assert.deepEqual(ctx.oidc.params, params);
      ctx.oidc.entity('Account', { accountId: 'jane', claims: () => ({ sub: 'jane' }) });
      const claims = { email: 'jane@example.com', phone_number: '+31', birthdate: '1990-05-17' };
      const mask = { email: null, phone_number: null };
      return signIdToken(provider, ctx, { subject: 'jane', nonce: 'n', claims, mask, rejected: ['phone_number'] });
    });
    const [, payload = ''] = String(result).split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
    assert.equal(claims['aud'], 'shop');
    assert.equal(claims['nonce'], 'n');
    assert.equal(claims['sub'], 'jane');
    assert.equal(claims['email'], 'jane@example.com', 'asked for and granted');
    assert.equal(claims['phone_number'], undefined, 'refused');
    assert.equal(claims['birthdate'], undefined, 'not asked for');
  });
});

describe('the response modes that we replace in the engine', () => {
  it('answer in place of its own, and the others stay', async () => {
    const Engine = engineWithResponseModes({
      form_post: (ctx, uri, { error }) => {
        (ctx as { body?: unknown }).body = `${error} for ${uri}`;
      },
      query: (ctx, uri) => ctx.redirect(`${uri}?ours`),
    });
    const provider = new Engine('http://localhost', {
      clients: [CLIENT],
      pkce: { required: () => false },
    } as Configuration);
    const site = await serve(provider.callback());
    const ask = (mode: string) =>
      fetch(`${site.url}/auth?client_id=shop&prompt=none&scope=openid&response_type=code&response_mode=${mode}`, {
        redirect: 'manual',
      });
    try {
      assert.equal(await (await ask('form_post')).text(), 'login_required for https://shop.example/back');
      assert.equal((await ask('query')).headers.get('location'), 'https://shop.example/back?ours');
      const { status, headers } = await ask('fragment');
      assert.deepEqual([status, headers.get('location')?.startsWith('https://shop.example/back#error=')], [303, true]);
    } finally {
      site.close();
    }
  });
});

describe('the device flow', () => {
  const GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

  it('is for clients that we allow, keeps what we begin, and leaves no session of who makes an error', async () => {
    let isSpared = true;
    const provider = new Provider('http://localhost', {
      clients: [CLIENT, { ...CLIENT, client_id: 'other' }],
      cookies: { keys: ['key'] },
      features: {
        deviceFlow: {
          enabled: true,
          userCodeInputSource: (ctx) => {
            if (isSpared) spareSession(ctx);
            (ctx as { body?: unknown }).body = 'our page';
          },
        },
      },
    } as Configuration);
    allowGrant(provider, GRANT, ({ clientId }) => clientId === 'shop');
    const site = await serve(provider.callback());
    const begin = (client_id: string) =>
      fetch(`${site.url}/device/auth`, {
        method: 'POST',
        body: new URLSearchParams({ client_id, client_secret: 'registered', scope: 'openid' }),
      });
    try {
      const [allowed, other] = [await begin('shop'), await begin('other')];
      assert.deepEqual([allowed.status, other.status], [200, 400]);
      const { user_code: shown } = (await allowed.json()) as { user_code: string };
      const code = await provider.DeviceCode.findByUserCode(shown.replace('-', ''));
      assert.equal(code?.clientId, 'shop');
      const content = { prompt: { name: 'device' }, returnTo: 'http://localhost', params: {}, deviceCode: code?.jti };
      await createInteraction(provider, 'an-attempt', content).save(60);
      const found = await provider.Interaction.find('an-attempt');
      assert.deepEqual([found?.uid, found?.deviceCode], ['an-attempt', code?.jti]);
      const spared = await fetch(`${site.url}/device/unknown`);
      assert.deepEqual([await spared.text(), spared.status, spared.headers.get('set-cookie')], ['our page', 400, null]);
      isSpared = false;
      assert.equal((await fetch(`${site.url}/device/unknown`)).status, 500, 'else it would be saved');
    } finally {
      site.close();
    }
  });
});

describe('a session that is saved through another adapter', () => {
  it('is not in the engine’s own, until it is saved there', async () => {
    const provider = createEngine([CLIENT]);
    const session = new provider.Session();
    session.loginAccount({ accountId: 'jane' });
    const { jti: earlier } = session;
    session.resetIdentifier();
    const written: unknown[] = [];
    const adapter = {
      upsert: async (id: string, { accountId }: { accountId?: string }, expiresIn: number) => {
        written.push({ id, accountId, expiresIn });
      },
      destroy: async (id: string) => {
        written.push({ ended: id });
      },
    };
    await saveSession(session, adapter, 60);
    assert.deepEqual(written, [{ ended: earlier }, { id: session.jti, accountId: 'jane', expiresIn: 60 }]);
    assert.equal(await provider.Session.find(session.jti), undefined);
    await session.save(60);
    assert.equal((await provider.Session.find(session.jti))?.accountId, 'jane');
    assert.equal(written.length, 2);
  });
});

describe('the names of sessions and the tokens that tell of their end', () => {
  it('are ours: the engine asks for each, and decides by what we say whether a code has it', async () => {
    const provider = createEngine([CLIENT]);
    decideSessionIds(
      provider,
      (uid, clientId) => `${uid} at ${clientId}`,
      ({ clientId }) => clientId === 'shop',
    );
    const session = new provider.Session() as unknown as {
      uid: string;
      ensureClientContainer(clientId: string): void;
      sidFor(clientId: string): string;
    };
    session.ensureClientContainer('shop');
    assert.equal(session.sidFor('shop'), `${session.uid} at shop`);
    const client = (await provider.Client.find('shop')) as unknown as { includeSid(): boolean };
    assert.equal(client.includeSid(), true);
  });

  it('are signed as logout tokens, with the subject that is given', async () => {
    const provider = createEngine([CLIENT], { jwks: { keys: [await signingKey()] } });
    const client = (await provider.Client.find('shop')) ?? assert.fail();
    const token = await signLogoutToken(provider, client, { subject: 'jane', sid: 'session' });
    const { typ } = decodeProtectedHeader(token);
    const { sub, sid, aud, events, exp = 0, iat = 0, nonce } = decodeJwt(token);
    assert.deepEqual([typ, sub, sid, aud, exp - iat, nonce], ['logout+jwt', 'jane', 'session', 'shop', 120, undefined]);
    assert.deepEqual(events, { 'http://schemas.openid.net/event/backchannel-logout': {} });
  });
});

async function signingKey() {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: 'k', alg: 'RS256', use: 'sig' } as never;
}
