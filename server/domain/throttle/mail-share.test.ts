import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LIMITS } from './limits.ts';
import { mailboxOf, mayMail } from './mail-share.ts';
import { Throttle } from './throttle.ts';

const KINDS = ['signUp', 'confirm', 'reset', 'changeEmail', 'invite', 'code'] as const;
const OWNER = '203.0.113.1';
const production = { realm: 'production' } as const;
const sandbox = { realm: 'sandbox' } as const;
/** Addresses of as many networks as anybody wants. */
const network = (number: number) => `198.${18 + (number >> 16)}.${(number >> 8) & 255}.${number & 255}`;

describe('who may have an address mailed', () => {
  const mailbox = mailboxOf(production, 'owner@example.com');
  const from = (throttle: Throttle, kind: (typeof KINDS)[number], address: string, to = mailbox) =>
    mayMail(throttle, kind, { mailbox: to, address });

  /** Each network takes all that it gets. @returns how many mails there were */
  async function flood(throttle: Throttle, kind: (typeof KINDS)[number], networks: number): Promise<number> {
    let mails = 0;
    for (let number = 0; number < networks; number += 1) {
      for (let tries = 0; tries < 8; tries += 1) if (await from(throttle, kind, network(number))) mails += 1;
    }
    return mails;
  }

  for (const kind of KINDS) {
    it(`is the owner still, after strangers of fifty networks (${kind})`, async () => {
      const throttle = new Throttle(undefined);
      assert.ok((await flood(throttle, kind, 50)) < 80);
      assert.equal(await from(throttle, kind, OWNER), true);
      assert.equal(await from(throttle, kind, OWNER), false, 'once');
    });
  }

  it('takes an attacker a hundred networks a day to use up, and no more mails than that come', async () => {
    const throttle = new Throttle(undefined);
    const most = LIMITS.signUpMailsByEmail.points + LIMITS.spareMailsByEmail.points;
    assert.equal(await flood(throttle, 'signUp', 99), LIMITS.signUpMailsByEmail.points + 95);
    assert.equal(await from(throttle, 'signUp', OWNER), true);
    assert.equal(await flood(throttle, 'signUp', 300), 4);
    for (const kind of KINDS) {
      const mails = await flood(throttle, kind, 400);
      assert.ok(mails <= most, `${kind}: ${mails}`);
    }
    assert.equal(await from(throttle, 'signUp', network(500)), false);
    assert.equal(await from(throttle, 'signUp', network(500), mailboxOf(production, 'other@example.com')), true);
  });

  it('does not depend on what happens in the sandbox, nor one app there on another', async () => {
    const throttle = new Throttle(undefined);
    const email = 'Owner@Example.com';
    const [fern, field, none] = [
      mailboxOf(sandbox, email, 'fern'),
      mailboxOf(sandbox, email, 'field'),
      mailboxOf(sandbox, email),
    ];
    assert.equal(new Set([fern, field, none, mailboxOf(production, email)]).size, 4);
    assert.equal(mailboxOf(production, email), mailbox);
    for (let number = 0; number < 300; number += 1) await from(throttle, 'signUp', network(number), fern);
    assert.equal(await from(throttle, 'signUp', network(301), fern), false);
    for (const other of [field, none, mailbox])
      for (let count = 0; count < 3; count += 1) assert.equal(await from(throttle, 'signUp', OWNER, other), true);
  });
});
