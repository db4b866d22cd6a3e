import type { PopupRequest } from '@signup-with-platform/protocol';

/** In milliseconds. */
export interface PopupTimings {
  /** How often `popup.closed` is looked at: no event tells. */
  pollMs: number;
  /** A closed popup's last message may still be on its way. */
  closedGraceMs: number;
  /** A popup that never spoke may only look closed, cut off by a Cross-Origin-Opener-Policy: it gets longer. */
  unreachableGraceMs: number;
  /** For the whole attempt. */
  timeoutMs: number;
}

/** RFC 7636. */
export interface Pkce {
  readonly verifier: string;
  /** S256 of it. */
  readonly challenge: string;
}

/** What one click started. */
export interface OpenAttempt {
  /** Unguessable: also the `state` parameter of the request. */
  readonly id: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Origin of the platform: the only one that is listened to. Empty or `null` when there is none. */
  readonly platform: string;
  /** What the popup shows; with `&mode=redirect`, where the page itself can go instead. */
  readonly url: string;
  /** Where the response comes when it cannot be posted; undefined when there is no such page. */
  readonly redirectUri: string | undefined;
  readonly verifier: string | undefined;
  /** Whether the code is for the vendor's backend: otherwise one that comes is redeemed here. */
  readonly wantsCode: boolean;
  /** Null when the browser blocked it, or when none is wanted; undefined when the element is misconfigured, and nothing was opened. */
  readonly popup: Window | null | undefined;
  /** The browser itself is to ask the person; the popup is what is left when it does not. */
  readonly byFedcm?: boolean | undefined;
  /** Opens the popup later: in a click still, or the browser blocks it. */
  readonly open?: () => Window | null;
  /** Ends everything: listener, timers, and the popup itself. */
  readonly abort: AbortController;
  /** Takes the window's messages; until somebody sets it, they are kept in `early`. */
  onMessage: (message: Message) => void;
  readonly early: Message[];
}

/** Taken out of the event at once: of a window that closes, an event forgets its source. */
export type Message = Pick<MessageEvent<unknown>, 'origin' | 'source' | 'data'>;

/** CSS pixels: the popup's pages are drawn for this. */
const WIDTH = 480;
const HEIGHT = 680;

/** Parameters of the popup. What is undefined or empty is not sent. */
export type PopupParameters = { readonly [Name in keyof PopupRequest]?: PopupRequest[Name] | undefined };

export interface AttemptOptions {
  clientId: string | undefined;
  platform: string;
  /** Default: a random one. */
  nonce: string | undefined;
  redirectUri: string | undefined;
  pkce: Pkce | undefined;
  byFedcm?: boolean | undefined;
  /** False: the page itself is to go there. */
  popup: boolean;
  parameters: PopupParameters;
}

/**
 * Opens the popup, with the listener attached before. To be called synchronously in a click, because browsers block any other popup;
 * whatever can wait for a moment is in attempt/, which is loaded when somebody is about to click.
 */
export function openAttempt(options: AttemptOptions): OpenAttempt {
  const { clientId = '', platform, nonce = '', redirectUri, pkce, parameters } = options;
  const early: Message[] = [];
  const abort = new AbortController();
  const id = randomToken();
  const request = {
    ...parameters,
    client_id: clientId,
    origin: location.origin,
    state: id,
    nonce: nonce || randomToken(),
    redirect_uri: redirectUri,
    code_challenge: pkce?.challenge,
    code_challenge_method: pkce && 'S256',
  } satisfies PopupParameters;
  const attempt = {
    id,
    clientId,
    nonce: request.nonce,
    platform,
    url: `${platform}/popup?${new URLSearchParams(Object.entries(request).filter(isGiven))}`,
    redirectUri,
    verifier: pkce?.verifier,
    wantsCode: parameters.response_type === 'code',
    popup: undefined as Window | null | undefined,
    abort,
    early,
    onMessage: (message: Message) => void early.push(message),
    byFedcm: options.byFedcm,
    open(): Window | null {
      // A fresh name each time: an earlier popup, perhaps cut off from us, is never navigated by accident.
      attempt.popup = open(attempt.url, '_blank', features());
      return attempt.popup;
    },
  };
  if (!isSecureContext || origin === 'null' || !clientId || !platform.startsWith('http')) return attempt;
  addEventListener('message', ({ origin, source, data }) => attempt.onMessage({ origin, source, data }), abort);
  attempt.popup = null;
  if (options.popup && !options.byFedcm) attempt.open();
  return attempt;
}

/** Made before anybody clicks, since hashing takes its moment and a popup cannot wait. */
export async function preparePkce(): Promise<Pkce> {
  // Digits and hyphens: of the characters that RFC 7636 section 4.1 allows, and longer than the 43 that it asks for.
  const verifier = `${randomToken()}-${randomToken()}`.padEnd(43, '-');
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const challenge = btoa(String.fromCharCode(...new Uint8Array(hash)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace('=', '');
  return { verifier, challenge };
}

/** Centred over this window. Browsers keep it within the screen by themselves. */
function features(): string {
  const left = Math.round(screenX + (outerWidth - WIDTH) / 2);
  const top = Math.round(screenY + (outerHeight - HEIGHT) / 2);
  return `popup,width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`;
}

function isGiven(parameter: [string, string | undefined]): parameter is [string, string] {
  return Boolean(parameter[1]);
}

/** 128 random bits. */
function randomToken(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
