import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { PORTAL_ROUTES } from '../composition/portal-routes.ts';
import { onEachPlatform, type PlatformContext } from '../testing/each-platform.ts';
import type { HttpBrowser } from '../testing/http-journey.ts';
import type { PortalRoute } from './route.ts';
import { csrfOf, resident } from './testing/resident.ts';

// Every address of the portal, opened and sent forms by somebody who is let in and means no good: a mistake is never the server's.

const LONG = 'x'.repeat(10_000);
const TOO_LARGE = 'x'.repeat(100_000);
const BOUNDARY = 'part';

/** Names that pages fill in by script, or that stand in links only; those of forms are read from the pages. */
const NAMES_BESIDE_FORMS = [
  'code',
  'continue',
  'done',
  'once',
  'response',
  'stopped',
  'passkey',
  'before',
  'after',
  'q',
  'group',
  'environment',
];

/** In the place of every input at once, beside a true token. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  'no input at all': [],
  'empty inputs': [''],
  'a zero byte': ['\0'],
  'a zero byte in an address': ['a\0b@example.com'],
  'the end of a line': ['a\r\nBcc: eve@example.com'],
  markup: ['"><script>alert(1)</script>'],
  'a property of every object': ['__proto__'],
  'a pattern': ['%'],
  'something long': [LONG],
  'an address that is none': ['https://\0/', 'https://[::1'],
  several: ['a', 'b'],
};

/** In the place of every parameter of a query at once. */
const QUERIES: readonly (readonly string[])[] = [['\0'], ['__proto__'], ['a', 'b'], ['x'.repeat(1_200)]];

/** In the place of each parameter of a path. */
const PARAMETERS = ['%00', '..%2F..', "'%20or%201=1--", '__proto__', 'x'.repeat(90)];

/** Whole bodies that are no form, or not one that anybody can read. */
const BODIES: readonly { name: string; type?: string; body: (csrf: string) => string }[] = [
  { name: 'JSON', type: 'application/json', body: (csrf) => JSON.stringify({ csrf, name: { a: [1] } }) },
  { name: 'text', type: 'text/plain', body: (csrf) => `csrf=${csrf}` },
  { name: 'of no type', body: (csrf) => `csrf=${csrf}` },
  { name: 'of a nonsensical type', type: '\u00ff;;', body: (csrf) => `csrf=${csrf}` },
  {
    name: 'bytes that are no UTF-8',
    type: 'application/x-www-form-urlencoded',
    body: (csrf) => `csrf=${csrf}&name=%FF%C0&email=%ED%A0%80&password=%ED%A0%80`,
  },
  { name: 'half an escape', type: 'application/x-www-form-urlencoded', body: (csrf) => `csrf=${csrf}&name=%&email=%4` },
  { name: 'too large', type: 'application/x-www-form-urlencoded', body: (csrf) => `csrf=${csrf}&name=${TOO_LARGE}` },
  { name: 'in parts without a boundary', type: 'multipart/form-data', body: (csrf) => multipart([['csrf', csrf]]) },
  { name: 'in parts that break off', type: multipartType(), body: (csrf) => multipart([['csrf', csrf]]).slice(0, -8) },
  {
    name: 'in parts named like a prototype',
    type: multipartType(),
    body: (csrf) =>
      multipart([
        ['csrf', csrf],
        ['__proto__', 'x'],
        ['constructor', 'x'],
      ]),
  },
];

// PostgreSQL is the one that refuses texts.
onEachPlatform('hostile requests to the portal', hostileTests, ['PostgreSQL']);

