import { Agent, request } from 'node:http';

import type { AddressForm, FilledForm } from '../../server/testing/address-forms.ts';
import { LEAK_HEADER } from './leak.ts';
import type { TimingStage } from './stage.ts';

/** How long each answer took, in milliseconds. The pairs stand at the same places. */
export interface Pairs {
  readonly knownMs: number[];
  readonly unknownMs: number[];
}

export interface PairOptions {
  readonly pairs: number;
  /** How much longer a known address takes on purpose. */
  readonly leakMs: number;
}

/** Made anew so often that what V8 has not compiled yet is not measured. */
const WARM_UP_PAIRS = 20;
const ACCOUNTS_AT_ONCE = 2;
let series = 0;

/**
 * Sends a form with an address that somebody has and with one that nobody has, in turn, so that a slow moment of the machine falls on both. A coin
 * says which comes first. Each address is used once, in a new browser and network; the addresses are of the same length.
 */
export async function measurePairs(
  stage: TimingStage,
  form: AddressForm,
  { pairs, leakMs }: PairOptions,
): Promise<Pairs> {
  series += 1;
  const addressOf = (who: string, number: number) => `${who}.${series}.${String(number).padStart(6, '0')}@example.com`;
  const total = pairs + WARM_UP_PAIRS;
  for (let number = 0; number < total; number += ACCOUNTS_AT_ONCE)
    await Promise.all(
      Array.from({ length: ACCOUNTS_AT_ONCE }, (_, more) => stage.createAccount(addressOf('known', number + more))),
    );
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const found: Pairs = { knownMs: [], unknownMs: [] };
  try {
    for (let number = 0; number < total; number += 1) {
      const known = await form.fill(stage, addressOf('known', number));
      const unknown = await form.fill(stage, addressOf('never', number));
      const sendKnown = () => timeOf(agent, stage.url, known, leakMs);
      const sendUnknown = () => timeOf(agent, stage.url, unknown, 0);
      const isKnownFirst = Math.random() < 0.5;
      const first = await (isKnownFirst ? sendKnown() : sendUnknown());
      const second = await (isKnownFirst ? sendUnknown() : sendKnown());
      if (first.status !== second.status)
        throw new Error(`${form.name}: a known address is answered with another status than an unknown one`);
      if (number < WARM_UP_PAIRS) continue;
      found.knownMs.push(isKnownFirst ? first.ms : second.ms);
      found.unknownMs.push(isKnownFirst ? second.ms : first.ms);
    }
  } finally {
    agent.destroy();
  }
  return found;
}

/** Until the last byte of the answer is there. Where that leads is another request, which this does not make. */
function timeOf(
  agent: Agent,
  url: string,
  { method, path, headers, body }: FilledForm,
  leakMs: number,
): Promise<{ ms: number; status: number }> {
  return new Promise((resolve, reject) => {
    const own = { 'content-length': String(Buffer.byteLength(body)), [LEAK_HEADER]: String(leakMs) };
    const startedAt = performance.now();
    const sent = request(`${url}${path}`, { agent, method, headers: { ...headers, ...own } }, (answer) => {
      answer.resume();
      answer.once('error', reject);
      answer.once('end', () => {
        const status = answer.statusCode ?? 0;
        if (status >= 429) reject(new Error(`${path} is answered with ${status}`));
        resolve({ ms: performance.now() - startedAt, status });
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
