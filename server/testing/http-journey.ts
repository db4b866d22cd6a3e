import { type PopupRequest, RESPONSE_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';
import { unmask } from '#http/mask.ts';
import type { ScriptData } from '#pages/scripts/read-data.ts';
import { randomId } from '../storage/ids.ts';

const MAX_REDIRECTS = 10;
/** What browsers send with a page that is to be shown (Fetch Metadata). */
const NAVIGATION = { 'sec-fetch-dest': 'document' };

/** What a form holds, by name. Several values are several fields of that name. */
export type FormValues = Record<string, string | readonly string[]>;

/**
 * A person's browser, as far as a server can tell: keeps cookies, follows redirects, sends forms. It runs no scripts, so the journey
 * ends at the last page, whose message is read from where its script would find it.
 */
export class HttpBrowser {
  readonly #publicUrl: string;
  readonly #servers: readonly string[];
  /** By name and path, which name a cookie together (RFC 6265 section 5.3). */
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>();
  #requests = 0;
  /** Every Set-Cookie header that came, in order. */
  readonly cookieLines: string[] = [];
  /** Sent with every request. */
  headers: Record<string, string> = { 'accept-language': 'en' };

  /** @param servers processes behind the public address, taken in turn as a load balancer without stickiness does */
  constructor(publicUrl: string, servers: readonly string[] = [publicUrl]) {
    this.#publicUrl = publicUrl;
    this.#servers = servers;
  }

  /** Names of the cookies that are held. */
  get cookieNames(): string[] {
    return [...this.#cookies.values()].map(({ name }) => name);
  }

  /** The cookies that are held, one a line, for {@link restoreCookies} of another browser. */
  saveCookies(): string[] {
    return [...this.#cookies.values()].map(({ name, value, path }) => `${name}=${value}; path=${path}`);
  }

  restoreCookies(lines: readonly string[]): void {
    for (const line of lines) this.#keep(line);
  }

  /** Forgets whose session it is, as if that had ended, and nothing else. */
  forgetSession(): void {
    for (const [key, { name }] of this.#cookies) if (/-session(\.sig)?$/.test(name)) this.#cookies.delete(key);
  }

  /** What is sent as Cookie with a request for that path. */
  cookieHeader(pathname: string): string {
    return [...this.#cookies.values()]
      .filter(({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Goes to an address that somebody has typed. */
  get(target: string, headers: Record<string, string> = {}): Promise<Page> {
    return this.#navigate('GET', target, { ...NAVIGATION, 'sec-fetch-site': 'none', ...headers });
  }

  /** Goes to an address from a page of another site. @param from the origin of that page, or its address if it tells all of it */
  follow(target: string, from: string): Promise<Page> {
    return this.get(target, { 'sec-fetch-site': 'cross-site', referer: new URL(from).href });
  }

  /** Opens the popup as the widget does, from the page at the origin that the request names. */
  openPopup(request: PopupRequest & Record<string, string>): Promise<Page> {
    const target = `/popup?${new URLSearchParams(request)}`;
    return URL.canParse(request.origin) ? this.follow(target, request.origin) : this.get(target);
  }

  /** Fills in the form whose action ends with `action` and sends it. */
  submit(page: Page, action: string, values: FormValues = {}): Promise<Page> {
    const form = page.form(action);
    return this.post(form.action, { ...form.values, ...values });
  }

  /** Sends a form by hand, with the headers of a browser unless `headers` says otherwise. */
  post(target: string, values: FormValues | string, headers: Record<string, string> = {}): Promise<Page> {
    const body = typeof values === 'string' ? values : encode(values);
    const own = {
      ...NAVIGATION,
      referer: `${this.#publicUrl}/`,
      'content-type': 'application/x-www-form-urlencoded',
      origin: this.#publicUrl,
      'sec-fetch-site': 'same-origin',
    };
    return this.#navigate('POST', target, { ...own, ...headers }, body);
  }

  async #navigate(method: string, target: string, headers: Record<string, string>, body?: string): Promise<Page> {
    // What says whom a request comes from stays the same on its way.
    const asked = Object.fromEntries(Object.entries(headers).filter(([name]) => /^(sec-fetch-|referer$)/.test(name)));
    let response = await this.#request(method, target, headers, body);
    let url = new URL(target, this.#publicUrl);
    for (let redirects = 0; response.status >= 300 && response.status < 400; redirects += 1) {
      url = new URL(response.headers.get('location') ?? '', url);
      if (url.origin !== this.#publicUrl || redirects >= MAX_REDIRECTS) break;
      await response.body?.cancel();
      response = await this.#request('GET', url.href, asked);
    }
    return new Page(url, response.status, response.headers, await response.text());
  }

  async #request(method: string, target: string, headers: Record<string, string>, body?: string): Promise<Response> {
    const { pathname, search } = new URL(target, this.#publicUrl);
    const server = this.#servers[this.#requests++ % this.#servers.length];
    const cookie = this.cookieHeader(pathname);
    const response = await fetch(`${server}${pathname}${search}`, {
      method,
      headers: { ...this.headers, ...(cookie && { cookie }), ...headers },
      redirect: 'manual',
      ...(body !== undefined && { body }),
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return response;
  }

  #keep(line: string): void {
    this.cookieLines.push(line);
    const [pair = '', ...attributes] = line.split(/;\s*/);
    const name = pair.slice(0, pair.indexOf('='));
    const attribute = (wanted: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
    const expires = attribute('expires');
    const path = attribute('path') ?? '/';
    const key = `${name} ${path}`;
    if (expires && Date.parse(expires) <= Date.now()) this.#cookies.delete(key);
    else this.#cookies.set(key, { name, value: pair.slice(name.length + 1), path });
  }
}

/** What came back. */
export class Page {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;

  constructor(url: URL, status: number, headers: Headers, html: string) {
    this.url = url;
    this.status = status;
    this.headers = headers;
    this.html = html;
  }

  get heading(): string {
    return decode(/<h1[^>]*>([\s\S]*?)<\/h1>/.exec(this.html)?.[1]?.replaceAll(/<[^>]*>/g, '') ?? '');
  }

  /**
   * The form whose action ends with `action`, its query aside, with what it would send if nothing were touched. Each call stands for the
   * form being shown anew, with another number; who wants to send the very same form twice keeps its values.
   */
  form(action: string): { action: string; values: Record<string, string | string[]> } {
    for (const [, attributes = '', content = ''] of this.html.matchAll(/<form([^>]*)>([\s\S]*?)<\/form>/g)) {
      const target = attributeOf(attributes, 'action') ?? '';
      if (target.replace(/\?.*/, '').endsWith(action)) {
        const values = valuesOf(content);
        return { action: target, values: 'submission' in values ? { ...values, submission: randomId() } : values };
      }
    }
    throw new Error(`no form for ${action} on "${this.heading}" (${this.status} ${this.url.pathname})`);
  }

  /** From a page of the popup: where somebody signs up with a password. @throws when this is another page */
  get signUpAddress(): string {
    const base = /"([^"]*\/interaction\/[\w-]+)\//.exec(this.html)?.[1];
    if (base === undefined) throw new Error(`no sign-up from "${this.heading}" (${this.status} ${this.url.pathname})`);
    return `${base}/sign-up/password`;
  }

  /** The message that the last page posts, and to whom. */
  get delivery(): { message: ResponseMessage; targetOrigin: string; relay?: string } | undefined {
    for (const { message, targetOrigin, relay } of this.handed) {
      if ((message as ResponseMessage).type === RESPONSE_MESSAGE)
        return { message: message as ResponseMessage, targetOrigin, ...(relay && { relay }) };
    }
    return undefined;
  }

  /** What the page hands to its scripts. */
  get handed(): ScriptData[] {
    return handedToScripts(this.html);
  }

  /** The message of a last page. @throws when this is another page */
  get message(): ResponseMessage {
    const { delivery } = this;
    if (!delivery) throw new Error(`nothing is delivered by "${this.heading}" (${this.status} ${this.url.pathname})`);
    return delivery.message;
  }

  /** The claims of the credential that is delivered, unverified. */
  get claims(): Record<string, unknown> {
    const { credential, error_description: reason } = this.message;
    if (!credential) throw new Error(`no credential: ${reason}`);
    return JSON.parse(Buffer.from(credential.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
  }
}

/** What a page's markup hands to its scripts, with the masks taken off. */
export function handedToScripts(html: string): ScriptData[] {
  return [...html.matchAll(/<script data-masked="([^"]*)"/g)].map(([, masked = '']) =>
    JSON.parse(unmask(Buffer.from(masked, 'base64')).toString()),
  );
}

function encode(values: FormValues): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).map((one) => [name, one]),
  );
  return new URLSearchParams(pairs).toString();
}

/** What a browser would send of a form's content. */
function valuesOf(content: string): Record<string, string | string[]> {
  const found: [name: string, value: string][] = [];
  const controls = /<input([^>]*)>|<textarea([^>]*)>([\s\S]*?)<\/textarea>|<select([^>]*)>([\s\S]*?)<\/select>/g;
  for (const [, input, area, text = '', select, options = ''] of content.matchAll(controls)) {
    const attributes = input ?? area ?? select ?? '';
    const name = attributeOf(attributes, 'name');
    if (name === undefined) continue;
    if (attributeOf(attributes, 'type') === 'checkbox' && !/\schecked(\s|=|$)/.test(attributes)) continue;
    const chosen = /<option([^>]*\sselected[^>]*)>/.exec(options)?.[1] ?? '';
    const value = attributeOf(select === undefined ? attributes : chosen, 'value') ?? '';
    found.push([name, area === undefined ? value : decode(text)]);
  }
  return Object.fromEntries(
    found.map(([name]) => {
      const values = found.filter(([other]) => other === name).map(([, value]) => value);
      return [name, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function attributeOf(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(` ${tag}`)?.[1];
  return value === undefined ? undefined : decode(value);
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

function decode(text: string): string {
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (entity, name: string) => ENTITIES[name] ?? entity);
}
