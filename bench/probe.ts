import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

const EVERY_MS = 20;

/**
 * Asks again and again, whether or not the answer to before has come: if it waited, a server that stands still would be asked less while it
 * does. @returns how long each answer took
 */
export async function probe(url: string, signal: AbortSignal): Promise<number[]> {
  const answers: Promise<number>[] = [];
  while (!signal.aborted) {
    answers.push(timeOf(url));
    await delay(EVERY_MS);
  }
  return Promise.all(answers);
}

/** On a connection of its own, as load balancers ask. An answer that does not come, or says that something is wrong, takes for ever. */
function timeOf(url: string): Promise<number> {
  const startMs = performance.now();
  return new Promise((resolve) => {
    request(url, { agent: false }, (response) => {
      response
        .resume()
        .once('end', () =>
          resolve(response.statusCode === 200 ? performance.now() - startMs : Number.POSITIVE_INFINITY),
        );
    })
      .once('error', () => resolve(Number.POSITIVE_INFINITY))
      .end();
  });
}
