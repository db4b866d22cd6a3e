import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ALLOCATOR, NODE_FLAGS } from '../scripts/release/release.ts';
import { readConfig } from '../server/config.ts';
import { hashPassword } from '../server/domain/accounts/passwords.ts';
import type { AppSecrets } from '../server/storage/app-environments.ts';
import { openDatabase } from '../server/storage/database.ts';
import { createStorage, type Storage } from '../server/storage/index.ts';
import { freePort } from '../server/testing/free-port.ts';
import { HttpBrowser } from '../server/testing/http-journey.ts';
import { type Launch, type ServerProcess, startServer } from './process.ts';
import type { BenchRequest } from './wrk-script.ts';

const PASSWORD = 'correct horse battery staple';
/** What a release needs to start as an operator starts it. Nothing listens to its mail. */
export const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://id.example', SMTP_URL: 'smtp://127.0.0.1:9' };
const ORIGIN = 'http://localhost:1';
/** Enough that the same one is not read again and again. */
const USERS = 1_000;
const PEOPLE = 20;
/** State and nonce of that many popups differ. */
const POPUPS = 1_000;

/** A platform with a vendor, its users and people who have agreed, and the requests by which it is measured. */
export interface Stage {
  readonly server: ServerProcess;
  readonly app: AppSecrets;
  readonly login: BenchRequest;
  /** Reads of users that the vendor made. */
  readonly reads: readonly BenchRequest[];
  /** Reads of users who came through the popup. */
  readonly popupReads: readonly BenchRequest[];
  /** Openings of the popup by people who are signed in and have agreed: each is answered with the credential. */
  readonly popups: readonly BenchRequest[];
  /** The portal's sign-in form, each time from another person's network. Answered with 303. */
  readonly signIns: readonly BenchRequest[];
}

export interface StageOptions {
  /** What it keeps its rows in. Default: SQLite in a temporary folder. */
  readonly databaseUrl?: string;
  /** A folder with a release, which is started in place of the sources, without a processor of its own. */
  readonly release?: string;
  /** More environment variables. */
  readonly settings?: Readonly<Record<string, string>>;
  /** `none` for a platform that works on all requests at once, as a baseline. */
  readonly requestLimit?: 'none';
}

/** Sets a stage, and removes it afterwards. */
export async function withStage<Result>(
  work: (stage: Stage) => Promise<Result>,
  { databaseUrl, release, requestLimit, settings: more }: StageOptions = {},
): Promise<Result> {
  const dataDir = mkdtempSync(join(tmpdir(), 'platform-bench-'));
  const settings = {
    DATA_DIR: dataDir,
    PORT: release === undefined ? '0' : String(await freePort()),
    // The quota is higher than the number of requests.
    API_QUOTA_PER_HOUR: '1000000000',
    // Each person comes from a network of their own.
    TRUST_PROXY: '127.0.0.1',
    LOG_LEVEL: 'silent',
    ...(requestLimit !== undefined && { BENCH_REQUEST_LIMIT: requestLimit }),
    ...(databaseUrl !== undefined && { DATABASE_URL: databaseUrl }),
    ...more,
  };
  const database = openDatabase(readConfig(settings));
  let server: ServerProcess | undefined;
  try {
    server = await startServer(launchOf(settings, release));
    const publicUrl = release === undefined ? server.url.replace('127.0.0.1', 'localhost') : PRODUCTION.PUBLIC_URL;
    return await work(await furnish(server, publicUrl, createStorage(database)));
  } finally {
    await server?.stop();
    await database.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

function launchOf(settings: Readonly<Record<string, string>>, release: string | undefined): Launch {
  if (release === undefined) return { words: ['bench/servers/platform.ts'], env: settings };
  return {
    words: [...NODE_FLAGS, 'start.js'],
    cwd: release,
    env: { ...ALLOCATOR, ...PRODUCTION, ...settings },
    readyAt: { url: `http://127.0.0.1:${settings['PORT']}`, path: '/readyz' },
    pinned: false,
  };
}

async function furnish(server: ServerProcess, publicUrl: string, storage: Storage): Promise<Stage> {
  const app = await storage.apps.create({ name: 'Bench', environment: 'production', origins: [ORIGIN] });
  const key = { 'x-api-key': app.apiKey };
  const read = (id: string): BenchRequest => ({ path: `/1/users/${id}`, headers: key });
  const users = await createUsers(storage, app.clientId);
  const people: Person[] = [];
  for (let number = 1; number <= PEOPLE; number += 1) {
    const network = {
      'x-forwarded-for': `198.51.100.${number}`,
      'x-forwarded-proto': new URL(publicUrl).protocol.slice(0, -1),
    };
    const browserOf = () => {
      const browser = new HttpBrowser(publicUrl, [server.url]);
      Object.assign(browser.headers, network);
      return browser;
    };
    people.push(await meet(storage, app, { number, network, browserOf, publicUrl }));
  }
  return {
    server,
    app,
    login: loginOf(app),
    reads: users.map(read),
    popupReads: people.map(({ userId }) => read(userId)),
    popups: Array.from({ length: POPUPS }, (_, number) => popupOf(app, people[number % PEOPLE], number)),
    signIns: people.map(({ signIn }) => signIn),
  };
}

function loginOf({ clientId, clientSecret }: AppSecrets): BenchRequest {
  return {
    method: 'POST',
    path: '/custom_api/external_login',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, environment: 'production' }),
  };
}

