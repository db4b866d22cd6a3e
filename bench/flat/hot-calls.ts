import { randomInt } from 'node:crypto';
import { HttpBrowser } from '../../server/testing/http-journey.ts';
import { type ServerProcess, startServer } from '../process.ts';
import { processorTimeMs, totalProcessorTimeMs } from '../processor-time.ts';
import { runWrk } from '../wrk.ts';
import type { BenchRequest } from '../wrk-script.ts';
import { idOf } from './crowd.ts';
import { emailOfRegular, type Installation, REGULARS } from './installation.ts';
import { ORIGIN, signIn } from './model.ts';
import { databaseCpu, usedMs } from './processor-time.ts';

const LOAD = { connections: 8, seconds: 3 };
/** More than the rows that are kept in memory (ADR 0017), so that at a large size each is read from the database. */
const REQUESTS = 6_000;
const JOURNEYS = 200;

/** What a call costs. */
export interface Cost {
  readonly serverMs: number;
  readonly databaseMs: number;
}

/** A server of an installation, under calls. */
export class HotCalls {
  readonly #installation: Installation;
  readonly #server: ServerProcess;
  readonly #regulars: readonly HttpBrowser[];

  private constructor(installation: Installation, server: ServerProcess, regulars: readonly HttpBrowser[]) {
    this.#installation = installation;
    this.#server = server;
    this.#regulars = regulars;
  }

  /** @returns what the start cost, too, in processor time */
  static async start(installation: Installation): Promise<{ calls: HotCalls; startMs: number }> {
    const { dataDir, databaseUrl } = installation.settings;
    const env = {
      PORT: '0',
      DATA_DIR: dataDir,
      API_QUOTA_PER_HOUR: '1000000000',
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    };
    const server = await startServer({ words: ['bench/servers/platform.ts'], env });
    const startMs = totalProcessorTimeMs(server.pid);
    const url = server.url.replace('127.0.0.1', 'localhost');
    const regulars = Array.from({ length: REGULARS }, () => new HttpBrowser(url));
    for (const [number, browser] of regulars.entries()) {
      // Between two rounds the server would close connections that wait, at the moment when one is used.
      browser.headers = { ...browser.headers, connection: 'close' };
      await signIn(browser, installation.app.clientId, emailOfRegular(number));
    }
    return { calls: new HotCalls(installation, server, regulars), startMs };
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** By name. Each does calls for some seconds and says what one of them cost. */
  get all(): Readonly<Record<string, () => Promise<Cost>>> {
    const { users } = this.#installation;
    const any = (isOfPopup: boolean) => 2 * randomInt(users / 2) + (isOfPopup ? 0 : 1);
    const user = (isOfPopup: boolean) => idOf('user', any(isOfPopup));
    return {
      external_login: () => this.#logIn(),
      'GET /1/users/:id, made by the vendor': () => this.#get(() => `/1/users/${user(false)}`),
      'GET /1/users/:id, through the popup': () => this.#get(() => `/1/users/${user(true)}`),
      'GET ?email=, made by the vendor': () => this.#get(() => `/1/users?email=v${any(false)}%40crowd.example`),
      'GET ?email=, through the popup': () => this.#get(() => `/1/users?email=p${any(true)}%40crowd.example`),
      'GET /1/users, first page': () => this.#get(() => '/1/users'),
      'GET /1/users, somewhere in the list': () => this.#get(() => `/1/users?starting_after=${user(false)}`),
      'returning popup': () => this.#comeBack(),
    };
  }

  #get(path: () => string): Promise<Cost> {
    const headers = { 'x-api-key': this.#installation.app.apiKey };
    return this.#load(Array.from({ length: REQUESTS }, () => ({ path: path(), headers })));
  }

  #logIn(): Promise<Cost> {
    const { clientId, clientSecret } = this.#installation.app;
    const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret, environment: 'production' });
    const headers = { 'content-type': 'application/json' };
    return this.#load([{ path: '/custom_api/external_login', method: 'POST', headers, body }]);
  }

  #load(requests: readonly BenchRequest[]): Promise<Cost> {
    return this.#cost(async () => (await runWrk({ url: this.#server.url, requests }, LOAD)).acts);
  }

  #comeBack(): Promise<Cost> {
    const { clientId } = this.#installation.app;
    return this.#cost(async () => {
      for (let journey = 0; journey < JOURNEYS; journey += 1) {
        const browser = this.#regulars[journey % REGULARS];
        const page = await browser?.openPopup({ client_id: clientId, origin: ORIGIN, state: 's', nonce: 'n' });
        if (!page?.message.credential) throw new Error('no credential');
      }
      return JOURNEYS;
    });
  }

  /** @param work says how many calls it has made */
  async #cost(work: () => Promise<number>): Promise<Cost> {
    const { database } = this.#installation;
    const { pid } = this.#server;
    const [server, data] = [processorTimeMs(pid), await databaseCpu(database)];
    const calls = await work();
    return {
      serverMs: (processorTimeMs(pid) - server) / calls,
      databaseMs: usedMs(data, await databaseCpu(database)) / calls,
    };
  }
}
