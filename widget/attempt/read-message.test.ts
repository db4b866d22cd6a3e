import assert from 'node:assert/strict';
import { test } from 'node:test';
import { READY_MESSAGE, RESPONSE_MESSAGE } from '@signup-with-platform/protocol';
import { type ExpectedSender, readMessage, readResponse } from './read-message.ts';

const origin = 'https://platform.example';
const popup = {} as Window;
const expected: ExpectedSender = { platform: origin, popup, state: 's' };
const ready = { type: READY_MESSAGE, state: 's' };
const response = { type: RESPONSE_MESSAGE, state: 's', iss: origin, credential: 'jwt' };
const read = (data: unknown, from: { origin?: string; source?: unknown } = {}) =>
  readMessage({ origin, source: popup, data, ...from } as MessageEvent, expected);

test('the two messages of the popup are read', () => {
  assert.deepEqual(read(ready), { type: 'ready', attempt: 's' });
  const answer = read(response);
  assert.ok(answer?.type === 'response');
  assert.deepEqual({ ...answer, response: { ...answer.response } }, { type: 'response', attempt: 's', response });
  assert.equal(Object.getPrototypeOf(answer.response), null, 'a page may have put anything on Object.prototype');
  assert.equal(read({ ...response, iss: `${origin}/sandbox` })?.type, 'response');
  assert.equal(read({ ...response, credential: undefined, code: 'c' })?.type, 'response');
  assert.equal(read({ ...response, credential: undefined, error: 'access_denied' })?.type, 'response');
});

test('unknown values are not passed on', () => {
  const event = read({ ...response, extra: '<b>' });
  assert.ok(event?.type === 'response');
  assert.equal('extra' in event.response, false);
});

const ignored: readonly (readonly [string, unknown, { origin?: string; source?: unknown }?])[] = [
  ['right message, wrong origin', response, { origin: 'https://evil.example' }],
  ['an origin that only begins with the platform’s', response, { origin: `${origin}.evil.example` }],
  ['another scheme', response, { origin: 'http://platform.example' }],
  ['another port', response, { origin: `${origin}:8443` }],
  ['an opaque origin', response, { origin: 'null' }],
  ['right origin, another window', response, { source: {} }],
  ['no source', response, { source: null }],
  ['wrong state', { ...response, state: 't' }],
  ['the popup of another attempt that is ready', { ...ready, state: 't' }],
  ['a ready popup without a state', { ...ready, state: undefined }],
  ['no state', { ...response, state: undefined }],
  ['state of another type', { ...response, state: ['s'] }],
  ['another type', { ...response, type: 'webpackOk' }],
  ['no issuer', { ...response, iss: undefined }],
  ['credential of another type', { ...response, credential: { toString: () => 'jwt' } }],
  ['error_description of another type', { ...response, error_description: 1 }],
  ['null in place of a string', { ...response, code: null }],
  ['nothing answered', { ...response, credential: undefined }],
  ['an empty credential', { ...response, credential: '' }],
  ['null', null],
  ['undefined', undefined],
  ['a string', JSON.stringify(response)],
  ['a number', 1],
  ['an array', [response]],
];
for (const [title, data, from] of ignored) {
  test(`ignored: ${title}`, () => assert.equal(read(data, from), undefined));
}

test('by way of the redirect URI too, an answer to another request is none', () => {
  const wanted = { platform: origin, state: 's' };
  assert.equal(readResponse(response, wanted)?.type, 'response');
  for (const state of ['t', '', undefined]) assert.equal(readResponse({ ...response, state }, wanted), undefined);
});

test('nothing is accepted before there is a popup', () => {
  const event = { origin, source: null, data: response } as MessageEvent;
  assert.equal(readMessage(event, { ...expected, popup: null }), undefined);
});

for (const iss of ['https://evil.example', `${origin}/`, `${origin}/sandbox/`, '']) {
  test(`refused: an answer of issuer "${iss}"`, () => {
    const event = read({ ...response, iss });
    assert.ok(event?.type === 'failed');
    assert.equal(event.failure.code, 'invalid_credential');
  });
}
