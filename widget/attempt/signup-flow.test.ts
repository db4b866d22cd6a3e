import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RESPONSE_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';
import {
  isUnderWay,
  type SignupFlow,
  type SignupFlowEvent,
  type SignupState,
  type SignupUser,
  transition,
} from './signup-flow.ts';

const attempt = 'a';
const message = (members: Partial<ResponseMessage>): ResponseMessage => ({
  type: RESPONSE_MESSAGE,
  state: attempt,
  iss: 'https://platform.example',
  ...members,
});
const answered = message({ credential: 'jwt' });
const user: SignupUser = { iss: 'https://platform.example', sub: 'u', isNewUser: true };
const failure = { code: 'invalid_credential', message: 'why' } as const;

const idle: SignupFlow = { name: 'idle' };
const opening: SignupFlow = { name: 'opening', attempt };
const cutOff: SignupFlow = { name: 'opening', attempt, cutOff: true };
const waiting: SignupFlow = { name: 'waiting', attempt };
const checking: SignupFlow = { name: 'waiting', attempt, response: answered };
const completed: SignupFlow = { name: 'completed', user, credential: 'jwt' };
const cancelled: SignupFlow = { name: 'cancelled' };
const failed: SignupFlow = { name: 'failed', failure };

const ready: SignupFlowEvent = { type: 'ready', attempt };
const closed: SignupFlowEvent = { type: 'closed', attempt };
const blocked: SignupFlowEvent = { type: 'blocked', attempt };
const leaving: SignupFlowEvent = { type: 'leaving', attempt };
const silent: SignupFlowEvent = { type: 'silent', attempt };
const unreachable: SignupFlowEvent = { type: 'unreachable', attempt };
const away: SignupFlowEvent = { type: 'away', attempt };
const gone: SignupFlow = { name: 'opening', attempt, away: true };
const lost: SignupFlow = { ...gone, cutOff: true };
const leave: SignupFlowEvent = { type: 'cancelled', attempt };
const timeout: SignupFlowEvent = { type: 'timeout', attempt };
const verified: SignupFlowEvent = { type: 'verified', attempt, user, credential: 'jwt' };
const fail: SignupFlowEvent = { type: 'failed', attempt, failure };
const response = (members: Partial<ResponseMessage>): SignupFlowEvent => ({
  type: 'response',
  attempt,
  response: message(members),
});

/** `same`: the event changes nothing, and the same object is returned. */
type Expected = 'same' | { readonly name: SignupState; readonly code?: string | undefined; readonly user?: unknown };
const rows: readonly (readonly [string, SignupFlow, SignupFlowEvent, Expected])[] = [
  ['ready shows that the link is alive', opening, ready, waiting],
  ['ready comes from each page', waiting, ready, 'same'],
  ['ready after the answer', checking, ready, 'same'],
  ['ready after the end', cancelled, ready, 'same'],

  ['a popup that leaves for another login cannot speak', waiting, away, gone as never],
  ['it leaves before it was heard', opening, away, gone as never],
  ['it leaves from one login to the next', gone, away, 'same'],
  ['an answer is not lost by another login', checking, away, 'same'],
  ['at another login, closed means nothing, but the button offers to start again', gone, closed, lost as never],
  ['at another login, the platform is not asked', gone, unreachable, 'same'],
  ['it is back from another login', lost, ready, waiting],
  ['it answers after another login', gone, response({ error: 'access_denied' }), cancelled],
  ['time is up at another login', gone, timeout, { name: 'timed-out', code: 'timed_out' }],
  [
    'the page of the popup says that time is up',
    waiting,
    response({ error: 'attempt_expired' }),
    { name: 'timed-out', code: 'timed_out' },
  ],
  ['the answer was there before anything else', opening, response({ credential: 'jwt' }), checking],
  ['the page is left', waiting, leave, cancelled],
  ['the page is left while the answer is verified', checking, leave, cancelled],
  ['the page is left after the end', completed, leave, 'same'],

  ['blocked', opening, blocked, { name: 'blocked', code: 'popup_blocked' }],
  ['a page that leaves has no window to bring to the front', opening, leaving, { ...opening, cutOff: true } as never],
  [
    'a popup that stays silent is of no use to bring to the front',
    opening,
    silent,
    { ...opening, cutOff: true } as never,
  ],
  ['it is silent still', cutOff, silent, 'same'],
  ['a popup that spoke is not silent', waiting, silent, 'same'],
  ['a popup that stayed silent speaks after all', cutOff, ready, waiting],
  ['the platform is down', opening, unreachable, { name: 'failed', code: 'platform_unreachable' }],
  [
    'the platform is down, as it turns out later',
    cutOff,
    unreachable,
    { name: 'failed', code: 'platform_unreachable' },
  ],
  ['a popup that spoke knows better', waiting, unreachable, 'same'],
  ['an answer is not lost because the platform is down now', checking, unreachable, 'same'],
  ['a credential is verified first', waiting, response({ credential: 'jwt' }), checking],
  ['an answer may come without ready', opening, response({ credential: 'jwt' }), checking],
  ['a second answer is ignored', checking, response({ error: 'server_error' }), 'same'],
  ['an answer after the end is ignored', cancelled, response({ credential: 'jwt' }), 'same'],
  ['a code is for the backend', waiting, response({ code: 'c' }), { name: 'completed', code: 'c' }],
  ['refusal is cancel', waiting, response({ error: 'access_denied' }), cancelled],
  ['an error fails', waiting, response({ error: 'server_error' }), { name: 'failed', code: 'platform_error' }],
  [
    'an error wins over a credential',
    waiting,
    response({ error: 'x', credential: 'jwt' }),
    { name: 'failed', code: 'platform_error' },
  ],

  ['verified completes', checking, verified, completed],
  ['verified without an answer is impossible', waiting, verified, 'same'],
  ['verification fails', checking, fail, failed],

  ['closing a live popup is cancel', waiting, closed, cancelled],
  ['a popup that never spoke may not be closed at all', opening, closed, { name: 'failed', code: 'popup_unreachable' }],
  [
    'a popup that may answer through the redirect URI is waited for',
    opening,
    { ...closed, relayed: true } as SignupFlowEvent,
    { ...opening, cutOff: true } as never,
  ],
  [
    'a code is redeemed before anything is shown',
    waiting,
    { ...response({ code: 'c' }), redeem: true } as SignupFlowEvent,
    { ...waiting, response: message({ code: 'c' }) } as never,
  ],
  ['the popup closes itself after its answer', checking, closed, 'same'],
  ['closed after the end', completed, closed, 'same'],

  ['a window that spoke was not blocked', waiting, blocked, 'same'],
  ['an answer is not lost by leaving', checking, leaving, 'same'],
  ['a popup that was cut off speaks after all', cutOff, ready, waiting],
  ['a popup that was cut off answers', cutOff, response({ credential: 'jwt' }), checking],
  ['a popup that was cut off refuses', cutOff, response({ error: 'access_denied' }), cancelled],
  ['a popup that is cut off always looks closed', cutOff, { ...closed, relayed: true } as SignupFlowEvent, 'same'],
  ['a live popup with a redirect URI is closed', waiting, { ...closed, relayed: true } as SignupFlowEvent, cancelled],
  ['time is up while it is cut off', cutOff, timeout, { name: 'timed-out', code: 'timed_out' }],
  ['time is up while opening', opening, timeout, { name: 'timed-out', code: 'timed_out' }],
  ['time is up while waiting', waiting, timeout, { name: 'timed-out', code: 'timed_out' }],
  ['time is up while checking', checking, timeout, { name: 'timed-out', code: 'timed_out' }],
  ['time is up after the end', completed, timeout, 'same'],
  ['ready at rest', idle, ready, 'same'],
  [
    'an answer to another attempt',
    waiting,
    { ...response({ credential: 'jwt' }), attempt: 'b' } as SignupFlowEvent,
    'same',
  ],
];