function createUsers(storage: Storage, clientId: string): Promise<string[]> {
  return storage.transaction(async (within) => {
    const users = within.realm('production').appUsers(clientId);
    const ids: string[] = [];
    for (let number = 0; number < USERS; number += 1) {
      const username = `bench-${String(number).padStart(4, '0')}`;
      const email = `${username}@example.com`;
      const user = { email, emailVerified: true, username, firstName: 'Benjamin', lastName: 'Chmark' };
      ids.push((await users.create(user)).id);
    }
    return ids;
  });
}

interface Person {
  /** Whom the vendor knows them as. */
  readonly userId: string;
  /** Of a browser in which they are signed in, for the popup. */
  readonly cookie: string;
  readonly network: Readonly<Record<string, string>>;
  readonly signIn: BenchRequest;
}

/** Where somebody is. */
interface Place {
  readonly number: number;
  /** What a proxy says of where they come from. */
  readonly network: Readonly<Record<string, string>>;
  readonly publicUrl: string;
  browserOf(): HttpBrowser;
}

/** Somebody signs up, signs in to the popup, and agrees. */
async function meet(storage: Storage, { clientId }: AppSecrets, place: Place): Promise<Person> {
  const email = `person-${place.number}@example.com`;
  const passwordHash = await hashPassword(PASSWORD);
  const account = { email, emailVerified: true, passwordHash, givenName: 'Benjamin', familyName: 'Chmark' };
  await storage.realm('production').accounts.create(account);
  const browser = place.browserOf();
  const popup = await browser.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' });
  const consent = await browser.submit(popup, '/sign-in', { email, password: PASSWORD });
  const { claims } = await browser.submit(consent, '/consent');
  return {
    userId: String(claims['sub']),
    cookie: browser.cookieHeader('/popup'),
    network: place.network,
    signIn: await signInOf(place, email),
  };
}

/** Without the number by which a form is known when it comes again, so that it can be sent many times. */
async function signInOf({ browserOf, network, publicUrl }: Place, email: string): Promise<BenchRequest> {
  const browser = browserOf();
  const { action, values } = (await browser.get('/account/sign-in')).form('/sign-in');
  const { csrf } = values;
  return {
    method: 'POST',
    path: action,
    headers: {
      ...network,
      origin: publicUrl,
      cookie: browser.cookieHeader(action),
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: new URLSearchParams({ csrf: String(csrf), email, password: PASSWORD }).toString(),
  };
}

/** As the widget opens it in a browser. */
function popupOf({ clientId }: AppSecrets, person: Person | undefined, number: number): BenchRequest {
  const query = new URLSearchParams({
    client_id: clientId,
    origin: ORIGIN,
    state: `state-${number}`,
    nonce: `nonce-${number}`,
  });
  return {
    path: `/popup?${query}`,
    headers: {
      ...person?.network,
      cookie: person?.cookie ?? '',
      referer: `${ORIGIN}/`,
      accept: 'text/html',
      'accept-language': 'en',
      'accept-encoding': 'gzip, deflate, br, zstd',
      'sec-fetch-dest': 'document',
      'sec-fetch-site': 'cross-site',
    },
  };
}
