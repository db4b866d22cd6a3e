import { isLoopbackHost } from '../loopback.ts';
import { SettingError } from './setting.ts';

/** Where people are asked about who stay in a system of the operator's own. */
export interface DirectorySettings {
  readonly url: string;
  /** What requests are signed with (Standard Webhooks). */
  readonly key: Uint8Array;
  /** Asked at each sign-in, or until we have the password ourselves. */
  readonly mode: 'always' | 'migrate';
  /** For how long after the directory's last word somebody gets in without it. */
  readonly maxStaleMs: number;
  /** Where people change the password that the directory has. */
  readonly passwordUrl: string | undefined;
}

/** Passwords travel to it, so that it is https everywhere but on this machine. It may be on a private network. */
export function directoryUrlOf(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url) throw new SettingError('must be a web address, such as https://people.example.com/sign-in');
  if (url.username || url.password || url.hash) throw new SettingError('must have no user name, password or fragment');
  const isHere = url.protocol === 'http:' && isLoopbackHost(url.hostname);
  if (url.protocol !== 'https:' && !isHere)
    throw new SettingError('must be https, because passwords travel there; http is for this machine alone');
  return url.href;
}

const PREFIX = 'whsec_';
/** What Standard Webhooks wants of a key. */
const MIN_KEY_BYTES = 24;
const MAX_KEY_BYTES = 64;

/** The key of a Standard Webhooks secret: `whsec_` and base64. */
export function webhookSecretOf(text: string): Uint8Array {
  const encoded = text.startsWith(PREFIX) ? text.slice(PREFIX.length) : '';
  const key = new Uint8Array(Buffer.from(encoded, 'base64'));
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded);
  if (!isBase64 || key.length < MIN_KEY_BYTES || key.length > MAX_KEY_BYTES)
    throw new SettingError(`must be ${PREFIX} and then ${MIN_KEY_BYTES} to ${MAX_KEY_BYTES} random bytes in base64`);
  return key;
}

const UNITS_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const MAX_DAYS = 30;

/** A duration in seconds, or with a unit: `900`, `15m`, `12h`, `2d`. @returns milliseconds */
export function durationOf(text: string): number {
  const [, number, unit = 's'] = /^(\d{1,9})\s*([smhd])?$/i.exec(text) ?? [];
  const ms = Number(number) * (UNITS_MS[unit.toLowerCase()] ?? Number.NaN);
  if (!(ms <= MAX_DAYS * 86_400_000))
    throw new SettingError(`must be seconds, or a number with s, m, h or d, up to ${MAX_DAYS}d`);
  return ms;
}
