import { readMessage } from './read-message.ts';
import type { SignupFlowEvent } from './signup-flow.ts';

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

export interface PopupOptions {
  url: string;
  /** Origin of the platform: the only one that is listened to. */
  platform: string;
  /** Unguessable; names the attempt. */
  state: string;
  timings: Readonly<PopupTimings>;
  /** Ends everything: listener, timers, and the popup itself. */
  signal: AbortSignal;
  onEvent: (event: SignupFlowEvent) => void;
}

/** CSS pixels: the popup's pages are drawn for this. */
const WIDTH = 480;
const HEIGHT = 680;

/**
 * Opens the popup and reports what becomes of it until `signal` aborts. To be called synchronously in a click, because browsers
 * block any other popup.
 *
 * @returns the window; when the browser blocked it, `undefined`, after a `blocked` event
 */
export function openPopup({ url, platform, state, timings, signal, onEvent }: PopupOptions): Window | undefined {
  let popup: Window | null = null;
  let heard = false;
  let poll: ReturnType<typeof setInterval>;
  let grace: ReturnType<typeof setTimeout>;
  const attempt = state;

  addEventListener(
    'message',
    (message) => {
      const event = readMessage(message, { platform, popup, state });
      if (!event) return;
      heard = true;
      onEvent(event);
    },
    { signal },
  );
  // A fresh name each time: an earlier popup, perhaps cut off from us, is never navigated by accident.
  popup = open(url, '_blank', features());
  if (!popup || popup.closed) {
    onEvent({ type: 'blocked', attempt });
    return;
  }
  const opened = popup;
  const timeout = setTimeout(() => onEvent({ type: 'timeout', attempt }), timings.timeoutMs);
  poll = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(poll);
    grace = setTimeout(
      () => onEvent({ type: 'closed', attempt }),
      heard ? timings.closedGraceMs : timings.unreachableGraceMs,
    );
  }, timings.pollMs);
  signal.addEventListener('abort', () => {
    clearTimeout(timeout);
    clearInterval(poll);
    clearTimeout(grace);
    opened.close();
  });
  return opened;
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
