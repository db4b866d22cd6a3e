import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { SignupCancelEvent, SignupErrorEvent, SignupSuccessEvent } from './events.ts';
import './signup-with-platform.define.ts';
import type { SignupWithPlatform } from './signup-with-platform.ts';
import { CLIENT_ID, type CredentialSpec, PLATFORM, TestIssuer } from './testing/credentials.ts';
import { FakePopups } from './testing/fake-popup.ts';
import { until } from './testing/until.ts';

const issuer = await TestIssuer.create();
const realFetch = window.fetch;
let popups: FakePopups;
/** The events of the element that reached the document. Those of a removed element begin there, and are not counted: an earlier test's. */
let events: string[];
const record = (event: Event) => event.target === document || events.push(event.type);
const EVENTS = ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'] as const;

beforeEach(() => {
  popups = new FakePopups();
  events = [];
  issuer.jwksStatus = 200;
  window.fetch = issuer.fetch;
  for (const type of EVENTS) document.addEventListener(type, record);
});
afterEach(() => {
  popups.restore();
  for (const popup of popups.opened) popup.remove();
  window.fetch = realFetch;
  for (const type of EVENTS) document.removeEventListener(type, record);
});

/** Longer than an element may be out of the page while it is moved. */
const REMOVED_MS = 300;
const timings = { pollMs: 10, closedGraceMs: 20, unreachableGraceMs: 60, timeoutMs: 60_000 };

