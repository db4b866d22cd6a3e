import { expect, fixture, html, oneEvent, waitUntil } from '@open-wc/testing';
import type { SignupErrorEvent } from '../events.ts';
import '../signup-with-platform.define.ts';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import { CLIENT_ID, PLATFORM } from '../testing/credentials.ts';
import { FakePopups } from '../testing/fake-popup.ts';
import { relayChannel, TAKEN } from './relay.ts';

const timings = { pollMs: 10, closedGraceMs: 20, unreachableGraceMs: 5_000, timeoutMs: 8_000 };
const EVENTS = ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'];
let popups: FakePopups;
let events: string[];
const record = (event: Event) => events.push(event.type);

beforeEach(() => {
  popups = new FakePopups();
  events = [];
  for (const type of EVENTS) document.addEventListener(type, record);
});
afterEach(() => {
  popups.restore();
  for (const popup of popups.opened) popup.remove();
  for (const type of EVENTS) document.removeEventListener(type, record);
});

async function widget(attributes: Record<string, string> = {}): Promise<SignupWithPlatform> {
  const place = await fixture<HTMLElement>(html`<div></div>`);
  const element = document.createElement('signup-with-platform');
  const all = { 'client-id': CLIENT_ID, platform: PLATFORM, 'redirect-uri': '/shop/back', ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  element.timings = timings;
  place.append(element);
  await element.updateComplete;
  return element;
}

/** Clicks, once the code challenge is there. */
async function click(element: SignupWithPlatform): Promise<void> {
  element.shadowRoot?.querySelector('button')?.focus();
  await new Promise((resolve) => setTimeout(resolve, 50));
  element.shadowRoot?.querySelector('button')?.click();
}

const becomes = (element: SignupWithPlatform, state: string) =>
  waitUntil(() => element.state === state, `${state}, is ${element.state}`);
const buttonOf = (element: SignupWithPlatform) => element.shadowRoot?.querySelector('button')?.innerText.trim();

/** The page at the redirect URI. @returns what it was told */
function relay(state: string, ...messages: unknown[]): { told: unknown[]; close(): void } {
  const channel = new BroadcastChannel(relayChannel(state));
  const told: unknown[] = [];
  channel.addEventListener('message', ({ data }) => told.push(data));
  for (const message of messages) channel.postMessage(message);
  return { told, close: () => channel.close() };
}

describe('a popup that is cut off', () => {
  it('can be begun again, and answers by relay', async () => {
    const element = await widget({ 'response-type': 'code' });
    await click(element);
    popups.last.closed = true;
    await waitUntil(() => buttonOf(element) === 'Start again', 'the offer', { timeout: 2_000 });
    expect(popups.last.url.searchParams.get('code_challenge_method')).to.equal('S256');
    element.shadowRoot?.querySelector('button')?.click();
    expect(popups.opened).to.have.length(2);

    // The first window answers as well: nobody listens to it any more.
    const [first, second] = popups.opened.map(({ state }) => state);
    const stale = relay(first ?? '', { state: first, iss: PLATFORM, code: 'first' });
    const fresh = relay(second ?? '', { state: second, iss: PLATFORM, code: 'second' });
    await becomes(element, 'completed');
    await waitUntil(() => fresh.told.length > 0);
    expect([stale.told, fresh.told]).to.deep.equal([[], [TAKEN]]);
    expect(events).to.deep.equal(['signup-start', 'signup-start', 'signup-success']);
    stale.close();
    fresh.close();
  });

  it('says nothing by noise, by another state, or by another issuer', async () => {
    const element = await widget({ 'response-type': 'code' });
    await click(element);
    const { state } = popups.last;
    const failure = oneEvent(element, 'signup-error');
    const channel = relay(
      state,
      null,
      'noise',
      TAKEN,
      { state: 'another', iss: PLATFORM, code: 'c' },
      { state, iss: PLATFORM },
      { state, iss: PLATFORM, code: 7 },
      { state, iss: 'https://evil.example', code: 'c' },
    );
    expect(((await failure) as SignupErrorEvent).detail.code).to.equal('invalid_credential');
    expect(events).to.deep.equal(['signup-start', 'signup-error']);
    channel.close();
  });

  it('answers once, though message and relay race', async () => {
    for (const posted of [true, false]) {
      events = [];
      const element = await widget({ 'response-type': 'code' });
      await click(element);
      const { state } = popups.last;
      const post = () => popups.last.answer({ code: 'posted' });
      if (posted) post();
      const channel = relay(state, { state, iss: PLATFORM, code: 'relayed' }, { state, iss: PLATFORM, error: 'late' });
      await becomes(element, 'completed');
      post();
      await waitUntil(() => posted || channel.told.length > 0);
      expect(events).to.deep.equal(['signup-start', 'signup-success']);
      channel.close();
    }
  });
});

describe('mode="redirect"', () => {
  const { setItem } = Storage.prototype;
  afterEach(() => {
    Storage.prototype.setItem = setItem;
  });

  it('says what it needs: a redirect URI, and a browser that keeps something', async () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    for (const [attributes, needs] of [
      [{ 'redirect-uri': '' }, 'redirect-uri'],
      [{}, 'sessionStorage'],
    ] as const) {
      const element = await widget({ mode: 'redirect', ...attributes });
      const failure = oneEvent(element, 'signup-error');
      await click(element);
      const { code, message } = ((await failure) as SignupErrorEvent).detail;
      expect(code).to.equal('misconfigured');
      expect(message).to.contain(needs);
      expect(popups.opened).to.have.length(0);
    }
  });

  it('by itself, where windows are blocked and nothing is kept, asks for pop-ups', async () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('forbidden', 'SecurityError');
    };
    popups.blocked = true;
    const element = await widget();
    const failure = oneEvent(element, 'signup-error');
    await click(element);
    expect(((await failure) as SignupErrorEvent).detail.code).to.equal('popup_blocked');
  });
});
