import assert from 'node:assert/strict';
import { afterEach, describe, it, mock } from 'node:test';
import type { SignupFlow } from './signup-flow.ts';

const COMPLETED: SignupFlow = {
  name: 'completed',
  credential: 'a.b.c',
  user: { iss: 'https://id.example', sub: 'user', isNewUser: true },
};

/** What the console is told on a page of that host. */
async function toldOn(hostname: string, ways: readonly [flow: SignupFlow, nonce: string | undefined][]) {
  Object.defineProperty(globalThis, 'location', { value: { hostname }, configurable: true });
  const warn = mock.method(console, 'warn', () => {});
  // Each page has its own module.
  const { announce } = (await import(`./announce.ts?${crypto.randomUUID()}`)) as typeof import('./announce.ts');
  for (const [flow, nonce] of ways) announce(flow, () => {}, nonce);
  return warn.mock.calls.map(({ arguments: [text] }) => String(text));
}

describe('a tag without a nonce', () => {
  afterEach(() => {
    mock.restoreAll();
    Reflect.deleteProperty(globalThis, 'location');
  });

  for (const host of ['localhost', '127.0.0.1', '[::1]', 'shop.localhost']) {
    it(`is named in the console of a developer at ${host}, once`, async () => {
      const told = await toldOn(host, [
        [COMPLETED, ''],
        [COMPLETED, undefined],
      ]);
      assert.equal(told.length, 1);
      assert.match(String(told[0]), /^<signup-with-platform> The tag has no nonce/);
    });
  }

  it('is not named where visitors are, with a nonce, or without a credential', async () => {
    for (const host of ['shop.example', 'localhost.example', 'notlocalhost']) {
      assert.deepEqual(await toldOn(host, [[COMPLETED, '']]), []);
    }
    assert.deepEqual(
      await toldOn('localhost', [
        [COMPLETED, 'of-the-session'],
        [{ name: 'completed', code: 'a-code' }, ''],
        [{ name: 'cancelled' }, ''],
      ]),
      [],
    );
  });
});
