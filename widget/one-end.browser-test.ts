import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { SignupFlow } from './attempt/signup-flow.ts';
import type { SignupWithPlatform } from './signup-with-platform.ts';
import { CLIENT_ID, PLATFORM, TestIssuer } from './testing/credentials.ts';
import { FakePopups } from './testing/fake-popup.ts';
import { FakeTime, turn } from './testing/fake-time.ts';

// Each `signup-start` that the page did not prevent is followed by exactly one end (invariant 14), whatever happens, in whatever order.

declare global {
  interface Window {
    /** Served by testing/scripted-loading.mjs. */
    sequences: number;
    loadPart: () => Promise<unknown>;
    unloadPart: () => void;
  }
}

const SEED = 20_261_129;
const EVENTS = ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'] as const;
/** Longer than any attempt lasts without a sign of life. */
const FOR_EVER_MS = 2 * 3_600_000;
const TIMINGS = { pollMs: 1_000, silenceMs: 5_000, timeoutMs: 600_000 };

const issuer = await TestIssuer.create();
const realFetch = window.fetch;
const realOpen = window.open;
const scripted = './signup-with-platform.ts?scripted';
const { SignupWithPlatform: Scripted } = (await import(scripted)) as {
  SignupWithPlatform: CustomElementConstructor;
};
customElements.define('scripted-signup', Scripted);
const part = await import('./attempt/attempt.ts');
// Loaded once, so that no sequence waits for the network.
await import('./answer/answer.ts');
await import('./answer/fields/spellings.ts');
await import('./attempt/broken-page.ts');
await import('./attempt/mistakes.ts');
await import('./attempt/post-to-login-uri.ts');
await import('./attempt/redeem-code.ts');
const { prepareRedirect } = await import('./prepare-redirect.ts');
const credentials = new Map<string, string>();

/** One page with one element, and what happens to it. */
class World {
  readonly time = new FakeTime();
  readonly popups = new FakePopups();
  readonly element = document.createElement('scripted-signup') as SignupWithPlatform;
  readonly form = document.createElement('form');
  readonly fieldset = document.createElement('fieldset');
  readonly elsewhere = document.createElement('div');
  readonly frame = document.createElement('iframe');
  readonly heard: Event[] = [];
  readonly heardByDocument: Event[] = [];
  readonly #stop = new AbortController();
  /** What the page's listeners do, the next time. */
  onStart: (event: Event) => void = () => {};
  onEnd: () => void = () => {};

