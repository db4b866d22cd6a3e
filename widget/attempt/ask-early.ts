import { ask } from './request.ts';

/** In milliseconds. A platform that takes longer is not expected to answer. */
const TIMEOUT_MS = 30_000;

/**
 * Asks before what reads the answers is loaded, so that the two are waited for at the same time.
 *
 * @param urls of which each answer is handed out once; anything else is asked for when it is needed
 */
export function askEarly(urls: readonly string[]): typeof ask {
  const start = async (url: string) => ask(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'manual' });
  const early = new Map(urls.map((url) => [url, start(url)]));
  // Whoever gets the answer hears of a failure.
  for (const answer of early.values()) answer.catch(() => {});
  return (url, init) => {
    const answer = early.get(url);
    early.delete(url);
    return answer ?? ask(url, init);
  };
}
