import { HttpBrowser, type Page } from '../../server/testing/http-journey.ts';

const SIGN_INS = 400;
const API_ROUNDS = 1_000;
/** At once, as a busy platform has them. More only wait for the processors. */
const WORKERS = 12;

/** Where people sign in. */
export interface BusyHour {
  readonly publicUrl: string;
  /** Where the server itself listens. */
  readonly url: string;
  /** A production environment, as `app create` prints it. */
  readonly app: Readonly<Record<string, string>>;
  readonly origin: string;
  readonly password: string;
}

/**
 * A dozen people sign up, and sign in again and again, each time in another browser; and a vendor's backend reads users: 400 credentials and
 * 4000 calls.
 * @throws when one of them does not get what it asked for
 */
export async function passBusyHour(hour: BusyHour): Promise<void> {
  const emails = Array.from({ length: WORKERS }, (_, number) => `busy-${number}@example.com`);
  const subs = await Promise.all(emails.map((email) => signUp(hour, email)));
  await inTurns(SIGN_INS, (worker) => signIn(hour, emails[worker] ?? ''));
  await inTurns(API_ROUNDS, (worker) => callApi(hour, subs[worker] ?? ''));
}

async function open({ publicUrl, url, app, origin }: BusyHour): Promise<{ browser: HttpBrowser; page: Page }> {
  const browser = new HttpBrowser(publicUrl, [url]);
  const request = { client_id: app['client_id'] ?? '', origin, state: 's', nonce: 'n' };
  return { browser, page: await browser.openPopup(request) };
}

/** @returns the user's id in the app */
async function signUp(hour: BusyHour, email: string): Promise<string> {
  const { browser, page } = await open(hour);
  const form = await browser.get(page.signUpAddress);
  const consent = await browser.submit(form, '/sign-up', { email, password: hour.password });
  const last = await browser.submit(consent, '/consent', { given_name: 'Bea', family_name: 'Busy' });
  const [, claims = ''] = last.message.credential?.split('.') ?? [];
  const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
  return sub;
}

async function signIn(hour: BusyHour, email: string): Promise<void> {
  const { browser, page } = await open(hour);
  const last = await browser.submit(page, '/sign-in', { email, password: hour.password });
  if (!last.message.credential) throw new Error(`no credential at ${last.url.pathname}`);
}

/** Four calls. */
async function callApi({ url, app }: BusyHour, sub: string): Promise<void> {
  const { client_id = '', client_secret = '', api_key } = app;
  const body = new URLSearchParams({ client_id, client_secret, environment: 'production' });
  const login = (await json(`${url}/custom_api/external_login`, { method: 'POST', body })) as {
    data: { token: string };
  };
  const bearer = { authorization: `Bearer ${login.data.token}` };
  await json(`${url}/1/users/${sub}`, { headers: bearer });
  await json(`${url}/1/users/${sub}`, { headers: { authorization: `Basic ${btoa(`${api_key}:`)}` } });
  await json(`${url}/1/users?limit=5`, { headers: bearer });
}

async function json(url: string, init: RequestInit): Promise<unknown> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status} ${url}: ${text}`);
  return JSON.parse(text);
}

async function inTurns(count: number, act: (worker: number) => Promise<void>): Promise<void> {
  let left = count;
  const work = async (worker: number) => {
    while (left > 0) {
      left -= 1;
      await act(worker);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
}