  constructor() {
    window.fetch = issuer.fetch;
    issuer.jwksStatus = 200;
    window.unloadPart();
    window.loadPart = async () => part;
    const input = document.createElement('input');
    input.name = 'email';
    this.form.append(input, this.fieldset);
    this.fieldset.append(this.element);
    document.body.append(this.form, this.elsewhere, this.frame);
    this.element.setAttribute('client-id', CLIENT_ID);
    this.element.setAttribute('platform', PLATFORM);
    this.element.timings = TIMINGS;
    // The page itself would go to the platform.
    window.navigation?.addEventListener('navigate', (event) => event.preventDefault(), this.#stop);
    const once = (name: 'onStart' | 'onEnd', event: Event) => {
      const act = this[name];
      this[name] = () => {};
      act(event);
    };
    for (const type of EVENTS) {
      this.element.addEventListener(
        type,
        (event) => {
          this.heard.push(event);
          once(type === 'signup-start' ? 'onStart' : 'onEnd', event);
        },
        this.#stop,
      );
      document.addEventListener(type, (event) => this.heardByDocument.push(event), this.#stop);
    }
  }

  get popup() {
    return this.popups.opened.at(-1);
  }

  /** Starts and ends in their order, without what was prevented. */
  names(events: readonly Event[]): string {
    const counted = events.filter(({ defaultPrevented }) => !defaultPrevented);
    return counted.map(({ type }) => (type === 'signup-start' ? 'start' : 'end')).join(' ');
  }

  dispose(): void {
    this.#stop.abort();
    this.element.remove();
    this.form.remove();
    this.elsewhere.remove();
    this.frame.remove();
    for (const popup of this.popups.opened) popup.remove();
    this.popups.restore();
    this.time.restore();
    window.open = realOpen;
    window.fetch = realFetch;
  }
}

const ignore = () => {};
const quietly = (act: () => void) => () => {
  try {
    act();
  } catch {
    // What a page's own code throws is its own.
  }
};
const fail = () => {
  throw new Error('the page’s own');
};
const press = ({ element }: World) => element.shadowRoot?.querySelector('button')?.click();

const STEPS: Readonly<Record<string, (world: World) => unknown>> = {
  press,
  signUp: ({ element }) => element.signUp(),
  remove: ({ element }) => element.remove(),
  insert: ({ element, fieldset }) => fieldset.append(element),
  move: ({ element, elsewhere }) => elsewhere.append(element),
  adopt: ({ element, frame }) => frame.contentDocument?.body.append(element),
  reset: ({ element }) => element.reset(),
  'form.reset': ({ form }) => form.reset(),
  'another client': ({ element }) => element.setAttribute('client-id', `another-${Math.random()}`),
  'a redirect URI': ({ element }) => element.setAttribute('redirect-uri', '/shop/back'),
  'a wrong login-uri': ({ element }) => element.setAttribute('login-uri', 'https://elsewhere.example/'),
  disable: ({ element }) => element.toggleAttribute('disabled'),
  'disable the fieldset': ({ fieldset }) => fieldset.toggleAttribute('disabled'),
  ready: ({ popup }) => popup?.ready(),
  away: ({ popup }) => popup?.post({ type: 'signup-with-platform:away', state: popup.state }),
  code: ({ popup }) => popup?.answer({ code: 'c' }),
  credential: async ({ popup }) => {
    if (!popup) return;
    const known =
      credentials.get(popup.nonce) ?? (await issuer.sign({ claims: { nonce: popup.nonce, email: 'a@b.example' } }));
    credentials.set(popup.nonce, known);
    popup.answer({ credential: known });
  },
  'a forged credential': ({ popup }) => popup?.answer({ credential: 'a.b.c' }),
  'a refusal': ({ popup }) => popup?.answer({ error: 'access_denied' }),
  'an error': ({ popup }) => popup?.answer({ error: 'server_error' }),
  'the attempt is over': ({ popup }) => popup?.answer({ error: 'attempt_expired' }),
  'the first popup answers': ({ popups: { opened } }) => opened[0]?.answer({ code: 'stale' }),
  closed: ({ popup }) => {
    if (popup) popup.closed = true;
  },
  'looks closed no longer': ({ popup }) => {
    if (popup && popup.closeCalls === 0) popup.closed = false;
  },
  block: ({ popups }) => {
    popups.blocked = !popups.blocked;
  },
  'open throws': () => {
    window.open = fail;
  },
  'open returns nonsense': () => {
    window.open = () => true as never;
  },
  'the keys are out of reach': () => {
    issuer.jwksStatus = 0;
  },
  'the network hangs': () => {
    window.fetch = () => new Promise(ignore);
  },
  'the chunk is late': ({ time }) => {
    const { setTimeout } = window;
    window.loadPart = () => new Promise((resolve) => setTimeout(() => resolve(part), 3_000));
    return time.advance(0);
  },
  'the chunk hangs': () => {
    window.loadPart = () => new Promise(ignore);
  },
  'the chunk fails': () => {
    window.loadPart = () => Promise.reject(new TypeError('Failed to fetch'));
  },
  'the chunk is not loaded': () => window.unloadPart(),
  'start is prevented': (world) => {
    world.onStart = (event) => event.preventDefault();
  },
  'start throws': (world) => {
    world.onStart = quietly(fail);
  },
  'start removes the element': (world) => {
    world.onStart = () => world.element.remove();
  },
  'start resets': (world) => {
    world.onStart = () => world.element.reset();
  },
  'start starts': (world) => {
    world.onStart = () => world.element.signUp();
  },
  'the end starts': (world) => {
    world.onEnd = () => world.element.signUp();
  },
  'the end resets': (world) => {
    world.onEnd = () => world.element.reset();
  },
  'the end removes the element': (world) => {
    world.onEnd = () => world.element.remove();
  },
  'filling throws': ({ form }) => {
    for (const input of form.querySelectorAll('input')) input.closest = fail;
  },
  pagehide: () => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })),
  pageshow: () => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })),
  'a moment': ({ time }) => time.advance(50),
  'a second': ({ time }) => time.advance(1_300),
  'some seconds': ({ time }) => time.advance(6_000),
  'two minutes': ({ time }) => time.advance(120_000),
  'a quarter of an hour': ({ time }) => time.advance(900_000),
};

/** Presses come often, because most steps do nothing without one. */
const step = fc.oneof(
  { weight: 1, arbitrary: fc.constant('press') },
  { weight: 1, arbitrary: fc.constantFrom('ready', 'credential', 'code', 'remove', 'insert', 'a moment') },
  { weight: 4, arbitrary: fc.constantFrom(...Object.keys(STEPS)) },
);

async function follow(steps: readonly string[]): Promise<void> {
  const world = new World();
  try {
    for (const name of ['press', ...steps]) {
      await STEPS[name]?.(world);
      await turn();
    }
    // Whoever is left at a popup gives up. A listener of that end may have pressed again, and what a press waits for is hashed in real time:
    // on a busy machine, it starts late, and has its time, too.
    const isUnderWay = () => world.names(world.heard).endsWith('start');
    for (let round = 0; round < 3 || (isUnderWay() && round < 30); round += 1) {
      await prepareRedirect('');
      await turn();
      await world.time.advance(FOR_EVER_MS);
      await turn();
    }
    const { element, heard, heardByDocument, popups } = world;
    expect(world.names(heard), 'at the element').to.match(/^((start end)( (?=start)|$))*$/);
    // The document hears the same, but of a listener that starts again the new start before the end that it listened to.
    const sorted = (events: readonly Event[]) => world.names(events).split(' ').toSorted();
    expect(sorted(heardByDocument)).to.deep.equal(sorted(heard));
    expect(['opening', 'waiting'] as SignupFlow['name'][]).not.to.include(element.state);
    expect(popups.opened.filter(({ closed }) => !closed).length, 'open popups').to.equal(0);
  } finally {
    world.dispose();
  }
}

describe('an attempt', () => {
  it('ends exactly once, whatever happens', async function many() {
    // Ten thousand sequences take some minutes.
    this.timeout(0);
    const quiet = [console.error, console.warn, window.onerror, window.reportError] as const;
    if (window.sequences > 1) console.error = console.warn = window.reportError = ignore;
    // The runner would take what the page's own listeners throw for a failure.
    if (window.sequences > 1) window.onerror = () => true;
    try {
      await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), follow), {
        numRuns: window.sequences,
        seed: SEED,
        includeErrorInReport: true,
      });
    } finally {
      [console.error, console.warn, window.onerror, window.reportError] = quiet;
    }
  });
});
