import type { OpenAttempt } from '../open-attempt.ts';

/**
 * After the end of an attempt, closes the window that still speaks for it: a second window, or one that `window.open` opened without
 * returning it. So nobody agrees to something there, or waits for a page that no longer listens.
 */
export function refuse(attempt: OpenAttempt): void {
  const { platform, id, early } = attempt;
  attempt.onMessage = ({ origin, source, data }) => {
    if (origin === platform && source && 'close' in source && stateOf(data) === id) source.close();
  };
  for (const message of early.splice(0)) attempt.onMessage(message);
}

function stateOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'state' in data ? data.state : undefined;
}
