import type { TestPlatform } from '#testing/test-platform.ts';

export const ENCODINGS = ['JSON', 'urlencoded', 'multipart'] as const;
export type Encoding = (typeof ENCODINGS)[number];
export type TextFields = Record<string, string>;

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** The URL of external_login. */
export function addressOf({ url }: Pick<TestPlatform, 'url'>): string {
  return `${url}/custom_api/external_login`;
}

/** Sends a login, as JSON unless `encoding` says otherwise. */
export function logIn(
  platform: Pick<TestPlatform, 'url'>,
  fields: TextFields,
  encoding: Encoding = 'JSON',
  headers: Record<string, string> = {},
): Promise<Answer> {
  if (encoding === 'JSON') return sendJson(platform, JSON.stringify(fields), headers);
  const form = encoding === 'urlencoded' ? new URLSearchParams() : new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return send(platform, { body: form, headers });
}

export function sendJson(
  platform: Pick<TestPlatform, 'url'>,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return send(platform, { body, headers: { 'content-type': 'application/json', ...headers } });
}

/** POST unless `init` says otherwise. */
export async function send(platform: Pick<TestPlatform, 'url'>, init: RequestInit): Promise<Answer> {
  const response = await fetch(addressOf(platform), { method: 'POST', ...init });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The token of a successful answer. */
export function tokenOf({ status, text }: Answer): string {
  const body = JSON.parse(text) as { data: { token?: string } };
  if (status !== 200 || !body.data.token) throw new Error(`no token: ${status} ${text}`);
  return body.data.token;
}

/** An error body of the contract, without white space. */
export function failure(data: Record<string, string | string[]>, code = 401): string {
  return JSON.stringify({ code, message: 'fail', data });
}
