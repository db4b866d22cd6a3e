import type { PopupRequest } from '@signup-with-platform/protocol';
import { bare } from './bare.ts';

/** In milliseconds. */
export interface PopupTimings {
  /** How often `popup.closed` is checked, because there is no event for it. */
  pollMs: number;
  /** How long to wait for the last message of a closed popup. */
  closedGraceMs: number;
  /** The same for a popup that never spoke. It is longer, because a popup behind a Cross-Origin-Opener-Policy only looks closed. */
  unreachableGraceMs: number;
  /** How long a popup may stay silent before the platform is asked whether it is there, and the button offers to start again. */
  silenceMs: number;
  /** How long an attempt lasts after the last sign of life of the popup. */
  timeoutMs: number;
}

/** RFC 7636. */
export interface Pkce {
  readonly verifier: string;
  /** S256 of the verifier. */
  readonly challenge: string;
}

/** The attempt that one click started. */
export interface OpenAttempt {
  /** An unguessable value, which is also the `state` parameter of the request. */
  readonly id: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Origin of the platform, whose messages are the only ones accepted. Empty or `null` when there is none. */
  readonly platform: string;
  /** The address of the popup. With `&mode=redirect`, the page itself can go there instead. */
  readonly url: string;
  /** Where the response arrives when it cannot be posted. Undefined when there is no such page. */
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
  /** True when a code is for the vendor's backend. Otherwise a code is redeemed here. */
  readonly wantsCode: boolean;
  /** Null when the browser blocked it or none is wanted. Undefined when nothing was opened, because the element is misconfigured. */
  readonly popup: Window | null | undefined;
  /** What `window.open` did instead of opening a window or returning null. */
  readonly trouble?: unknown;
  /** True when the browser's own dialog asks the person. The popup is opened if that fails. */
  readonly byFedcm?: boolean | undefined;
  /** True when an earlier answer is restored: nobody clicked, so no event is fired, and nothing is filled in. */
  readonly silent?: boolean;
  /** Of a restored answer: how long ago it arrived, by the clock of this device. Undefined when it is not known. */
  readonly ageMs?: number | undefined;
  /** Opens the popup later. The click must not be over, or the browser blocks it. */
  readonly open?: () => Window | null;
  /** The one end of the attempt. Whoever aborts tells the page how the attempt ended. Timers end, and the popup closes. */
  readonly abort: AbortController;
  /** Receives the window's messages, also after the end. Until it is set, they are kept in `early`. */
  onMessage: (message: Message) => void;
  readonly early: Message[];
}

/** Copied from the event at once, because an event loses its source when that window closes. */
export type Message = Pick<MessageEvent<unknown>, 'origin' | 'source' | 'data'>;

/** In CSS pixels. The popup's pages are designed for this size. */
const WIDTH = 480;
const HEIGHT = 680;

/** Parameters of the popup. What is undefined or empty is not sent. */
export type PopupParameters = { readonly [Name in keyof PopupRequest]?: PopupRequest[Name] | undefined };

export interface AttemptOptions {
  clientId: string | undefined;
  platform: string;
  /** Default: a random nonce. */
  nonce: string | undefined;
  redirectUri: string | undefined;
  pkce: Pkce | undefined;
  byFedcm?: boolean | undefined;
  /** False when the page itself is to go to the platform. */
  popup: boolean;
  parameters: PopupParameters;
}

/**
 * Attaches the listener and opens the popup. It must be called synchronously in a click, because browsers block any other popup. What can
 * wait for a moment is in attempt/, which is loaded when somebody is about to click.
 *
 * @throws when a script of the page has replaced what the browser provides, before any window is open
 */
export function openAttempt(options: AttemptOptions): OpenAttempt {
  const { clientId = '', platform, nonce = '', redirectUri, pkce, parameters } = options;
  const early: Message[] = [];
  const abort = new AbortController();
  const id = randomToken();
  const request = {
    ...parameters,
    client_id: clientId,
    // Not the location's, which a frame of srcdoc does not share with its page.
    origin: window.origin,
    state: id,
    nonce: nonce || randomToken(),
    redirect_uri: redirectUri,
    code_challenge: pkce?.challenge,
    code_challenge_method: pkce && 'S256',
  } satisfies PopupParameters;
  const attempt = bare({
    id,
    clientId,
    nonce: request.nonce,
    platform,
    url: `${platform}/popup?${queryOf(request)}`,
    redirectUri,
    verifier: pkce?.verifier,
    wantsCode: parameters.response_type === 'code',
    popup: undefined as Window | null | undefined,
    trouble: undefined as unknown,
    abort,
    early,
    onMessage: (message: Message) => void early.push(message),
    byFedcm: options.byFedcm,
    open(): Window | null {
      attempt.popup = null;
      try {
        // `_blank`, so that an earlier popup, which may be cut off from us, is never navigated by accident.
        const opened = window.open(attempt.url, '_blank', features());
        // Ad blockers and app shells return other things, and what is no window cannot be told from a stranger by its messages.
        const isOwn = opened === window || opened === top;
        if (opened === null || (opened.window === opened && !isOwn)) attempt.popup = opened;
        else {
          attempt.trouble = 'It returned something else than a new window.';
          if (!isOwn) opened.close();
        }
      } catch (error) {
        attempt.trouble ??= error;
      }
      return attempt.popup;
    },
  });
  if (!window.isSecureContext || window.origin === 'null' || !clientId || !platform.startsWith('http')) return attempt;
  // For as long as the page is there, because a second window may speak for the attempt after its end.
  window.addEventListener('message', ({ origin, source, data }) => attempt.onMessage({ origin, source, data }));
  abort.signal.onabort = () => attempt.popup?.close();
  attempt.popup = null;
  if (options.popup && !options.byFedcm) attempt.open();
  return attempt;
}

/** Centres the popup over this window. Browsers keep it within the screen. */
function features(): string {
  const { screenX, screenY, outerWidth, outerHeight } = window;
  const left = Math.round(screenX + (outerWidth - WIDTH) / 2);
  const top = Math.round(screenY + (outerHeight - HEIGHT) / 2);
  return `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`;
}

/** Not by `URLSearchParams`, of which old pages have their own, which knows less. */
function queryOf(parameters: PopupParameters): string {
  const given = Object.entries(parameters).filter(([, value]) => value);
  return given.map(([name, value = '']) => `${name}=${encodeURIComponent(value)}`).join('&');
}

/** 128 random bits. */
export function randomToken(): string {
  return window.crypto.getRandomValues(new Uint32Array(4)).join('-');
}
