import type { SignupFailure } from './signup-flow.ts';

/** What the element needs of the browser, by what it is called, with a try whether it works. */
const PARTS: Readonly<Record<string, () => unknown>> = {
  AbortController: () => new AbortController().signal.aborted === false,
  'AbortSignal.timeout': () => AbortSignal.timeout(1_000).aborted === false,
  'Array.prototype': () =>
    [[1], 2]
      .flatMap((one) => [one].flat())
      .map((one) => one + 1)
      .filter(Boolean)
      .join() === '2,3',
  CSS: () => CSS.supports('color', 'red'),
  'crypto.getRandomValues': () => crypto.getRandomValues(new Uint32Array(4)).length === 4,
  'crypto.subtle': () => typeof crypto.subtle.verify === 'function',
  CustomEvent: () => new CustomEvent('a', { detail: 'b' }).detail === 'b',
  Date: () => Date.now() > 0 && Date.parse('1970-01-02') > 0,
  FormData: () => new FormData(),
  Headers: () => new Headers([['a', 'b']]).get('a') === 'b',
  Intl: () => new Intl.ListFormat('en').format(['a']) === 'a',
  JSON: () => JSON.parse('{"a":["b"]}').a[0] === 'b' && JSON.stringify({ a: 'b' }) === '{"a":"b"}',
  Map: () => new Map([['a', 'b']]).get('a') === 'b' && new WeakMap(),
  Object: () => Object.fromEntries(Object.entries({ a: 'b' })).a === 'b' && Object.hasOwn({ a: 'b' }, 'a'),
  'performance.now': () => performance.now() >= 0,
  Promise: () => [Promise.race, Promise.all, Promise.resolve].every((one) => typeof one === 'function'),
  Response: () => new Response('a', { status: 200 }).status === 200,
  Set: () => new Set(['a']).has('a') && new WeakSet(),
  TextDecoder: () => new TextDecoder('utf-8', { fatal: true }).decode(new TextEncoder().encode('é')) === 'é',
  TextEncoder: () => new TextEncoder().encode('é').length === 2,
  URL: () => new URL('/b', 'https://a.example/').href === 'https://a.example/b',
  URLSearchParams: () => `${new URLSearchParams({ a: 'b' })}` === 'a=b' && [...new URLSearchParams('a=b')].length === 1,
  Uint32Array: () => new Uint32Array(4).length === 4,
  Uint8Array: () => new Uint8Array([1, 2]).length === 2,
  XMLHttpRequest: () => new XMLHttpRequest(),
  atob: () => atob('YQ==') === 'a',
  clearTimeout: () => clearTimeout(setTimeout(() => {})) === undefined,
  encodeURIComponent: () => encodeURIComponent('é') === '%C3%A9',
  fetch: () => typeof fetch === 'function',
  setTimeout: () => Boolean(setTimeout(() => {})),
  setInterval: () => clearInterval(setInterval(() => {}, 1_000)) === undefined,
};

/**
 * What is read of objects that lack it: options of the browser's own methods, and members of keys and credentials. Every object inherits
 * what a page puts on `Object.prototype`.
 */
const INHERITED =
  /^(alg|crit|get|hash|header|key_ops|localeMatcher|minRsaBits|resolve|secret|set|signal|style|then|use|value|writable)$/;

/** What of the browser does not work in this page, by its names. Empty when everything does. */
function brokenParts(): string {
  const broken = Object.keys(PARTS).filter((name) => !works(PARTS[name]));
  const inherited = Object.getOwnPropertyNames(Object.prototype).filter((name) => INHERITED.test(name));
  return [...broken, ...inherited.map((name) => `Object.prototype.${name}`)].join(', ');
}

function works(part: (() => unknown) | undefined): boolean {
  try {
    return Boolean(part?.());
  } catch {
    return false;
  }
}

/** What is to be said of something that threw. */
export function nameBroken(error: unknown): string {
  return [brokenParts(), String(error)].filter(Boolean).join(': ');
}

/** Why a sign-up failed: for the reason that is given, unless a script of the page has broken what that reason is judged by. */
export function reasonOf(failure: SignupFailure): SignupFailure {
  const broken = brokenParts();
  if (!broken) return failure;
  const message = `A script of this page or an extension has broken what the browser provides: ${broken}. Because of that: ${failure.message}`;
  return { code: 'page_broken', message };
}
