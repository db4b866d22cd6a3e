import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { LIMITS } from '#domain/throttle/limits.ts';
import { hashSecret } from '#storage/ids.ts';
import { askForCode, openIn, postStep, typeCode } from '#testing/code-journey.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { mailedCode } from '#testing/mailed-code.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

const CODE = /^Check your email$/;
const IN = /^(Share your details|What’s your name\?)/;
let seed = 0;
const newEmail = () => `victim.${++seed}@example.com`;
/** One of many networks, as somebody with a botnet has them. */
const network = (number: number) => `198.18.${number >> 8}.${number & 255}`;
const wrongFor = (code: string, by: number) =>
  String((Number(code) + 1 + by) % 10 ** code.length).padStart(code.length, '0');

describe('somebody who guesses at mailed codes', () => {
  let platform: TestPlatform;
  let clientId: string;
  before(async () => {
    platform = await startTestPlatform({ TRUST_PROXY: 'loopback', BOT_CHECK: 'off' });
    ({ clientId } = await platform.createApp({ environment: 'production' }));
  });
  after(() => platform.close());

  const from = async (address: string): Promise<{ browser: HttpBrowser; first: Page }> => {
    const browser = platform.browser();
    browser.headers = { ...browser.headers, 'x-forwarded-for': address };
    return openIn(platform, clientId, browser);
  };
  const ask = async (address: string, email: string) => {
    const { browser, first } = await from(address);
    const page = await askForCode(browser, first, email);
    return { browser, page };
  };
  const recipients = async (isMeant: (to: string) => boolean): Promise<number> => {
    const mails = await platform.database.db.selectFrom('mails').select('recipient').execute();
    return mails.filter(({ recipient }) => isMeant(recipient)).length;
  };
  const mailsTo = (email: string) => recipients((to) => to === email);

  /** The code of a page's window. */
  const rowOf = (page: Page) =>
    platform.database.db
      .selectFrom('mailed_codes')
      .selectAll()
      .where('place_hash', '=', hashSecret(/\/interaction\/([\w-]+)/.exec(page.html)?.[1] ?? ''))
      .executeTakeFirst();

  it('sends all guesses at once, and has no more than one by one', async () => {
    const { browser, page } = await ask(network(1), newEmail());
    const right = await mailedCode(platform, page);
    const guesses = Array.from({ length: 40 }, (_, by) => wrongFor(right, by));
    const answers = await Promise.all(guesses.map((code) => postStep(browser, page, 'code-check', { code })));
    const compared = answers.filter(({ html }) => /This isn’t the code/.test(html)).length;
    assert.ok(compared < 5, `${compared} were compared, and the fifth ends the code`);
    assert.equal((await rowOf(page))?.tries, 5, 'not one more was taken');
    const late = await postStep(browser, page, 'code-check', { code: right });
    assert.match(late.html, /This code no longer works/);
  });

  it('sends the right code many times at once, and has one account and one sign-in of it', async () => {
    const email = newEmail();
    const { browser, page } = await ask(network(2), email);
    const code = await mailedCode(platform, page);
    await Promise.all(Array.from({ length: 10 }, () => postStep(browser, page, 'code-check', { code })));
    const accounts = await platform.storage.realm('production').accounts.findByEmail(email);
    assert.equal(accounts.length, 1);
    assert.equal(await rowOf(page), undefined, 'it is used up');
    const about = { subject: `account:${accounts[0]?.id}` };
    assert.equal((await platform.storage.auditLog.list({ ...about, act: 'account.created' })).length, 1);
  });

  it('sends many codes in one form, and none of them counts', async () => {
    const { browser, page } = await ask(network(3), newEmail());
    const right = await mailedCode(platform, page);
    const many = [...Array.from({ length: 50 }, (_, by) => wrongFor(right, by)), right];
    for (const values of [
      { code: many },
      { 'code[]': many },
      { code: many.join(',') },
      { code: `${right}\0` },
      { code: `%${right.slice(1)}` },
      { code: `_${right.slice(1)}` },
      { 'code.length': '0', code: '' },
    ]) {
      const answer = await postStep(browser, page, 'code-check', values);
      assert.match(answer.heading, CODE, JSON.stringify(values).slice(0, 40));
    }
    const asJson = await browser.post(
      page.form('/code-check').action,
      JSON.stringify({ ...page.form('/code-check').values, code: { $ne: '' } }),
      { 'content-type': 'application/json' },
    );
    assert.ok(asJson.status >= 400);
    assert.match((await typeCode(platform, browser, page)).heading, IN, 'its reader has lost nothing by that');
  });

  it('goes on in windows, browsers and networks that were made ready, and has twenty guesses a day at six digits', async () => {
    const email = newEmail();
    const windows: Awaited<ReturnType<typeof ask>>[] = [];
    for (let number = 0; number < 9; number += 1) windows.push(await ask(network(100 + number), email));
    const unused = windows.pop();
    assert.ok(unused);
    const answers = await Promise.all(
      windows.map(async ({ browser, page }) => {
        const right = await mailedCode(platform, page);
        const guesses = Array.from({ length: 5 }, (_, by) => wrongFor(right, by));
        return Promise.all(guesses.map((code) => postStep(browser, page, 'code-check', { code })));
      }),
    );
    const compared = answers.flat().filter(({ html }) => /This isn’t the code/.test(html)).length;
    assert.ok(compared <= LIMITS.wrongCodes.points, `${compared} of forty`);
    const late = await typeCode(platform, unused.browser, unused.page);
    assert.match(late.html, /This code no longer works/, 'short ones that are left are over');
    const { browser, page } = await ask(network(200), email);
    const owner = await mailedCode(platform, page);
    assert.equal(owner.length, 10, 'the owner is not locked out');
    assert.match((await postStep(browser, page, 'code-check', { code: owner.toLowerCase() })).heading, IN);
  });

  it('guesses at everybody a little, and each network has a hundred guesses a day at six digits', async () => {
    const address = network(4);
    const guessOnce = async () => {
      const { browser, page } = await ask(address, newEmail());
      const right = await mailedCode(platform, page);
      let compared = 0;
      for (let by = 0; by < 5 && right.length === 6; by += 1) {
        const { html } = await postStep(browser, page, 'code-check', { code: wrongFor(right, by) });
        if (/This isn’t the code|no longer works/.test(html)) compared += 1;
      }
      return { length: right.length, compared };
    };
    let all = 0;
    for (let window = 0; window < 25; window += 1) {
      const { compared } = await guessOnce();
      all += compared;
      // To read mail of one's own gives nothing back.
      if (window % 10 !== 0) continue;
      const mine = await from(address);
      await typeCode(platform, mine.browser, await askForCode(mine.browser, mine.first, newEmail()));
    }
    assert.equal(all, LIMITS.wrongCodesByNetwork.points);
    assert.equal((await guessOnce()).length, 10);
    const { page } = await ask(network(5), newEmail());
    assert.equal((await mailedCode(platform, page)).length, 6, 'nobody else is meant');
  });

  it('asks for another address in the same window, and the code of the first opens neither', async () => {
    const [own, theirs] = [newEmail(), newEmail()];
    const { browser, page } = await ask(network(5), own);
    const code = await mailedCode(platform, page);
    const other = await askForCode(browser, page, theirs);
    assert.match(other.heading, CODE);
    const answer = await postStep(browser, page, 'code-check', { code });
    assert.match(answer.heading, CODE);
    assert.match(answer.html, /This isn’t the code/);
    for (const email of [own, theirs])
      assert.deepEqual(await platform.storage.realm('production').accounts.findByEmail(email), []);
  });

  it('changes the address while the right code is on its way, and never has both', async () => {
    const { accounts } = platform.storage.realm('production');
    const victim = await accounts.create({ email: newEmail(), emailVerified: true });
    for (let turn = 0; turn < 12; turn += 1) {
      const own = newEmail();
      const { browser, page } = await ask(network(300 + turn), own);
      const code = await mailedCode(platform, page);
      const steps = [
        () => postStep(browser, page, 'code-check', { code }),
        () => askForCode(browser, page, victim.email ?? ''),
      ];
      const answers = await Promise.all((turn % 2 ? steps : steps.toReversed()).map((step) => step()));
      for (const { heading, html } of answers) {
        assert.doesNotMatch(heading, /^Share your details/, 'nobody is in an account that existed before');
        if (IN.test(heading)) assert.ok(!html.includes(victim.email ?? ''));
      }
      const started = { subject: `account:${victim.id}`, act: 'session.started' as const };
      assert.deepEqual(await platform.storage.auditLog.list(started), []);
    }
  });

  it('takes a code for a sign-in to the place where a password is changed, and it is none there', async () => {
    const account = await platform.storage.realm('production').accounts.create({
      email: newEmail(),
      emailVerified: true,
    });
    const { browser, page } = await ask(network(6), account.email ?? '');
    const code = await mailedCode(platform, page);
    const forgot = await askForCode(browser, page, account.email ?? '', 'forgot');
    assert.equal(forgot.status, 200, 'too soon for another mail');
    const answer = await postStep(browser, page, 'code-check', { code });
    assert.doesNotMatch(answer.heading, /^Choose a new password$/);
  });

  it('fills a mailbox with codes, and gets no further than what everybody may cause', async () => {
    const email = newEmail();
    for (let number = 0; number < 15; number += 1) await ask(network(400), email);
    assert.equal(await mailsTo(email), LIMITS.codeMailsByNetwork.points, 'by one network');
    for (let number = 0; number < 15; number += 1) await ask(network(400 + (number % 5)), email);
    assert.equal(await mailsTo(email), LIMITS.codeMailsByEmail.points + 2, 'by five, of which each has one more');
  });

  it('fills a mailbox by its other names, and gets no further either', async () => {
    const [local, domain] = newEmail().split('@');
    for (let number = 0; number < 20; number += 1) await ask(network(700), `${local}+${number}@${domain}`);
    assert.equal(await recipients((to) => to.startsWith(`${local}+`)), LIMITS.codeMailsByNetwork.points);
  });

  // Two capital letters have one small one: U+03F4 and U+0398. And some mail servers distinguish capitals.
  for (const [theirs, mine] of [
    ['θea@example.com', '\u03f4ea@example.com'],
    ['mike@example.org', 'Mike@example.org'],
  ] as const) {
    it(`has the mailbox ${mine}, and reads no mail that is meant for ${theirs}`, async () => {
      await platform.storage.realm('production').accounts.create({ email: theirs, emailVerified: true });
      for (const way of ['sign_in', 'forgot'] as const) {
        const { browser, first } = await from(network(8));
        const page = await askForCode(browser, first, mine, way);
        assert.match(page.heading, CODE);
        assert.ok(page.html.includes(mine), 'the page says what was typed, as for any other address');
      }
      assert.deepEqual([await mailsTo(mine), await mailsTo(theirs)], [0, 2]);
    });
  }

  it('proves an address that is spelled like that of somebody else, and has no more than their own', async () => {
    const { accounts } = platform.storage.realm('production');
    const { browser, first } = await from(network(9));
    const form = await browser.get(first.signUpAddress);
    await browser.submit(form, '/sign-up', { email: 'θeo@example.com', password: 'an engine of difference' });
    const again = await openIn(platform, clientId, browser);
    const code = await askForCode(browser, again.first, '\u03f4eo@example.com');
    assert.match((await typeCode(platform, browser, code)).heading, IN);
    const [account] = await accounts.findByEmail('θeo@example.com');
    assert.deepEqual([account?.email, account?.emailVerified], ['\u03f4eo@example.com', true]);
  });
});
