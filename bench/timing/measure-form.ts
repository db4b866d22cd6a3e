import { Agent, request } from 'node:http';

import type { AddressForm, FilledForm } from '../../server/testing/address-forms.ts';
import { LEAK_HEADER } from './leak.ts';
import type { TimingStage } from './stage.ts';

/** How long each answer took, in milliseconds. */
export interface Times {
  readonly knownMs: number[];
  readonly unknownMs: number[];
  /** Of known addresses, where the platform takes {@link TimeOptions.leakMs} more on purpose. */
  readonly leakingMs: number[];
}

export interface TimeOptions {
  readonly pairs: number;
  readonly leakMs: number;
}

/** What V8 has not compiled yet is not measured. */
const WARM_UP_PAIRS = 20;
const ACCOUNTS_AT_ONCE = 2;
let series = 0;

/**
 * Sends a form with an address that somebody has, with one that nobody has, and with one that somebody has while the platform leaks, in turn, so that a slow
 * moment of the machine falls on all. Chance says which comes first. Each address is used once, in a new browser and network; all are of the same length.
 */
export async function measureForm(
  stage: TimingStage,
  form: AddressForm,
  { pairs, leakMs }: TimeOptions,
): Promise<Times> {
  series += 1;
  const addressOf = (who: 'known' | 'never' | 'leaky', number: number) =>
    `${who}.${series}.${String(number).padStart(6, '0')}@example.com`;
  const total = pairs + WARM_UP_PAIRS;
  const accounts = Array.from({ length: total }, (_, number) => [
    addressOf('known', number),
    addressOf('leaky', number),
  ]).flat();
  for (let from = 0; from < accounts.length; from += ACCOUNTS_AT_ONCE)
    await Promise.all(accounts.slice(from, from + ACCOUNTS_AT_ONCE).map((email) => stage.createAccount(email)));
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const found: Times = { knownMs: [], unknownMs: [], leakingMs: [] };
  try {
    for (let number = 0; number < total; number += 1) {
      const asked = [
        { times: found.knownMs, form: await form.fill(stage, addressOf('known', number)), leakMs: 0 },
        { times: found.unknownMs, form: await form.fill(stage, addressOf('never', number)), leakMs: 0 },
        { times: found.leakingMs, form: await form.fill(stage, addressOf('leaky', number)), leakMs },
      ];
      const statuses = new Set<number>();
      for (const one of shuffled(asked)) {
        const { ms, status } = await timeOf(agent, stage.url, one.form, one.leakMs);
        statuses.add(status);
        if (number >= WARM_UP_PAIRS) one.times.push(ms);
      }
      if (statuses.size > 1) throw new Error(`${form.name}: the status tells whether somebody has the address`);
    }
  } finally {
    agent.destroy();
  }
  return found;
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
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