for (const [title, flow, event, expected] of rows) {
  test(`${title}: ${flow.name} + ${event.type}`, () => {
    const next = transition(flow, event);
    if (expected === 'same') assert.equal(next, flow);
    else if ('failure' in next && expected.code) {
      assert.deepEqual([next.name, next.failure.code], [expected.name, expected.code]);
    } else assert.deepEqual({ ...next }, { ...expected }, JSON.stringify(next));
  });
}

const answers: SignupFlowEvent[] = [
  ready,
  closed,
  { ...closed, relayed: true },
  blocked,
  leaving,
  silent,
  unreachable,
  timeout,
  verified,
  fail,
  response({ credential: 'jwt' }),
  response({ code: 'c' }),
  response({ error: 'access_denied' }),
  response({ error: 'server_error' }),
];
/** The states that each state may change to. */
const NEXT: Readonly<Record<string, readonly SignupState[]>> = {
  opening: ['opening', 'waiting', 'completed', 'cancelled', 'blocked', 'timed-out', 'failed'],
  waiting: ['waiting', 'completed', 'cancelled', 'timed-out', 'failed'],
};

test('every state accepts every event, and an event changes it at most once', () => {
  for (const flow of [opening, cutOff, waiting, checking]) {
    for (const event of answers) {
      const next = transition(flow, event);
      const row = `${flow.name} + ${event.type} → ${next.name}`;
      assert.ok(NEXT[flow.name]?.includes(next.name), row);
      // An event that comes twice changes nothing the second time.
      if (next.name !== 'waiting' || event.type !== 'verified') assert.equal(transition(next, event), next, row);
      if (flow === checking && !['verified', 'failed', 'timeout'].includes(event.type)) assert.equal(next, flow, row);
    }
  }
});

test('no event of another attempt changes anything', () => {
  for (const flow of [opening, cutOff, waiting, checking]) {
    for (const event of answers) {
      assert.equal(
        transition(flow, { ...event, attempt: 'stale' } as SignupFlowEvent),
        flow,
        `${flow.name} + ${event.type}`,
      );
    }
  }
});

test('after its end, a flow changes only by a click or a reset', () => {
  for (const flow of [completed, cancelled, failed]) {
    assert.equal(isUnderWay(flow), false);
    for (const event of answers) {
      assert.equal(transition(flow, event), flow);
    }
  }
});

test('what the page around a frame does not allow is told as such', () => {
  for (const event of [blocked, { ...fail }]) {
    const inFrame = transition(opening, { ...event, framed: true } as SignupFlowEvent);
    assert.ok('failure' in inFrame);
    assert.equal(inFrame.framed, true);
    const outside = transition(opening, event);
    assert.ok('failure' in outside && !outside.framed);
  }
  const inFrame = transition(opening, { ...blocked, framed: true } as SignupFlowEvent);
  assert.match('failure' in inFrame ? inFrame.failure.message : '', /sandbox allow-popups/);
});

test('the error of the platform is passed on', () => {
  const next = transition(waiting, response({ error: 'server_error', error_description: 'id 42' }));
  assert.ok('failure' in next);
  assert.equal(next.failure.error, 'server_error');
  assert.equal(next.failure.error_description, 'id 42');
});
