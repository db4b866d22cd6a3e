import { expect } from '@open-wc/testing';
import { CLIENT_ID, PLATFORM } from '../testing/credentials.ts';
import { until } from '../testing/until.ts';
import type { Departure } from './redirect.ts';
import { relayChannel, TAKEN } from './relay.ts';

// Pages of a shop in frames (testing/fake-shop.mjs). They share this tab's sessionStorage, as a page does that was left and returned to.

type ShopWindow = Window & { noted: string[] };

const BACK = '/shop/back';
const TAG = `<signup-with-platform client-id="${CLIENT_ID}" platform="${PLATFORM}"></signup-with-platform>`;
const page = (body: string, rest = '') => `/shop/page?${new URLSearchParams({ body })}${rest}`;
/** States in the form that open-attempt.ts makes. */
const MINE = '1-1-1-1';
const ANOTHER = '2-2-2-2';
const FORGED = '3-3-3-3';
const SECOND = '4-4-4-4';
const LATE = '5-5-5-5';
const STALE = '6-6-6-6';

const refusal = (state: string, iss = PLATFORM) =>
  `#${new URLSearchParams({ state, iss, error: 'access_denied' }).toString()}`;

let frames: HTMLIFrameElement[] = [];
beforeEach(() => sessionStorage.clear());
afterEach(() => {
  for (const frame of frames) frame.remove();
  frames = [];
  sessionStorage.clear();
});

function visit(address: string): HTMLIFrameElement {
  const frame = document.createElement('iframe');
  frame.src = address;
  document.body.append(frame);
  frames.push(frame);
  return frame;
}

const windowOf = (frame: HTMLIFrameElement) => frame.contentWindow as ShopWindow;
const elements = (frame: HTMLIFrameElement) => [...windowOf(frame).document.querySelectorAll('signup-with-platform')];
const states = (frame: HTMLIFrameElement) => elements(frame).map((element) => element.getAttribute('state'));
const addressOf = (frame: HTMLIFrameElement) => windowOf(frame).location.href.replace(location.origin, '');
const shows = (frame: HTMLIFrameElement, expected: string) =>
  until(() => states(frame).join() === expected, `states ${expected}, are ${states(frame)}`);
const cleaned = (frame: HTMLIFrameElement) =>
  until(() => windowOf(frame).location.href.includes('/shop/') && !windowOf(frame).location.hash, 'a clean address');

/** What the page at `href` kept when it was left. */
function leave(state: string, href: string, more: Partial<Departure> = {}): void {
  const departure: Departure = {
    state,
    clientId: CLIENT_ID,
    platform: PLATFORM,
    nonce: 'nonce',
    verifier: 'verifier',
    redirectUri: location.origin + BACK,
    wantsCode: false,
    href: location.origin + href,
    index: 0,
    typed: [],
    at: Date.now(),
    ...more,
  };
  sessionStorage.setItem(`signup-with-platform:${state}`, JSON.stringify(departure));
}

