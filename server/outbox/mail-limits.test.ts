import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MailLimitError, MailLimits } from './mail-limits.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const aged = (days: number, id = 'app') => ({ id, since: new Date(Date.now() - days * DAY_MS - 1000) });

/** How many mails are let through. @param to by the number of the mail */
async function allowed(
  limits: MailLimits,
  app: { id: string; since: Date },
  to: (index: number) => string,
  tries: number,
) {
  let count = 0;
  for (let index = 0; index < tries; index += 1) {
    try {
      await limits.count(app, to(index));
      count += 1;
    } catch (error) {
      assert.ok(error instanceof MailLimitError && error.retryAfterMs > 0 && error.retryAfterMs <= DAY_MS);
    }
  }
  return count;
}

describe('the limits of what apps cause to be mailed', () => {
  const everywhere = (index: number) => `person${index}@d${index}.example`;
  const ages: [days: number, mails: number][] = [
    [0, 10],
    [1, 50],
    [7, 200],
    [30, 1_000],
    [400, 1_000],
  ];
  for (const [days, mails] of ages) {
    it(`let an app of ${days} days send ${mails} of 1 000 mails a day`, async () => {
      assert.equal(await allowed(new MailLimits(undefined, 1_000), aged(days), everywhere, mails + 20), mails);
    });
  }

  it('let half of them go to one domain, in any case', async () => {
    const limits = new MailLimits(undefined, 100);
    const to = (index: number) => `person${index}@${index % 2 ? 'mail' : 'MAIL'}.example`;
    assert.equal(await allowed(limits, aged(30), to, 80), 50);
    assert.equal(await allowed(limits, aged(30), everywhere, 80), 50, 'the rest go elsewhere');
  });

  it('let one person get 20 from an app, and 40 from all young ones, whichever way the address is spelt', async () => {
    const limits = new MailLimits(undefined, 1_000_000);
    const to = (index: number) => (index % 2 ? 'ada@example.com' : 'ADA@Example.com');
    assert.equal(await allowed(limits, aged(29, 'young'), to, 30), 20);
    assert.equal(await allowed(limits, aged(29, 'young too'), to, 30), 20);
    assert.equal(await allowed(limits, aged(29, 'a third'), to, 30), 0);
    assert.equal(await allowed(limits, aged(30, 'established'), to, 30), 20, 'is not hindered by what young ones do');
  });

  it('are each app’s own', async () => {
    const limits = new MailLimits(undefined, 100);
    assert.equal(await allowed(limits, aged(0, 'noisy'), everywhere, 5), 1);
    assert.equal(await allowed(limits, aged(0, 'honest'), everywhere, 5), 1);
  });

  it('give back what was not sent, but for the recipient’s count', async () => {
    const limits = new MailLimits(undefined, 100);
    for (let count = 0; count < 20; count += 1) await (await limits.count(aged(0), 'ada@example.com')).giveBack();
    await assert.rejects(limits.count(aged(0), 'ada@example.com'), MailLimitError);
    await limits.count(aged(0), 'eve@example.com');
  });
});
