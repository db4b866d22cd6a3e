import { expect, fixture, html, oneEvent } from '@open-wc/testing';
import type { SignupErrorEvent } from '../events.ts';
import '../signup-with-platform.define.ts';
import type { SignupWithPlatform } from '../signup-with-platform.ts';
import { CLIENT_ID, PLATFORM, TestIssuer } from '../testing/credentials.ts';
import { FakePopups } from '../testing/fake-popup.ts';
import { until } from '../testing/until.ts';
import { prefersFedcm } from './fedcm.ts';

// e2e/fedcm.spec.ts uses the real dialog of a browser. These tests are about timing.

const issuer = await TestIssuer.create();
const METADATA = { default_claims: ['name', 'email'], disclosable_fields: ['name', 'email'] };
const realFetch = window.fetch;
const { credentials, userActivation } = navigator;

interface Provider {
  fields: string[];
  params: Record<string, string>;
}
let popups: FakePopups;
let asked: (Provider & { signal: AbortSignal })[];
let events: string[];
/** How the browser's dialog ends. */
let dialog: (provider: Provider) => Promise<unknown>;
let isActive: boolean;
// An element of an earlier test that was removed tells only the document.
const record = (event: Event) => event.target === document || events.push(event.type);
const EVENTS = ['signup-start', 'signup-success', 'signup-cancel', 'signup-error'] as const;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

beforeEach(() => {
  popups = new FakePopups();
  asked = [];
  events = [];
  isActive = true;
  window.fetch = (input, init) =>
    String(input).includes('client-metadata')
      ? Promise.resolve(Response.json(METADATA))
      : issuer.fetch(input as string, init);
  Object.assign(globalThis, { IdentityCredential: class {} });
  const get = ({ signal, identity }: { signal: AbortSignal; identity: { providers: Provider[] } }) => {
    const [provider] = identity.providers as [Provider];
    asked.push({ ...provider, signal });
    return dialog(provider);
  };
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: { get } });
  Object.defineProperty(navigator, 'userActivation', { configurable: true, get: () => ({ isActive }) });
  for (const type of EVENTS) document.addEventListener(type, record);
});
afterEach(() => {
  popups.restore();
  for (const popup of popups.opened) popup.remove();
  window.fetch = realFetch;
  Object.defineProperty(navigator, 'credentials', { configurable: true, value: credentials });
  Object.defineProperty(navigator, 'userActivation', { configurable: true, value: userActivation });
  for (const type of EVENTS) document.removeEventListener(type, record);
});

async function widget(attributes: Record<string, string> = {}): Promise<SignupWithPlatform> {
  const element = document.createElement('signup-with-platform');
  const all = { 'client-id': CLIENT_ID, platform: PLATFORM, mode: 'auto', ...attributes };
  for (const [name, value] of Object.entries(all)) element.setAttribute(name, value);
  (await fixture<HTMLElement>(html`<div></div>`)).append(element);
  await element.updateComplete;
  // A person reads the page before pressing anything.
  const anybody = {
    clientId: CLIENT_ID,
    mode: 'auto',
    state: 'idle',
    responseType: undefined,
    fields: undefined,
    text: undefined,
  };
  if (all.mode === 'auto') await until(() => prefersFedcm(anybody, PLATFORM), 'the platform was asked');
  await pause(0);
  return element;
}
const click = (element: SignupWithPlatform) => element.shadowRoot?.querySelector('button')?.click();
const settled = (element: SignupWithPlatform, state: string) =>
  until(() => element.state === state, `state ${state}, is ${element.state}`);
const fail = (name: string) => () => Promise.reject(new DOMException('Error retrieving a token.', name));

it('takes the credential of the dialog after verifying it', async () => {
  dialog = async ({ params }) => ({ token: await issuer.sign({ claims: { nonce: params['nonce'] } }) });
  const element = await widget({ fields: 'given_name, email', language: 'nl' });
  click(element);
  await settled(element, 'completed');
  expect(asked[0]?.fields).to.deep.equal(['name', 'email']);
  expect(asked[0]?.params['fields']).to.equal('given_name, email');
  expect(popups.opened).to.have.length(0);
  expect(events).to.deep.equal(['signup-start', 'signup-success']);
});

it('does not let the browser disclose fields that the platform’s own page asks for', async () => {
  dialog = () => new Promise(() => {});
  click(await widget({ fields: 'name picture' }));
  await until(() => asked.length > 0);
  expect(asked[0]?.fields).to.deep.equal([]);
});

for (const spec of [
  { forged: true },
  { claims: { nonce: 'of another' } },
  { claims: { iss: `${PLATFORM}/sandbox` } },
]) {
  it(`refuses what is refused in a popup too: ${JSON.stringify(spec)}`, async () => {
    dialog = async ({ params }) => ({
      token: await issuer.sign({ ...spec, claims: { nonce: params['nonce'], ...spec.claims } }),
    });
    const element = await widget();
    click(element);
    await settled(element, 'failed');
    expect(events).to.deep.equal(['signup-start', 'signup-error']);
    expect(element.credential).to.equal(undefined);
  });
}

for (const name of ['NetworkError', 'NotAllowedError', 'IdentityCredentialError']) {
  it(`opens the popup in the same press: ${name}`, async () => {
    dialog = fail(name);
    const element = await widget();
    click(element);
    await until(() => popups.opened.length === 1);
    popups.last.ready();
    popups.last.answer({ credential: await issuer.sign({ claims: { nonce: popups.last.nonce } }) });
    await settled(element, 'completed');
    expect(events).to.deep.equal(['signup-start', 'signup-success']);
  });
}

it('does not report a blocked popup when the press is too long ago, and opens it on the next press', async () => {
  dialog = fail('NotAllowedError');
  isActive = false;
  const element = await widget();
  const failure = oneEvent(element, 'signup-error');
  click(element);
  await settled(element, 'failed');
  expect(((await failure) as SignupErrorEvent).detail.code).to.equal('fedcm_failed');
  expect(popups.opened).to.have.length(0);
  await element.updateComplete;
  expect(element.shadowRoot?.querySelector('[part=status]')?.textContent).to.equal(
    'That didn’t work. Please try again.',
  );
  click(element);
  expect(popups.opened).to.have.length(1);
  expect(asked).to.have.length(1);
  expect(events).to.deep.equal(['signup-start', 'signup-error', 'signup-start']);
});

it('reset() ends the dialog, and ignores its late answer', async () => {
  let answer = (_credential: unknown) => {};
  dialog = () => new Promise((resolve) => (answer = resolve));
  const element = await widget();
  click(element);
  await until(() => asked.length === 1);
  element.reset();
  expect(asked[0]?.signal.aborted).to.equal(true);
  answer({ token: await issuer.sign({ claims: { nonce: asked[0]?.params['nonce'] } }) });
  await pause(50);
  expect(element.state).to.equal('idle');
  expect(events).to.deep.equal(['signup-start', 'signup-cancel']);
});

for (const attributes of [{ mode: 'popup' }, { mode: '' }, { 'response-type': 'code' }] as Record<string, string>[]) {
  it(`opens the popup instead: ${JSON.stringify(attributes)}`, async () => {
    click(await widget(attributes));
    await until(() => popups.opened.length === 1);
    expect(asked).to.have.length(0);
  });
}
