import type { Environment } from '@signup-with-platform/protocol';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { TestPlatform } from '#testing/test-platform.ts';
import { OPERATIONS } from '../operations.ts';
import { EXAMPLE_ID } from '../page/code-samples.ts';

/** A request without its authentication. */
export interface PreparedRequest {
  method: string;
  /** The path with its query. */
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  /** Undefined when the body is not JSON. */
  json: unknown;
}

/** The vendor's only user. In the documentation's examples, it is Jane. */
export interface Person {
  email: string;
  username: string;
  password: string;
  firstName: string;
  lastName: string;
}

export const JANE: Person = {
  email: 'jane.doe@example.com',
  username: 'jane.doe',
  password: 'Orchid-lamp-42',
  firstName: 'Jane',
  lastName: 'Doe',
};

/** A vendor with one environment of an app, and one user that it created. */
export class Vendor {
  readonly platform: TestPlatform;
  readonly app: AppSecrets;
  readonly environment: Environment;
  readonly person: Person;

  private constructor(platform: TestPlatform, app: AppSecrets, environment: Environment, person: Person) {
    this.platform = platform;
    this.app = app;
    this.environment = environment;
    this.person = person;
  }

  static async create(
    platform: TestPlatform,
    environment: Environment = 'localhost',
    person: Person = JANE,
    name = 'Test Shop',
  ): Promise<Vendor> {
    return new Vendor(platform, await platform.createApp({ environment, name }), environment, person);
  }

  /** The same app in another environment, with another user. */
  async elsewhere(environment: Environment, person: Person): Promise<Vendor> {
    const app = await this.platform.storage.appEnvironments.add(this.app.appId, environment, ['https://shop.example']);
    if (!app) throw new Error(`the app has ${environment} already`);
    return new Vendor(this.platform, app, environment, person);
  }

  get key(): Record<string, string> {
    return { 'x-api-key': this.app.apiKey };
  }

  /** Sends a request unchanged. */
  async send({ method, path, headers = {}, body }: PreparedRequest, access = this.key): Promise<Answered> {
    const response = await fetch(`${this.platform.url}${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...access, ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
  }

  /** Sends a request that must succeed. */
  async done(request: PreparedRequest): Promise<Record<string, unknown>> {
    const answer = await this.send(request);
    if (answer.status >= 300) throw new Error(`${request.method} ${request.path}: ${answer.status} ${answer.text}`);
    return answer.json as Record<string, unknown>;
  }

  /** Creates the user with the documentation's example. @returns the id */
  async createUser(query = ''): Promise<string> {
    return String((await this.done({ ...this.documented('createUser'), path: `/1/users${query}` }))['id']);
  }

  async token(): Promise<string> {
    const { data } = (await this.done(this.documented('externalLogin'))) as { data: { token: string } };
    return data.token;
  }

  /** The code of the newest mail to the user. */
  async mailedCode(): Promise<string> {
    const response = await fetch(this.platform.mailPage ?? '', { headers: { accept: 'application/json' } });
    const { mails } = (await response.json()) as { mails: { to: string; text: string }[] };
    const mail = mails.find(({ to }) => to === this.person.email);
    const [code] = /[\w-]+\.[\w-]{20,}\.[\w-]{22}/.exec(mail?.text ?? '') ?? [];
    if (!code) throw new Error(`no code was mailed to ${this.person.email}`);
    return code;
  }

  /** The documentation's example, with this vendor's own values. */
  documented(operation: string, { id = EXAMPLE_ID, code = '' } = {}): PreparedRequest {
    const found = OPERATIONS.find((candidate) => candidate.operation === operation);
    if (!found) throw new Error(`there is no operation ${operation}`);
    const [example] = Object.values(found.body?.examples ?? {});
    return {
      method: found.method,
      path: found.path.replaceAll(/\{\w+\}/g, code || id),
      ...(example !== undefined && { body: this.#own(example as Record<string, unknown>, id, code) }),
    };
  }

  #own(example: Record<string, unknown>, id: string, code: string): Record<string, unknown> {
    const { email, username, password, firstName, lastName } = this.person;
    const own: Record<string, unknown> = {
      id,
      code,
      email,
      username,
      signin_id: email,
      userName: email,
      password,
      password_confirmation: password,
      first_name: firstName,
      firstName,
      last_name: lastName,
      lastName,
      client_id: this.app.clientId,
      client_secret: this.app.clientSecret,
      environment: this.environment,
    };
    return Object.fromEntries(Object.entries(example).map(([name, value]) => [name, name in own ? own[name] : value]));
  }
}
