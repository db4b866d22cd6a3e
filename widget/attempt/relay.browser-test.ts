import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { SignupErrorEvent } from '../events.ts';
import '../signup-with-platform.define.ts';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import { CLIENT_ID, PLATFORM } from '../testing/credentials.ts';
import { FakePopups } from '../testing/fake-popup.ts';
import { until } from '../testing/until.ts';
import { relayChannel, TAKEN } from './relay.ts';

const timings = { pollMs: 10, closedGraceMs: 20, unreachableGraceMs: 5_000, timeoutMs: 60_000 };
const EVENTS = ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'];
let popups: FakePopups;
let events: string[];
const realFetch = window.fetch;
// An element of an earlier test that was removed tells only the document.
const record = (event: Event) => event.target === document || events.push(event.type);

beforeEach(() => {
  // The platform is there, as far as the element asks.
  window.fetch = async (input, init) =>
    String(input) === `${PLATFORM}/jwks` ? Response.json({ keys: [] }) : realFetch(input, init);
  popups = new FakePopups();
  events = [];
  for (const type of EVENTS) document.addEventListener(type, record);
});
afterEach(() => {
  window.fetch = realFetch;
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

/** Clicks, and waits for the window or the error: before the code challenge is there, neither comes at once. */
async function click(element: SignupWithPlatform): Promise<void> {
  const come = () => popups.opened.length + events.filter((type) => type === 'signup-error').length;
  const before = come();
  element.shadowRoot?.querySelector('button')?.click();
  await until(() => come() > before, 'a window or an error');
}

const becomes = (element: SignupWithPlatform, state: string) =>
  until(() => element.state === state, `${state}, is ${element.state}`);
const buttonOf = (element: SignupWithPlatform) => element.shadowRoot?.querySelector('button')?.innerText.trim();

/** Plays the page at the redirect URI. @returns the messages that it got */
function relay(state: string, ...messages: unknown[]): { told: unknown[]; close(): void } {
  const channel = new BroadcastChannel(relayChannel(state));
  const told: unknown[] = [];
  channel.addEventListener('message', ({ data }) => told.push(data));
  for (const message of messages) channel.postMessage(message);
  return { told, close: () => channel.close() };
}

describe('a popup that is cut off', () => {
  it('can be started again, and answers by relay', async () => {
    const element = await widget({ 'response-type': 'code' });
    await click(element);
    popups.last.closed = true;
    await until(() => buttonOf(element) === 'Start again', 'the offer');
    expect(popups.last.url.searchParams.get('code_challenge_method')).to.equal('S256');
    element.shadowRoot?.querySelector('button')?.click();
    expect(popups.opened).to.have.length(2);

    // The first window answers as well, but nobody listens to it any more.
    const [first, second] = popups.opened.map(({ state }) => state);
    const stale = relay(first ?? '', { state: first, iss: PLATFORM, code: 'first' });
    const fresh = relay(second ?? '', { state: second, iss: PLATFORM, code: 'second' });
    await becomes(element, 'completed');
    await until(() => fresh.told.length > 0);
    expect([stale.told, fresh.told]).to.deep.equal([[], [TAKEN]]);
    expect(events).to.deep.equal(['signup-start', 'signup-cancel', 'signup-start', 'signup-success']);
    stale.close();
    fresh.close();
  });

  it('ignores noise, another state and another issuer', async () => {
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

  it('answers once, even if message and relay race', async () => {
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
      await until(() => posted || channel.told.length > 0);
      expect(events).to.deep.equal(['signup-start', 'signup-success']);
      channel.close();
    }
  });
});

describe('redirect-uri', () => {
  it('must be an address of the page’s own origin, or the popup is closed', async () => {
    for (const uri of ['http://[', 'https://elsewhere.example/back', `${PLATFORM}/back`, 'javascript:alert(1)']) {
      for (const mode of ['', 'redirect', 'popup']) {
        const element = await widget({ 'redirect-uri': uri, mode });
        const failure = oneEvent(element, 'signup-error');
        await click(element);
        expect(((await failure) as SignupErrorEvent).detail).to.include({ code: 'misconfigured' });
        expect(popups.opened.every(({ closed }) => closed)).to.equal(true);
      }
    }
  });
});

describe('in a frame', () => {
  type Shop = Window & { noted: string[] };
  /** A shop's page in a frame that has another origin than this page, or may open no windows. */
  async function framed(sandbox: string, attributes: string): Promise<{ told: () => Promise<string> }> {
    const frame = document.createElement('iframe');
    const tag = `<signup-with-platform client-id="${CLIENT_ID}" platform="${PLATFORM}" ${attributes}></signup-with-platform>`;
    const script = `<script type="module">
      await customElements.whenDefined('signup-with-platform');
      const element = document.querySelector('signup-with-platform');
      await element.updateComplete;
      await new Promise((resolve) => setTimeout(resolve, 100));
      element.addEventListener('signup-error', ({ detail }) => parent.postMessage(detail.code + ': ' + detail.message, '*'));
      element.signUp();
    </script>`;
    if (sandbox) frame.sandbox.value = sandbox;
    frame.src = `/shop/page?${new URLSearchParams({ body: tag + script })}`;
    const heard = new Promise<string>((resolve) => {
      addEventListener('message', ({ source, data }) => source === frame.contentWindow && resolve(String(data)));
    });
    document.body.append(frame);
    return {
      told: async () => {
        const message = await heard;
        // The page has not gone to the platform, which cannot be framed.
        if (sandbox.includes('allow-same-origin'))
          expect((frame.contentWindow as Shop).location.pathname).to.equal('/shop/page');
        frame.remove();
        return message;
      },
    };
  }

  it('that may not open windows, it says so and does not leave', async () => {
    const { told } = await framed('allow-scripts allow-same-origin', 'redirect-uri="/shop/back"');
    expect(await told()).to.match(/^popup_blocked: .*allow-popups/);
  });

  it('mode="redirect" cannot be used', async () => {
    const { told } = await framed('', 'redirect-uri="/shop/back" mode="redirect"');
    expect(await told()).to.match(/^misconfigured: .*frame/);
  });

  it('without an origin, nothing can be registered', async () => {
    for (const attributes of ['', 'redirect-uri="/shop/back"']) {
      const { told } = await framed('allow-scripts allow-popups', attributes);
      expect(await told()).to.match(/^misconfigured: .*(origin)/);
    }
  });
});

describe('mode="redirect"', () => {
  const { setItem } = Storage.prototype;
  afterEach(() => {
    Storage.prototype.setItem = setItem;
  });

  it('says what it needs: a redirect URI, and a browser with storage', async () => {
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

  it('is not needed where the browser forbids all storage, because the popup answers as usual', async () => {
    const putBack = ['sessionStorage', 'localStorage'].map((name) => {
      const own = Object.getOwnPropertyDescriptor(window, name) as PropertyDescriptor;
      Object.defineProperty(window, name, {
        configurable: true,
        get: () => {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
      return () => Object.defineProperty(window, name, own);
    });
    try {
      const element = await widget({ 'response-type': 'code', remember: '' });
      await click(element);
      popups.last.ready();
      popups.last.answer({ code: 'c' });
      await becomes(element, 'completed');
      element.reset();
      expect(events).to.deep.equal(['signup-start', 'signup-success']);

      popups.blocked = true;
      const blocked = await widget();
      const failure = oneEvent(blocked, 'signup-error');
      await click(blocked);
      expect(((await failure) as SignupErrorEvent).detail.code).to.equal('popup_blocked');
    } finally {
      for (const storage of putBack) storage();
    }
  });

  it('removes what was kept for departures without a return', async () => {
    const old = JSON.stringify({ state: '1-1-1-1', typed: [[0, 'note', 'mine']], href: location.href });
    const spent = JSON.stringify({ href: location.href, spent: true });
    const [abandoned, done, foreign] = ['signup-with-platform:1-1-1-1', 'signup-with-platform:2-2-2-2', 'cart'];
    sessionStorage.setItem(abandoned as string, old);
    sessionStorage.setItem(done as string, spent);
    sessionStorage.setItem(foreign as string, 'mine');
    // The storage is full now, so that this page does not go away.
    Storage.prototype.setItem = function (key, value) {
      if (value.includes('"verifier"')) throw new DOMException('full', 'QuotaExceededError');
      setItem.call(this, key, value);
    };
    const element = await widget({ mode: 'redirect' });
    const failure = oneEvent(element, 'signup-error');
    await click(element);
    await failure;
    const kept = [abandoned, done, foreign].map((key) => sessionStorage.getItem(key as string));
    sessionStorage.clear();
    expect(kept).to.deep.equal([null, spent, 'mine']);
  });

  it('asks to allow pop-ups where windows are blocked and nothing can be stored', async () => {
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
