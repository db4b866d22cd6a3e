import { READY_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';

/** What a browser without script makes of an answer. */
export interface HttpPage {
  status: number;
  /** Where it was found, after redirects. */
  url: string;
  headers: Headers;
  body: string;
  /** The redirects on the way, statuses and targets, so that a test can look at each. */
  redirects: { status: number; location: string; headers: Headers }[];
  /** E.g. `/sandbox/interaction/abc`, of a page whose forms post there. */
  action: string;
  /** The hidden field of every form. */
  csrf: string;
  /** What the last page hands to the page that opened the popup. */
  message: ResponseMessage | undefined;
  targetOrigin: string | undefined;
}

export interface Cookie {
  name: string;
  value: string;
  path: string;
  /** The `Set-Cookie` header as it came. */
  source: string;
}

export interface PopupQuery {
  client_id: string;
  origin: string;
  state?: string;
  nonce?: string;
  [parameter: string]: string | undefined;
}

const MAX_REDIRECTS = 8;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };

/**
 * A person at a browser that has cookies and forms and nothing else. It says of itself what a browser says (Origin, Sec-Fetch-Site), and
 * a test may make it lie.
 */
export class HttpPerson {
  /** By name and path, which together name a cookie (RFC 6265 section 5.3). */
  readonly cookies = new Map<string, Cookie>();
  /** Every Set-Cookie header that came. */
  readonly cookieHeaders: string[] = [];
  /** Every URL that was asked for. */
  readonly urls: string[] = [];
  /** The server that this person reaches: another process of the same platform at will. */
  server: string;
  readonly #publicUrl: string;
  #page: HttpPage | undefined;

  /** @param publicUrl what the platform calls itself, when it is reached at another address */
  constructor(server: string, publicUrl = server) {
    this.server = server;
    this.#publicUrl = publicUrl;
  }

  /** The page that is open. */
  get page(): HttpPage {
    if (!this.#page) throw new Error('no page is open yet');
    return this.#page;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<HttpPage> {
    return this.#navigate(path, { headers });
  }

  /** Sends a form of ours, as our own page does unless `headers` say otherwise. */
  post(
    path: string,
    fields: Record<string, string> | [string, string][],
    headers: Record<string, string> = {},
  ): Promise<HttpPage> {
    return this.#navigate(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { origin: this.#publicUrl, 'sec-fetch-site': 'same-origin', ...headers },
    });
  }

  openPopup(query: PopupQuery): Promise<HttpPage> {
    const given = Object.entries({ state: 'state-1', nonce: 'nonce-1', ...query });
    const parameters = given.filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.get(`/popup?${new URLSearchParams(parameters)}`);
  }

  /** Sends the open page's form. @param step e.g. `sign-in` */
  submit(step: string, fields: Record<string, string> = {}, headers?: Record<string, string>): Promise<HttpPage> {
    const { action, csrf } = this.page;
    return this.post(`${action}/${step}`, { csrf, ...fields }, headers);
  }

  signUp(email: string, password: string): Promise<HttpPage> {
    return this.submit('sign-up', { given_name: 'Ada', family_name: 'Byron', email, password });
  }

  signIn(email: string, password: string): Promise<HttpPage> {
    return this.submit('sign-in', { email, password });
  }

  /** Agrees to what the consent page asks for. */
  consent(...share: string[]): Promise<HttpPage> {
    const { action, csrf } = this.page;
    return this.post(`${action}/consent`, [
      ['csrf', csrf],
      ...share.map((field): [string, string] => ['share', field]),
    ]);
  }

  cookieHeader(path: string): string {
    return [...this.cookies.values()]
      .filter((cookie) => path === cookie.path || path.startsWith(cookie.path.replace(/\/?$/, '/')))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  async #navigate(path: string, request: RequestInit & { headers: Record<string, string> }): Promise<HttpPage> {
    const redirects: HttpPage['redirects'] = [];
    let url = new URL(path, this.server);
    let next: RequestInit & { headers: Record<string, string> } = request;
    for (;;) {
      this.urls.push(url.href);
      const cookie = this.cookieHeader(url.pathname);
      const response = await fetch(url, {
        ...next,
        redirect: 'manual',
        headers: { ...next.headers, ...(cookie && { cookie }) },
      });
      this.#keepCookies(response.headers);
      const location = response.headers.get('location');
      if (!location || response.status < 300 || response.status > 399 || redirects.length === MAX_REDIRECTS) {
        this.#page = await readPage(response, url.href, redirects);
        return this.#page;
      }
      redirects.push({ status: response.status, location, headers: response.headers });
      await response.body?.cancel();
      const target = new URL(location, url);
      if (target.origin !== this.#publicUrl && target.origin !== new URL(this.server).origin) {
        // Another site's page, which is no business of ours.
        this.#page = await readPage(response, target.href, redirects);
        return this.#page;
      }
      url = new URL(target.pathname + target.search, this.server);
      next = { headers: {} };
    }
  }

  #keepCookies(headers: Headers): void {
    for (const source of headers.getSetCookie()) {
      this.cookieHeaders.push(source);
      const [pair = '', ...attributes] = source.split('; ');
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const attribute = (key: string) =>
        attributes.find((text) => text.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      const expires = attribute('expires');
      const cookiePath = attribute('path') ?? '/';
      const key = `${name} ${cookiePath}`;
      if (value === '' || (expires && Date.parse(expires) < Date.now())) this.cookies.delete(key);
      else this.cookies.set(key, { name, value, path: cookiePath, source });
    }
  }
}

async function readPage(response: Response, url: string, redirects: HttpPage['redirects']): Promise<HttpPage> {
  const body = response.bodyUsed ? '' : await response.text();
  const data = messageOf(body);
  return {
    status: response.status,
    url,
    headers: response.headers,
    body,
    redirects,
    action: /<form[^>]* action="([^"]*\/interaction\/[^"/]+)/.exec(body)?.[1] ?? '',
    csrf: /name="csrf" value="([^"]*)"/.exec(body)?.[1] ?? '',
    message: data?.message,
    targetOrigin: data?.targetOrigin,
  };
}

function messageOf(body: string): { message: ResponseMessage; targetOrigin: string } | undefined {
  for (const [, message = '', targetOrigin = ''] of body.matchAll(
    /data-message="([^"]*)" data-target-origin="([^"]*)"/g,
  )) {
    const parsed = JSON.parse(unescapeHtml(message)) as ResponseMessage | { type: typeof READY_MESSAGE };
    if (parsed.type !== READY_MESSAGE) return { message: parsed as ResponseMessage, targetOrigin };
  }
  return undefined;
}

function unescapeHtml(text: string): string {
  return text.replace(/&(#?\w+);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