function hostileTests(context: PlatformContext): void {
  const attacker = {} as Awaited<ReturnType<typeof newAttacker>>;
  let names: readonly string[];

  before(async () => {
    Object.assign(attacker, await newAttacker(context));
    names = await namesOfInputs(attacker);
  });

  for (const route of PORTAL_ROUTES) {
    it(`${route.method} ${route.path}`, async () => {
      // Some of these end a session, or an account: they come from somebody else then.
      if ((await attacker.send('GET', '/account')) !== 200) Object.assign(attacker, await newAttacker(context));
      const requests = route.method === 'GET' ? hostileGets(route) : hostileForms(route, attacker.csrf);
      const answers = await Promise.all(
        requests.map(async ({ what, path, init }) => ({
          what,
          status: await attacker.send(route.method, path(attacker.appId), init),
        })),
      );
      assert.deepEqual(
        answers.filter(({ status }) => status >= 500),
        [],
      );
    });
  }

  interface HostileRequest {
    what: string;
    path: (appId: string) => string;
    init?: RequestInit;
  }

  function hostileGets(route: PortalRoute): HostileRequest[] {
    const queries = QUERIES.map((values) => ({
      what: `a query of ${values}`,
      path: (appId: string) => `${addressOf(route, appId)}?${fieldsOf(NAMES_BESIDE_FORMS, values)}`,
    }));
    return [...queries, ...hostilePaths(route)];
  }

  function hostileForms(route: PortalRoute, csrf: string): HostileRequest[] {
    const path = (appId: string) => addressOf(route, appId);
    const form = (fields: URLSearchParams): RequestInit => {
      fields.set('csrf', csrf);
      return { body: fields.toString(), headers: { 'content-type': 'application/x-www-form-urlencoded' } };
    };
    const values = Object.entries(VALUES).map(([what, value]) => ({ what, path, init: form(fieldsOf(names, value)) }));
    const files = {
      what: 'files for texts',
      path,
      init: {
        body: multipart([['csrf', csrf], ...names.slice(0, 15).map((name) => [name, '\0', 'file'] as const)]),
        headers: { 'content-type': multipartType() },
      },
    };
    const bodies = BODIES.map(({ name, type, body }) => ({
      what: name,
      path,
      init: { body: Buffer.from(body(csrf)), headers: type === undefined ? {} : { 'content-type': type } },
    }));
    const paths = hostilePaths(route).map((one) => ({ ...one, init: form(new URLSearchParams()) }));
    return [...values, files, ...bodies, ...paths];
  }
}

/** Who may do everything that anybody may: an owner with a recent sign-in. */
async function newAttacker({ platform }: PlatformContext) {
  const { account, browser } = await resident(platform);
  const { appId } = await platform.createApp();
  await platform.storage.appMembers.put(appId, account.id, 'owner');
  const csrf = await csrfOf(browser);
  return { appId, browser, csrf, send };

  /** @returns the status; what comes with it may be endless */
  async function send(method: string, path: string, { headers, ...init }: RequestInit = {}): Promise<number> {
    const response = await fetch(platform.url + path, {
      method,
      redirect: 'manual',
      headers: { cookie: browser.cookieHeader('/account'), origin: platform.url, ...headers },
      ...init,
    });
    await response.body?.cancel();
    return response.status;
  }
}

/** What the forms of all pages ask for. */
async function namesOfInputs({ browser, appId }: { browser: HttpBrowser; appId: string }): Promise<readonly string[]> {
  const names = new Set(NAMES_BESIDE_FORMS);
  for (const route of PORTAL_ROUTES) {
    if (route.method === 'POST' || route.path.endsWith('/stream') || route.path === '/data/download') continue;
    const { html } = await browser.get(addressOf(route, appId));
    for (const [, name = ''] of html.matchAll(/<(?:input|select|textarea|button)[^>]*\sname="([^"]*)"/g))
      names.add(name);
  }
  names.delete('csrf');
  assert.ok(names.size > 30, `${names.size} names`);
  return [...names];
}

function addressOf({ path, realms }: PortalRoute, appId: string): string {
  const prefix = realms?.includes('production') === false ? '/sandbox' : '';
  return `${prefix}/account${path === '/' ? '' : path}`
    .replace(':appId', appId)
    .replace(':environment', 'localhost')
    .replaceAll(/:\w+/g, 'unknown');
}

/** Each parameter in turn; the others are right, so that it is looked at. */
function hostilePaths(route: PortalRoute): { what: string; path: (appId: string) => string }[] {
  return [...route.path.matchAll(/:\w+/g)].flatMap(([parameter]) =>
    PARAMETERS.map((value) => ({
      what: `${value} for ${parameter}`,
      path: (appId: string) => addressOf({ ...route, path: route.path.replace(parameter, value) }, appId),
    })),
  );
}

function fieldsOf(names: readonly string[], values: readonly string[]): URLSearchParams {
  return new URLSearchParams(names.flatMap((name) => values.map((value) => [name, value])));
}

function multipartType(): string {
  return `multipart/form-data; boundary=${BOUNDARY}`;
}

function multipart(fields: readonly (readonly [name: string, value: string, file?: string])[]): string {
  const parts = fields.map(
    ([name, value, file]) =>
      `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file ? `; filename="${file}"` : ''}\r\n\r\n${value}\r\n`,
  );
  return `${parts.join('')}--${BOUNDARY}--\r\n`;
}
