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

export const POPUP_TIMINGS: Readonly<PopupTimings> = {
  pollMs: 300,
  closedGraceMs: 300,
  unreachableGraceMs: 4000,
  timeoutMs: 600_000,
};

/** What one click started. */
export interface OpenAttempt {
  /** Unguessable: also the `state` parameter of the request. */
  readonly id: string;
  readonly clientId: string;
  readonly nonce: string;
  /** Origin of the platform: the only one that is listened to. Empty or `null` when there is none. */
  readonly platform: string;
  /** Null when the browser blocked it; undefined when the element is misconfigured, and nothing was opened. */
  readonly popup: Window | null | undefined;
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

/**
 * Opens the popup, with the listener attached before. To be called synchronously in a click, because browsers block any other popup;
 * whatever can wait for a moment is in attempt/, which is loaded when somebody is about to click.
 *
 * @param nonce default: a random one
 */
export function openAttempt(
  clientId: string | undefined,
  platform: string,
  nonce: string | undefined,
  parameters: Partial<PopupRequest>,
): OpenAttempt {
  const early: Message[] = [];
  const abort = new AbortController();
  const attempt = {
    id: randomToken(),
    clientId: clientId ?? '',
    nonce: nonce || randomToken(),
    platform,
    popup: undefined as Window | null | undefined,
    abort,
    early,
    onMessage: (message: Message) => void early.push(message),
  };
  if (!isSecureContext || !clientId || !platform.startsWith('http')) return attempt;
  addEventListener('message', ({ origin, source, data }) => attempt.onMessage({ origin, source, data }), abort);
  const request = {
    client_id: clientId,
    origin: location.origin,
    state: attempt.id,
    nonce: attempt.nonce,
    ...parameters,
  } satisfies PopupRequest;
  // A fresh name each time: an earlier popup, perhaps cut off from us, is never navigated by accident.
  attempt.popup = open(`${platform}/popup?${new URLSearchParams(request)}`, '_blank', features());
  return attempt;
}

/** Centred over this window, within the screen (which, on a second display, does not start at 0). */
function features(): string {
  const { availLeft = 0, availTop = 0, availWidth, availHeight } = screen as Screen & Record<string, number>;
  const width = Math.min(WIDTH, availWidth);
  const height = Math.min(HEIGHT, availHeight);
  const within = (value: number, low: number, high: number) => Math.round(Math.max(low, Math.min(value, high)));
  const left = within(screenX + (outerWidth - width) / 2, availLeft, availLeft + availWidth - width);
  const top = within(screenY + (outerHeight - height) / 2, availTop, availTop + availHeight - height);
  return `popup,width=${width},height=${height},left=${left},top=${top}`;
}

/** 128 random bits. */
function randomToken(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