describe('a response at the redirect URI', () => {
  it('is passed on by its state, and the window says that it may be closed', async () => {
    const [channel, other] = [MINE, ANOTHER].map((state) => new BroadcastChannel(relayChannel(state)));
    const heard: unknown[] = [];
    channel?.addEventListener('message', ({ data }) => heard.push(data));
    other?.addEventListener('message', ({ data }) => heard.push(data));
    const frame = visit(BACK + refusal(MINE));
    await until(() => heard.length > 0, 'a message');
    expect(heard).to.deep.equal([{ state: MINE, iss: PLATFORM, error: 'access_denied' }]);
    expect(addressOf(frame)).to.equal(BACK);
    channel?.postMessage(TAKEN);
    const { body } = windowOf(frame).document;
    await until(() => body.innerText === 'Done. You can close this window.', body.innerText);
    channel?.close();
    other?.close();
  });

  it('that nobody waits for is explained to the person, unless the page has its own text', async () => {
    const empty = visit(BACK + refusal(FORGED));
    const wordy = visit(page('<p>Welcome back.</p>', refusal(FORGED)));
    const shop = visit(page(TAG, refusal(FORGED)));
    const { body } = await cleaned(empty).then(() => windowOf(empty).document);
    await until(() => body.innerText.includes('Close this window'), body.innerText);
    expect(windowOf(wordy).document.body.innerText).to.equal('Welcome back.');
    expect(states(shop)).to.deep.equal(['idle']);
    expect(windowOf(shop).noted).to.deep.equal([]);
  });

  it('to another request is left alone', async () => {
    const theirs = visit(page(TAG, `#state=af0ifjsldkj&iss=${encodeURIComponent(PLATFORM)}&code=c`));
    await until(() => states(theirs).join() === 'idle', 'the element');
    expect(windowOf(theirs).location.hash).to.contain('state=af0ifjsldkj');
  });

  it('is forwarded once to the page that was left, with what was typed there', async () => {
    const href = page(`<form><input name="note">${TAG}</form>`, '#/basket');
    leave(MINE, href, { typed: [[0, 'note', 'Ring twice']] });
    const frame = visit(BACK + refusal(MINE));
    await shows(frame, 'cancelled');
    expect(addressOf(frame)).to.equal(href);
    expect(windowOf(frame).noted).to.deep.equal(['signup-cancel']);
    expect(windowOf(frame).document.querySelector('input')?.value).to.equal('Ring twice');
    expect(Object.values(sessionStorage).join()).not.to.contain('verifier');

    // With the back button or a copied address, the page loads again and nothing happens.
    const replayed = visit(BACK + refusal(MINE));
    await shows(replayed, 'idle');
    expect(addressOf(replayed)).to.equal(href);
    expect(windowOf(replayed).noted).to.deep.equal([]);
  });

  it('is taken where it arrived when the page that was left now redirects elsewhere', async () => {
    const arrival = { state: MINE, iss: PLATFORM, error: 'access_denied' };
    const handOn = (at: number) => {
      leave(MINE, '/shop/elsewhere');
      sessionStorage.setItem('signup-with-platform:arrival', JSON.stringify({ arrival, at }));
    };
    handOn(Date.now() - 61_000);
    const late = visit(page(TAG));
    await until(() => sessionStorage.getItem('signup-with-platform:arrival') === null, 'taken');
    await shows(late, 'idle');

    handOn(Date.now());
    const frame = visit(page(TAG));
    await shows(frame, 'cancelled');
    expect(addressOf(frame)).to.equal(page(TAG));
    expect(windowOf(late).noted).to.deep.equal([]);
  });

  it('restores the fragment of its page', async () => {
    leave(MINE, page(TAG, '#/basket'));
    const frame = visit(page(TAG, refusal(MINE)));
    await shows(frame, 'cancelled');
    expect(addressOf(frame)).to.equal(page(TAG, '#/basket'));
  });

  it('goes to the right one of several elements, even if that one is rendered late', async () => {
    const href = page(TAG);
    leave(MINE, href, { index: 0 });
    leave(SECOND, page(TAG + TAG), { index: 1 });
    const second = visit(page(TAG + TAG, refusal(SECOND)));
    await shows(second, 'idle,cancelled');

    const add = `document.body.insertAdjacentHTML('beforeend', decodeURIComponent('${encodeURIComponent(TAG)}'))`;
    const late = page(`<script>setTimeout(() => { ${add} }, 800)</script>`);
    leave(LATE, late);
    const frame = visit(late + refusal(LATE));
    await shows(frame, 'cancelled');
    expect(windowOf(frame).noted).to.deep.equal(['signup-cancel']);
  });

  it('from another issuer, or to an old departure, completes nothing', async () => {
    leave(MINE, page(TAG));
    const foreign = visit(page(TAG, refusal(MINE, 'https://evil.example')));
    await shows(foreign, 'failed');
    expect(windowOf(foreign).noted).to.deep.equal(['signup-error invalid_credential']);

    leave(STALE, page(TAG), { at: Date.now() - 61 * 60 * 1000 });
    const stale = visit(page(TAG, refusal(STALE)));
    await cleaned(stale);
    await shows(stale, 'idle');
    expect(windowOf(stale).noted).to.deep.equal([]);
  });

  it('finds its element in a shadow tree, even if that tree is added late', async () => {
    const inShadow = (ms: number) =>
      page(`<vendor-card></vendor-card><script>setTimeout(() => {
        document.querySelector('vendor-card').attachShadow({ mode: 'open' }).innerHTML = decodeURIComponent('${encodeURIComponent(TAG)}');
        document.body.append('rendered');
      }, ${ms})</script>`);
    for (const [state, ms] of [
      [MINE, 0],
      [LATE, 800],
    ] as const) {
      leave(state, inShadow(ms));
      const frame = visit(inShadow(ms) + refusal(state));
      const noted = () => windowOf(frame).noted?.join();
      await until(() => noted() === 'signup-cancel', 'the event');
    }
  });

  it('is removed from the address before the page’s router reads it, and found even after a router', async () => {
    // Routers that keep their route in the fragment put a slash before it.
    const later = page(
      `${TAG}<script>customElements.whenDefined('signup-with-platform').then(() => { window.seen = location.hash })</script>`,
    );
    leave(MINE, later);
    const after = visit(later + refusal(MINE));
    await shows(after, 'cancelled');
    expect((windowOf(after) as ShopWindow & { seen?: string }).seen).to.equal('');

    const earlier = page(`<script>history.replaceState(null, '', '#/' + location.hash.slice(1))</script>${TAG}`);
    leave(SECOND, earlier);
    const before = visit(earlier + refusal(SECOND));
    await shows(before, 'cancelled');
    expect(windowOf(before).location.hash).to.equal('');
  });

  it('is taken once, even if two windows of the tab have it', async () => {
    leave(MINE, page(TAG));
    const [first, second] = [visit(page(TAG, refusal(MINE))), visit(page(TAG, refusal(MINE)))];
    await Promise.all([cleaned(first), cleaned(second)]);
    const all = () => [first, second].flatMap((frame) => states(frame)).sort();
    await until(() => all().join() === 'cancelled,idle', all().join());
    expect([...windowOf(first).noted, ...windowOf(second).noted]).to.deep.equal(['signup-cancel']);
  });

  it('is not seen in a fragment of the page’s own', async () => {
    for (const fragment of ['#section', '#/route?state=open&iss=', '#state=x', '#a&iss=b']) {
      const frame = visit(page(TAG, fragment));
      await shows(frame, 'idle');
      expect(windowOf(frame).location.hash).to.equal(fragment);
    }
  });
});
