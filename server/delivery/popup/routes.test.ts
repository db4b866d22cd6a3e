import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTestDatabase, ENGINES, type TestDatabase } from '../../storage/testing/engines.ts';
import type { FormValues, Page } from '../../testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

/** What is sent by hand: no page of ours sends it. Every answer is one that a person could get, and the server is well afterwards. */
for (const engine of ENGINES) {
  describe(`a form that no browser sends (${engine})`, () => {
    let database: TestDatabase;
    let platform: TestPlatform;
    let clientId: string;
    before(async () => {
      database = await createTestDatabase(engine);
      const { databaseUrl } = database.settings;
      platform = await startTestPlatform(
        databaseUrl ? { DATABASE_URL: databaseUrl } : { DATA_DIR: database.settings.dataDir },
      );
      ({ clientId } = await platform.createApp());
    });
    after(async () => {
      await platform.close();
      await database.remove();
    });

    /** Sends `body` to a step of a fresh interaction, with its token unless the body brings its own. */
    async function send(
      step: string,
      body: string | ((csrf: string) => string) | FormValues,
      headers: Record<string, string> = {},
    ): Promise<Page> {
      const browser = platform.browser();
      const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
      let { action, values } = first.form('/sign-in');
      if (step === 'consent') {
        const consent = await browser.submit(first, '/persona', { persona: 'newcomer' });
        ({ action, values } = consent.form('/consent'));
      }
      const csrf = String(values['csrf']);
      const text =
        typeof body === 'string' ? `csrf=${csrf}&${body}` : typeof body === 'function' ? body(csrf) : { csrf, ...body };
      return browser.post(action.replace(/[\w-]+$/, step), text, headers);
    }

    const SIGN_IN = /^Sign in$/;
    const SIGN_UP = /^Create your Platform account$/;
    const CONSENT = /^Share your details/;
    const FORBIDDEN = /couldn’t accept this form/;
    const REFUSED = /sent an invalid request/;
    const rows: [
      title: string,
      step: string,
      body: Parameters<typeof send>[1],
      status: number,
      heading: RegExp,
      headers?: Record<string, string>,
    ][] = [
      ['is too large', 'sign-in', `email=${'x'.repeat(33_000)}`, 413, REFUSED],
      ['has thousands of fields', 'sign-in', 'a=1&'.repeat(7_000), 400, SIGN_IN],
      ['is empty', 'sign-in', () => '', 403, FORBIDDEN],
      ['has escapes that are none', 'sign-in', 'email=%zz&password=%&%%%=%4', 400, SIGN_IN],
      ['is not UTF-8', 'sign-in', 'email=ada%40example.com&password=%FC', 400, REFUSED],
      ['has a name that is not UTF-8', 'sign-in', 'email=ada%40example.com&password=x&%E0%A4%A=', 400, REFUSED],
      [
        'is half a character',
        'sign-up',
        'given_name=%ED%A0%BD&email=ada%40example.com&password=an+engine+of+difference',
        400,
        REFUSED,
      ],
      ['holds NULs, for a code', 'code', 'email=ada%00%40example.com', 400, SIGN_IN],
      ['has a very long address, for a code', 'code', { email: 'x'.repeat(1_001) }, 400, SIGN_IN],
      ['has a way that is none, for a code', 'code', 'way=__proto__&email=', 400, SIGN_IN],
      ['has a code before one was asked for', 'code-check', 'code=000000', 200, SIGN_IN],
      ['asks for another code before the first', 'code-again', '', 200, SIGN_IN],
      ['says a name before anybody asks', 'name', 'given_name=Ada&password=x', 200, SIGN_IN],
      ['sets a password before anybody asks', 'new-password', 'password=an+engine+of+difference', 200, SIGN_IN],
      ['holds NULs', 'sign-in', 'email=ada%00%40example.com&password=a%00b', 400, SIGN_IN],
      [
        'holds NULs in a name',
        'sign-up',
        'given_name=A%00da&email=b%40example.com&password=an+engine+of+difference',
        400,
        SIGN_UP,
      ],
      ['holds NULs, to agree', 'consent', 'given_name=%00&share=%00', 400, CONSENT],
      [
        'names what every object has',
        'sign-in',
        '__proto__=1&constructor=2&hasOwnProperty=3&toString=4&__proto__[polluted]=5&__proto__.polluted=6',
        400,
        SIGN_IN,
      ],
      [
        'names what every object has, to sign up',
        'sign-up',
        '__proto__=1&constructor=2&email[__proto__]=x&valueOf=3',
        400,
        SIGN_UP,
      ],
      [
        'shares what every object has',
        'consent',
        'share=__proto__&share=constructor&share=toString&given_name=Noa',
        200,
        /^Returning you/,
      ],
      [
        'has its fields twice',
        'sign-in',
        'email=a%40example.com&email=b%40example.com&password=x&password=y',
        400,
        SIGN_IN,
      ],
      [
        'has its fields twice, to sign up',
        'sign-up',
        'email=a%40example.com&email=b%40example.com&password=x&password=y',
        400,
        SIGN_UP,
      ],
      ['has its fields twice, to agree', 'consent', 'given_name=Noa&given_name=Eve', 400, CONSENT],
      ['has its token twice', 'sign-in', (csrf) => `csrf=${csrf}&csrf=${csrf}&email=a`, 403, FORBIDDEN],
      [
        'is JSON',
        'sign-in',
        (csrf) => JSON.stringify({ csrf, email: 'a', password: 'b' }),
        415,
        REFUSED,
        { 'content-type': 'application/json' },
      ],
      ['is JSON that is none', 'sign-in', () => '{"csrf":', 415, REFUSED, { 'content-type': 'application/json' }],
      ['is plain text', 'sign-in', 'email=a', 415, REFUSED, { 'content-type': 'text/plain' }],
      ['is XML', 'sign-in', '<a/>', 415, REFUSED, { 'content-type': 'application/xml' }],
      [
        'is multipart',
        'sign-in',
        '--x\r\n\r\n--x--',
        415,
        REFUSED,
        { 'content-type': 'multipart/form-data; boundary=x' },
      ],
      ['says nonsense of its kind', 'sign-in', 'email=a', 415, REFUSED, { 'content-type': '////;;;' }],
      [
        'has a very long address and password',
        'sign-in',
        { email: 'x'.repeat(1_001), password: 'y'.repeat(10_000) },
        400,
        SIGN_IN,
      ],
      [
        'has a very long everything, to sign up',
        'sign-up',
        { given_name: 'x'.repeat(9_000), email: 'x'.repeat(9_000), password: 'y'.repeat(9_000) },
        400,
        SIGN_UP,
      ],
    ];
    for (const [title, step, body, status, heading, headers] of rows) {
      it(`${title}: ${status}`, async () => {
        const page = await send(step, body, headers);
        assert.equal(page.status, status, page.heading);
        assert.match(page.heading, heading);
        assert.equal(page.headers.get('x-frame-options'), 'DENY');
        assert.ok(page.html.length < 60_000, 'nothing large comes back');
        assert.equal(Object.hasOwn({}, 'polluted'), false);
        assert.equal(({} as { polluted?: unknown }).polluted, undefined);
        assert.equal((await fetch(`${platform.url}/readyz`)).status, 200);
      });
    }

    it('never sends a password back', async () => {
      const password = 'passphrase-that-returns';
      for (const [step, form] of [
        ['sign-in', { email: 'a@example.com', password }],
        ['sign-up', { email: 'not an address', password }],
      ] as const)
        assert.ok(!(await send(step, form)).html.includes(password));
    });

    for (const query of [
      'client_id=%00',
      'client_id=a%00b',
      `client_id=${'x'.repeat(900)}`,
      'client_id[]=a',
      'client_id=%ff%fe',
    ]) {
      it(`asks for an app that there cannot be (${query.slice(0, 20)}): 400, at the entry and at the engine`, async () => {
        const rest = `&origin=https%3A%2F%2Fshop.example&state=s&nonce=n&response_type=id_token&scope=openid`;
        for (const path of ['/popup', '/authorize', '/sandbox/authorize']) {
          const response = await fetch(`${platform.url}${path}?${query}${rest}`);
          assert.equal(response.status, 400, path);
        }
      });
    }

    it('gives up with an apology, and not with a wrong reason, when the database goes away in between', async () => {
      const { databaseUrl, dataDir } = database.settings;
      const lost = await startTestPlatform(databaseUrl ? { DATABASE_URL: databaseUrl } : { DATA_DIR: dataDir });
      const browser = lost.browser();
      const first = await browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
      await lost.database.close();
      const page = await browser.submit(first, '/sign-in', { email: 'a@example.com', password: 'x' });
      assert.equal(page.status, 500);
      assert.equal(page.heading, 'Something went wrong on our side');
      await lost.close();
    });
  });
}