async function widget(attributes: Record<string, string> = {}, parent?: Element): Promise<SignupWithPlatform> {
  const element = document.createElement('signup-with-platform');
  const all = { 'client-id': CLIENT_ID, platform: PLATFORM, ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  element.timings = timings;
  const place = parent ?? (await fixture<HTMLElement>(html`<div></div>`));
  place.append(element);
  await element.updateComplete;
  return element;
}

const part = <T extends HTMLElement = HTMLElement>(element: SignupWithPlatform, name: string): T => {
  const found = element.shadowRoot?.querySelector<T>(`[part=${name}]`);
  if (!found) throw new Error(`no part ${name}`);
  return found;
};
const click = (element: SignupWithPlatform) => part(element, 'button').click();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const settled = (element: SignupWithPlatform, state: string) =>
  until(() => element.state === state, `state ${state}, is ${element.state}`).then(() => element.updateComplete);

async function complete(element: SignupWithPlatform, spec: CredentialSpec = {}): Promise<string> {
  click(element);
  popups.last.ready();
  const claims = { nonce: popups.last.nonce, ...spec.claims };
  const credential = await issuer.sign({ ...spec, claims });
  popups.last.answer({ credential });
  await until(() => element.state !== 'waiting');
  await element.updateComplete;
  return credential;
}

describe('the click', () => {
  it('opens the popup before it returns, with the listener already attached', async () => {
    const element = await widget({ fields: 'name email', language: 'nl', theme: 'dark', nonce: 'n-1' });
    const order: string[] = [];
    const { open, addEventListener } = window;
    window.addEventListener = ((...args: Parameters<typeof addEventListener>) => {
      order.push(`listen ${args[0]}`);
      addEventListener.apply(window, args);
    }) as typeof addEventListener;
    window.open = (...args) => {
      order.push('open');
      return open(...args);
    };
    try {
      click(element);
    } finally {
      window.addEventListener = addEventListener;
    }
    expect(order).to.deep.equal(['listen message', 'open']);
    expect(element.state).to.equal('opening');
    const { url, features } = popups.last;
    expect(url.origin + url.pathname).to.equal(`${PLATFORM}/popup`);
    const { state, ...query } = Object.fromEntries(url.searchParams);
    expect(state).to.have.length.greaterThan(20);
    expect(query).to.deep.equal({
      client_id: CLIENT_ID,
      origin: location.origin,
      nonce: 'n-1',
      fields: 'name email',
      language: 'nl',
      theme: 'dark',
    });
    expect(features).to.match(/^popup,width=\d+,height=\d+,left=-?\d+,top=-?\d+$/);
    expect(events).to.deep.equal(['signup-start']);
  });

  it('waits for the PKCE challenge when the click is very early, and opens one popup', async () => {
    const element = await widget({ 'response-type': 'code' });
    click(element);
    click(element);
    await until(() => popups.opened.length > 0);
    await pause(20);
    expect(popups.opened.length).to.equal(1);
    expect(popups.last.url.searchParams.get('code_challenge')).to.match(/^[\w-]{43}$/);
    expect(events).to.deep.equal(['signup-start']);
  });

  it('uses the backend’s challenge unchanged', async () => {
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    click(await widget({ 'response-type': 'code', 'code-challenge': challenge }));
    expect(popups.last.url.searchParams.get('code_challenge')).to.equal(challenge);
  });

  it('takes its own page for no popup, whatever window.open returns', async () => {
    const element = await widget();
    const failure = new Promise<CustomEvent>((resolve) =>
      element.addEventListener('signup-error', (event) => resolve(event as CustomEvent)),
    );
    const { open, close } = window;
    let isClosed = false;
    window.open = () => window;
    window.close = () => {
      isClosed = true;
    };
    click(element);
    window.open = open;
    const { detail } = await failure;
    window.close = close;
    expect(detail.code).to.equal('popup_blocked');
    expect(isClosed).to.equal(false);
  });

  it('says that it failed where a script of the page has broken events', async () => {
    const element = await widget();
    const { dispatchEvent } = element;
    element.dispatchEvent = () => {
      throw new TypeError('broken');
    };
    expect(() => click(element)).not.to.throw();
    await settled(element, 'failed');
    element.dispatchEvent = dispatchEvent;
    expect(part(element, 'status').textContent).not.to.equal('');
    click(element);
    expect(element.state).to.equal('opening');
  });

  it('makes a new state and nonce for each attempt', async () => {
    const element = await widget();
    const seen = new Set<string>();
    for (let i = 0; i < 3; i += 1) {
      click(element);
      seen.add(popups.last.state).add(popups.last.nonce);
      element.reset();
    }
    expect(seen.size).to.equal(6);
  });

  it('reads the nonce that browsers hide because of a CSP header', async () => {
    const element = await widget({ nonce: 'from-the-backend' });
    // Under such a header, browsers empty the attribute, and the property keeps the value.
    element.setAttribute('nonce', '');
    element.nonce = 'from-the-backend';
    click(element);
    expect(popups.last.nonce).to.equal('from-the-backend');
  });

  it('twice focuses the popup and does not open a second one', async () => {
    const element = await widget();
    click(element);
    click(element);
    element.signUp();
    expect(popups.opened).to.have.length(1);
    expect(popups.last.focused).to.equal(2);
    expect(events).to.deep.equal(['signup-start']);
  });

  it('does not open the popup when signup-start is prevented', async () => {
    const element = await widget();
    element.addEventListener('signup-start', (event) => event.preventDefault(), { once: true });
    click(element);
    expect(popups.opened).to.have.length(0);
    expect(element.state).to.equal('idle');
    click(element);
    expect(popups.opened).to.have.length(1);
  });

  it('does nothing while the element or its fieldset is disabled', async () => {
    const fieldset = await fixture<HTMLFieldSetElement>(html`<fieldset disabled></fieldset>`);
    for (const element of [await widget({ disabled: '' }), await widget({}, fieldset)]) {
      element.signUp();
      click(element);
      expect(part<HTMLButtonElement>(element, 'button').disabled).to.equal(true);
    }
    expect(popups.opened).to.have.length(0);
    fieldset.disabled = false;
    const element = fieldset.querySelector('signup-with-platform') as SignupWithPlatform;
    await element.updateComplete;
    click(element);
    expect(popups.opened).to.have.length(1);
  });

  it('reports what is misconfigured', async () => {
    for (const attributes of [
      { 'client-id': '' },
      { platform: 'platform.example' },
      { platform: 'javascript:alert(1)' },
    ]) {
      const element = await widget(attributes as Record<string, string>);
      const event = oneEvent(element, 'signup-error');
      click(element);
      expect(((await event) as SignupErrorEvent).detail.code).to.equal('misconfigured');
      expect(element.state).to.equal('failed');
    }
    expect(popups.opened).to.have.length(0);
  });

  it('opens the origin that the script came from, by default', async () => {
    const element = await widget();
    element.platform = undefined;
    click(element);
    expect(popups.last.url.origin).to.equal(new URL(import.meta.url).origin);
  });
});

describe('the answer', () => {
  it('is verified, shown, and announced after the form is filled', async () => {
    const element = await widget();
    let detail: SignupSuccessEvent['detail'] | undefined;
    document.addEventListener(
      'signup-success',
      (event) => {
        ({ detail } = event as SignupSuccessEvent);
        expect(element.state).to.equal('completed');
        expect(element.user?.name).to.equal('Ada Lovelace');
      },
      { once: true },
    );
    expect(part(element, 'output').hidden).to.equal(true);
    const claims = { name: 'Ada Lovelace', email: 'ada@example.org', email_verified: false };
    const credential = await complete(element, { claims });
    expect(detail).to.include({ credential, isNewUser: true });
    expect(detail?.code).to.equal(undefined);
    expect(detail?.user).to.deep.include(claims);
    expect(element.credential).to.equal(credential);
    expect(element.getAttribute('state')).to.equal('completed');
    expect(part(element, 'output').hidden).to.equal(false);
    expect(part(element, 'output').textContent).to.contain('Ada Lovelace').and.contain('not confirmed');
    expect(popups.last.closeCalls).to.equal(1);
    expect(events).to.deep.equal(['signup-start', 'signup-success']);
  });

  it('is rendered as text only', async () => {
    const element = await widget();
    const name = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';
    await complete(element, { claims: { name, address: { formatted: '<b>x</b>' } } });
    const output = part(element, 'output');
    expect(output.textContent).to.contain(name).and.contain('<b>x</b>');
    expect(output.querySelector('img, script, b')).to.equal(null);
    expect('hacked' in window).to.equal(false);
  });

  it('is not shown before it is verified', async () => {
    const element = await widget();
    click(element);
    popups.last.ready();
    popups.last.answer({ credential: await issuer.sign({ claims: { name: 'Mallory' }, forged: true }) });
    expect(element.state).to.equal('waiting');
    expect(element.user).to.equal(undefined);
    await settled(element, 'failed');
    expect(element.shadowRoot?.textContent).not.to.contain('Mallory');
    expect(element.credential).to.equal(undefined);
  });

  it('may be a code for the backend', async () => {
    const element = await widget();
    const event = oneEvent(element, 'signup-success');
    click(element);
    popups.last.answer({ code: 'c-1' });
    const { detail } = (await event) as SignupSuccessEvent;
    expect([detail.code, detail.user, detail.credential]).to.deep.equal(['c-1', undefined, undefined]);
    await element.updateComplete;
    expect(part(element, 'output').textContent?.trim()).to.equal('');
  });

  it('may be a refusal, which cancels the sign-up', async () => {
    const element = await widget();
    const event = oneEvent(element, 'signup-cancel');
    click(element);
    popups.last.answer({ error: 'access_denied' });
    expect(((await event) as SignupCancelEvent).composed).to.equal(true);
    expect(element.state).to.equal('cancelled');
    expect(popups.last.closeCalls).to.equal(1);
  });

  it('may be an error from the platform', async () => {
    const element = await widget();
    const event = oneEvent(element, 'signup-error');
    click(element);
    popups.last.answer({ error: 'server_error', error_description: 'id 42' });
    const { detail } = (await event) as SignupErrorEvent;
    expect(detail).to.include({ code: 'platform_error', error: 'server_error', error_description: 'id 42' });
    expect(element.state).to.equal('failed');
  });

  for (const [title, claims] of Object.entries({
    'another nonce': { nonce: 'replayed' },
    'another audience': { aud: 'another' },
    'another issuer': { iss: 'https://evil.example' },
  })) {
    it(`with ${title} is refused`, async () => {
      const element = await widget();
      const event = oneEvent(element, 'signup-error');
      await complete(element, { claims });
      expect(((await event) as SignupErrorEvent).detail.code).to.equal('invalid_credential');
      expect(element.state).to.equal('failed');
    });
  }

  it('cannot be checked without keys', async () => {
    issuer.jwksStatus = 0;
    const element = await widget();
    const event = oneEvent(element, 'signup-error');
    await complete(element);
    expect(((await event) as SignupErrorEvent).detail.code).to.equal('keys_unavailable');
  });

  it('ends the attempt once, even if it comes twice', async () => {
    const element = await widget();
    click(element);
    popups.last.ready();
    const credential = await issuer.sign({ claims: { nonce: popups.last.nonce } });
    popups.last.answer({ credential });
    popups.last.answer({ credential });
    popups.last.answer({ error: 'server_error' });
    await settled(element, 'completed');
    popups.last.answer({ credential });
    await pause(100);
    expect(events).to.deep.equal(['signup-start', 'signup-success']);
  });
});

describe('forged messages', () => {
  it('are ignored without an error', async () => {
    const element = await widget();
    click(element);
    const popup = popups.last;
    popup.ready();
    const right = popup.response({ code: 'forged' });
    const quiet = console.error;
    let noise = 0;
    console.error = console.warn = () => {
      noise += 1;
    };
    popup.post(right, { origin: 'https://evil.example' });
    popup.post(right, { origin: `${PLATFORM}.evil.example` });
    popup.post(right, { origin: 'null' });
    popup.post(right, { source: window });
    popup.post(right, { source: null });
    popup.post({ ...right, state: 'guessed' });
    popup.post({ ...right, state: undefined });
    popup.post({ ...right, code: { toString: () => 'x' } });
    popup.post({ source: 'react-devtools-bridge' });
    popup.post('setImmediate$0.1$1');
    popup.post(null);
    console.error = console.warn = quiet;
    await pause(30);
    expect(element.state).to.equal('waiting');
    expect(noise).to.equal(0);
    expect(events).to.deep.equal(['signup-start']);
  });

  it('from an earlier attempt are stale', async () => {
    const element = await widget();
    click(element);
    const earlier = popups.last;
    element.reset();
    click(element);
    earlier.answer({ code: 'stale' });
    earlier.post(popups.last.response({ code: 'state leaked to the earlier window' }));
    expect(element.state).to.equal('opening');
  });

  it('to another widget on the page are ignored', async () => {
    const one = await widget();
    const two = await widget();
    click(one);
    const [first] = popups.opened;
    click(two);
    expect(popups.opened).to.have.length(2);
    first?.answer({ error: 'access_denied' });
    expect([one.state, two.state]).to.deep.equal(['cancelled', 'opening']);
  });

  it('from another issuer fail the attempt, whatever they say', async () => {
    const element = await widget();
    const event = oneEvent(element, 'signup-error');
    click(element);
    popups.last.answer({ iss: 'https://evil.example', error: 'access_denied' });
    expect(((await event) as SignupErrorEvent).detail.code).to.equal('invalid_credential');
  });
});

describe('the popup', () => {
  it('that the person closes cancels the sign-up', async () => {
    const element = await widget();
    click(element);
    popups.last.ready();
    popups.last.closed = true;
    await settled(element, 'cancelled');
    expect(events).to.deep.equal(['signup-start', 'signup-cancel']);
    click(element);
    expect(popups.opened).to.have.length(2);
  });

  it('that closes with its answer in flight does not cancel', async () => {
    const element = await widget();
    click(element);
    popups.last.ready();
    popups.last.closed = true;
    await pause(timings.pollMs + 5);
    popups.last.answer({ code: 'late' });
    await settled(element, 'completed');
    await pause(60);
    expect(element.state).to.equal('completed');
    expect(events).to.deep.equal(['signup-start', 'signup-success']);
  });

  it('that only looks closed neither cancels nor hangs', async () => {
    const element = await widget();
    const event = oneEvent(element, 'signup-error');
    click(element);
    popups.last.closed = true;
    await pause(timings.pollMs + timings.closedGraceMs + 10);
    expect(element.state).to.equal('opening');
    expect(((await event) as SignupErrorEvent).detail).to.have.property('code', 'popup_unreachable');
    expect(events).to.deep.equal(['signup-start', 'signup-error']);
    await element.updateComplete;
    expect(part<HTMLButtonElement>(element, 'button').disabled).to.equal(false);
    click(element);
    expect(popups.opened).to.have.length(2);
  });

  it('that looked closed may still answer', async () => {
    const element = await widget();
    click(element);
    popups.last.closed = true;
    await pause(timings.pollMs + 15);
    popups.last.answer({ code: 'late' });
    expect(element.state).to.equal('completed');
  });

  it('may be blocked, after which the button works again', async () => {
    const element = await widget();
    const event = oneEvent(element, 'signup-error');
    popups.blocked = true;
    click(element);
    expect(((await event) as SignupErrorEvent).detail.code).to.equal('popup_blocked');
    expect(element.state).to.equal('blocked');
    await element.updateComplete;
    expect(part(element, 'status').textContent).to.contain('Allow pop-ups');
    popups.blocked = false;
    click(element);
    expect(element.state).to.equal('opening');
  });

  it('has limited time', async () => {
    const element = await widget();
    element.timings = { ...timings, timeoutMs: 30 };
    const event = oneEvent(element, 'signup-error');
    click(element);
    popups.last.ready();
    expect(((await event) as SignupErrorEvent).detail.code).to.equal('timed_out');
    expect(element.state).to.equal('timed-out');
    expect(popups.last.closeCalls).to.equal(1);
  });

  it('has as much time as it needs, as long as it speaks', async () => {
    const element = await widget();
    element.timings = { ...timings, timeoutMs: 1_500 };
    click(element);
    for (let spoken = 0; spoken < 60; spoken += 1) {
      popups.last.ready();
      await pause(50);
    }
    expect(element.state).to.equal('waiting');
    popups.last.answer({ error: 'attempt_expired' });
    expect(element.state).to.equal('timed-out');
    expect(popups.last.closed).to.equal(true);
  });

  it('may be at another login, where it looks closed, and come back', async () => {
    const element = await widget();
    click(element);
    const popup = popups.last;
    popup.ready();
    popup.post({ type: 'signup-with-platform:away', state: popup.state });
    popup.closed = true;
    await pause(timings.pollMs + timings.closedGraceMs + 20);
    await element.updateComplete;
    expect([element.state, part(element, 'label').textContent?.trim()]).to.deep.equal(['opening', 'Start again']);
    popup.closed = false;
    popup.ready();
    expect(element.state).to.equal('waiting');
    popup.closed = true;
    await settled(element, 'cancelled');
  });

  it('that answers after the end is closed', async () => {
    const element = await widget();
    click(element);
    const popup = popups.last;
    popup.answer({ error: 'access_denied' });
    popup.closed = false;
    popup.answer({ code: 'late' });
    expect(popup.closed).to.equal(true);
    popup.closed = false;
    popup.post({ type: 'signup-with-platform:ready', state: 'of another attempt' });
    expect(popup.closed).to.equal(false);
    expect(events).to.deep.equal(['signup-start', 'signup-cancel']);
  });

  it('is closed when the page is left, which comes back to a cancelled sign-up', async () => {
    const element = await widget();
    click(element);
    popups.last.ready();
    await until(() => element.state === 'waiting');
    dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect([element.state, popups.last.closed]).to.deep.equal(['cancelled', true]);
    expect(events).to.deep.equal(['signup-start', 'signup-cancel']);
  });

  it('is closed when the element is removed, and both the element and the document hear of the end', async () => {
    const element = await widget();
    const heard: unknown[] = [];
    const hear = ({ type, target }: Event) => heard.push([type, target]);
    for (const type of EVENTS) element.addEventListener(type, hear);
    click(element);
    popups.last.ready();
    const onDocument: unknown[] = [];
    document.addEventListener('signup-cancel', ({ target }) => onDocument.push(target), { once: true });
    element.remove();
    await pause(REMOVED_MS);
    expect(onDocument).to.deep.equal([document]);
    expect(popups.last.closed).to.equal(true);
    expect(element.state).to.equal('idle');
    popups.last.answer({ code: 'late' });
    await pause(40);
    expect(element.state).to.equal('idle');
    expect(heard).to.deep.equal([
      ['signup-start', element],
      ['signup-cancel', element],
    ]);
  });

  it('stays open when the element is only moved', async () => {
    const element = await widget();
    click(element);
    document.querySelector('body > :last-child')?.append(element);
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(element);
    await pause(REMOVED_MS);
    expect(element.state).to.equal('opening');
    element.remove();
    await pause(50);
    place.append(element);
    await pause(REMOVED_MS);
    expect(element.state).to.equal('opening');
    expect(popups.last.closeCalls).to.equal(0);
  });

  it('is closed with a removed element, which works again once it is back', async () => {
    const element = await widget();
    const place = element.parentElement as HTMLElement;
    click(element);
    popups.last.ready();
    element.remove();
    await pause(REMOVED_MS);
    place.append(element);
    popups.last.answer({ code: 'late' });
    await pause(40);
    expect([element.state, popups.last.closed]).to.deep.equal(['idle', true]);
    await complete(element);
    expect(element.state).to.equal('completed');
    expect(events).to.deep.equal(['signup-start', 'signup-start', 'signup-success']);
  });

  it('answers or is closed, and only the first of the two has an effect', async () => {
    const ends: Record<string, (() => void)[]> = {
      'closed, then an answer after all': [() => (popups.last.closed = true), () => popups.last.answer({ code: 'c' })],
      'a refusal, then closed': [
        () => popups.last.answer({ error: 'access_denied' }),
        () => (popups.last.closed = true),
      ],
      'a refusal, then an answer': [
        () => popups.last.answer({ error: 'access_denied' }),
        () => popups.last.answer({ code: 'c' }),
      ],
      'an answer, then a refusal': [
        () => popups.last.answer({ code: 'c' }),
        () => popups.last.answer({ error: 'access_denied' }),
      ],
    };
    for (const [title, steps] of Object.entries(ends)) {
      for (const ms of [0, timings.pollMs + timings.closedGraceMs + 20]) {
        events = [];
        const element = await widget();
        click(element);
        popups.last.ready();
        for (const step of steps) {
          step();
          await pause(ms);
        }
        await until(() => events.length >= 2, title);
        await pause(60);
        expect(events, `${title}, ${ms} ms`).to.have.length(2);
        expect(['completed', 'cancelled'], title).to.include(element.state);
      }
    }
  });

  it('is closed by reset() at any moment, which cancels it', async () => {
    const moments: Record<string, (element: SignupWithPlatform) => Promise<void> | void> = {
      'before anything was heard': () => {},
      'as it spoke': () => popups.last.ready(),
      'as it looked closed': async () => {
        popups.last.closed = true;
        await pause(timings.pollMs + 5);
      },
      'as it was closed': async () => {
        popups.last.ready();
        popups.last.closed = true;
        await pause(timings.pollMs + 5);
      },
      'with its answer': async () =>
        popups.last.answer({ credential: await issuer.sign({ claims: { nonce: popups.last.nonce } }) }),
    };
    for (const [title, moment] of Object.entries(moments)) {
      events = [];
      const element = await widget();
      click(element);
      await moment(element);
      element.reset();
      popups.last.answer({ code: 'late' });
      await pause(120);
      expect([element.state, popups.last.closed, ...events], title).to.deep.equal([
        'idle',
        true,
        'signup-start',
        'signup-cancel',
      ]);
    }
  });

  it('is closed by reset(), even while its answer is verified', async () => {
    const element = await widget();
    click(element);
    popups.last.ready();
    popups.last.answer({ credential: await issuer.sign({ claims: { nonce: popups.last.nonce } }) });
    element.reset();
    await pause(100);
    expect([element.state, element.user, ...events]).to.deep.equal([
      'idle',
      undefined,
      'signup-start',
      'signup-cancel',
    ]);
  });
});

describe('in a page', () => {
  it('tells the person in a live region what happens', async () => {
    const element = await widget();
    const status = part(element, 'status');
    expect(status.getAttribute('role')).to.equal('status');
    expect(status.textContent).to.equal('');
    click(element);
    popups.last.ready();
    await element.updateComplete;
    expect(status.textContent).to.contain('window');
    expect(part(element, 'status')).to.equal(status);
  });

  it('has the label of the attribute text, or the page’s own', async () => {
    const element = await widget({ text: 'continue' });
    expect(part(element, 'label').textContent).to.equal('Continue with Platform');
    element.text = 'failed' as never;
    await element.updateComplete;
    expect(part(element, 'label').textContent).to.equal('Sign up with Platform');
    element.innerHTML = '<span slot="label">Join with Acme</span>';
    expect(element.shadowRoot?.querySelector<HTMLSlotElement>('slot[name=label]')?.assignedNodes()).to.have.length(1);
  });

  it('uses the platform’s name from the page', async () => {
    const element = await widget({ 'platform-name': 'Acme $& ID' });
    expect(part(element, 'label').textContent).to.equal('Sign up with Acme $& ID');
    element.platformName = '';
    await element.updateComplete;
    expect(part(element, 'label').textContent).to.equal('Sign up with Platform');
  });

  describe('has the language of the page around it', () => {
    const page = document.documentElement;
    const { lang } = page;
    afterEach(() => {
      page.lang = lang;
    });
    const says = (element: SignupWithPlatform, text: string) =>
      until(() => part(element, 'label').textContent === text, text);

    it('as that changes, and as it is moved', async () => {
      const element = await widget();
      page.lang = 'nl-BE';
      await says(element, 'Registreren met Platform');
      page.lang = 'eo';
      await says(element, 'Sign up with Platform');
      const german = await fixture<HTMLElement>(html`<div lang="de"></div>`);
      german.append(element);
      await says(element, 'Mit Platform registrieren');
      page.lang = 'fr';
      element.language = 'es';
      await says(element, 'Registrarse con Platform');
      element.language = '';
      await says(element, 'Mit Platform registrieren');
      german.removeAttribute('lang');
      await says(element, 'S’inscrire avec Platform');
    });

    it('in a shadow tree too', async () => {
      page.lang = 'nl';
      const host = await fixture<HTMLElement>(html`<div></div>`);
      const place = document.createElement('div');
      host.attachShadow({ mode: 'open' }).append(place);
      await says(await widget({}, place), 'Registreren met Platform');
    });

    it('and listens no more once it is gone', async () => {
      const element = await widget();
      element.remove();
      page.lang = 'nl';
      await pause(50);
      expect(part(element, 'label').textContent).to.equal('Sign up with Platform');
    });
  });

  it('is accessible in every state', async () => {
    const element = await widget();
    const accessible = async () => {
      await element.updateComplete;
      // Contrast is measured without transitions, because it means nothing half way through one.
      await Promise.all(
        [...(element.shadowRoot?.querySelectorAll('button') ?? [])]
          .flatMap((button) => button.getAnimations())
          .map(({ finished }) => finished),
      );
      await expect(element).to.be.accessible();
    };
    await accessible();
    click(element);
    await accessible();
    popups.last.answer({ error: 'server_error' });
    await accessible();
    element.setAttribute('theme', 'dark');
    (element.parentElement as HTMLElement).style.background = '#16181d';
    await accessible();
    await complete(element, { claims: { name: 'Ada', email: 'ada@example.org', email_verified: false } });
    await accessible();
  });

  it('has a target of 44 px, and can be focused', async () => {
    const element = await widget();
    expect(part(element, 'button').offsetHeight).to.be.at.least(44);
    element.focus();
    expect(element.shadowRoot?.activeElement).to.equal(part(element, 'button'));
  });

  it('wraps a very long name', async () => {
    const element = await widget();
    (element.parentElement as HTMLElement).style.width = '280px';
    await complete(element, { claims: { name: 'W'.repeat(300) } });
    expect(element.scrollWidth).to.be.at.most(280);
  });

  it('keeps properties that were set before it was upgraded', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`);
    const inert = document.implementation.createHTMLDocument().createElement('signup-with-platform');
    Object.assign(inert, { clientId: CLIENT_ID, platform: PLATFORM, fields: 'email' });
    place.append(inert);
    customElements.upgrade(inert);
    await inert.updateComplete;
    click(inert);
    expect(popups.last.url.searchParams.get('fields')).to.equal('email');
    inert.reset();
  });

  it('may be loaded twice', async () => {
    // @ts-expect-error The query makes it another module for TypeScript, as for the browser.
    await import('./signup-with-platform.define.ts?again');
  });
});

describe('in a form', () => {
  const form = () =>
    fixture<HTMLFormElement>(html`
      <form id="checkout">
        <label>First name <input name="first_name" /></label>
        <label>E-mail <input autocomplete="email" name="x" /></label>
      </form>
    `);

  it('fills it, and submits the credential with it', async () => {
    const element = await form().then((place) => widget({}, place));
    const owner = element.form as HTMLFormElement;
    expect([...new FormData(owner).keys()]).not.to.contain('credential');
    let firstName = '';
    let filled: unknown;
    element.addEventListener('signup-success', ({ detail }) => {
      firstName = String(new FormData(owner).get('first_name'));
      filled = detail.filled?.map(({ control, claim }) => [(control as HTMLInputElement).name, claim]);
    });
    const credential = await complete(element, { claims: { given_name: 'Ada', email: 'ada@example.org' } });
    await until(() => firstName);
    expect(firstName).to.equal('Ada');
    expect(filled).to.deep.equal([
      ['first_name', 'given_name'],
      ['x', 'email'],
    ]);
    const data = new FormData(owner);
    expect([data.get('x'), data.get('credential')]).to.deep.equal(['ada@example.org', credential]);
  });

  it('can be outside of it, and choose the field', async () => {
    const owner = await form();
    const element = await widget({ for: 'checkout', name: 'id_token' });
    expect(element.form).to.equal(owner);
    const credential = await complete(element, { claims: { given_name: 'Ada' } });
    expect(new FormData(owner).get('id_token')).to.equal(credential);
    await until(() => new FormData(owner).get('first_name') === 'Ada');
    element.name = 'jwt';
    await element.updateComplete;
    expect(new FormData(owner).get('jwt')).to.equal(credential);
    expect(new FormData(owner).get('id_token')).to.equal(null);
  });

  it('finds a form that is added later, and leaves it again', async () => {
    const element = await widget({ for: 'checkout', required: '' });
    expect(element.form).to.equal(null);
    const owner = await form();
    expect(element.form).to.equal(owner);
    expect(owner.checkValidity()).to.equal(false);
    element.removeAttribute('for');
    await element.updateComplete;
    expect(element.form).to.equal(null);
    expect(owner.checkValidity()).to.equal(true);
  });

  it('is reset with it', async () => {
    const element = await form().then((place) => widget({}, place));
    await complete(element);
    element.form?.reset();
    expect([element.state, element.credential]).to.deep.equal(['idle', undefined]);
    expect(element.form && new FormData(element.form).get('credential')).to.equal(null);
  });

  it('forgets the credential when the person starts again and cancels', async () => {
    const element = await form().then((place) => widget({}, place));
    await complete(element);
    await element.updateComplete;
    part(element, 'change').click();
    popups.last.answer({ error: 'access_denied' });
    expect(element.form && new FormData(element.form).get('credential')).to.equal(null);
  });
});
