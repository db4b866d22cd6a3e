import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { FIELD_BYTES } from '../../../scripts/testing/hostile-inputs.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

// The pipeline is one (read-body.ts). Here every contract is asked whether it uses it, and answers in its own form.

const FORM = 'application/x-www-form-urlencoded';
const PAGE = /^<!doctype html>/i;

interface Contract {
  readonly name: string;
  readonly path: () => string;
  readonly type: string;
  readonly headers?: () => Record<string, string>;
  /** A body around the bytes of a password. */
  readonly around: readonly [before: string, after: string];
  /** What every error looks like. */
  readonly form: RegExp;
}

let platform: TestPlatform;
let app: Awaited<ReturnType<TestPlatform['createApp']>>;
/** Of a popup that is at its first page. */
let popup: { action: string; cookie: string; csrf: string };
before(async () => {
  platform = await startTestPlatform();
  app = await platform.createApp();
  const browser = platform.browser();
  const page = await browser.openPopup({ client_id: app.clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  const { action, values } = page.form('/sign-in');
  popup = { action, cookie: browser.cookieHeader(action), csrf: String(values['csrf']) };
});
after(() => platform.close());

const own = () => ({ origin: platform.url });
const CONTRACTS: readonly Contract[] = [
  {
    name: 'the user API, JSON',
    path: () => '/1/users',
    type: 'application/json',
    headers: () => ({ 'x-api-key': app.apiKey }),
    around: ['{"email":"a@example.com","password":"Orchid-lamp-42', '"}'],
    form: /^\{"error":"\w+","status":4\d\d,"message":"/,
  },
  {
    name: 'the user API, form',
    path: () => '/1/users',
    type: FORM,
    headers: () => ({ 'x-api-key': app.apiKey }),
    around: ['email=b@example.com&password=Orchid-lamp-42', ''],
    form: /^\{"error":"\w+","status":4\d\d,"message":"/,
  },
  {
    name: 'the embedded sign-up',
    path: () => '/embed/signup',
    type: 'application/json',
    headers: () => ({ 'x-api-key': app.apiKey }),
    around: ['{"userName":"c@example.com","language":"en","password":"Orchid-lamp-42', '"}'],
    form: /^\{"message":".+","code":"\w+"\}$/,
  },
  {
    name: 'the machine login',
    path: () => '/custom_api/external_login',
    type: 'application/json',
    around: ['{"client_id":"x","environment":"localhost","client_secret":"', '"}'],
    form: /^\{"code":4\d\d,"message":"fail","data":\{"error":"/,
  },
  {
    name: 'the machine login, multipart',
    path: () => '/custom_api/external_login',
    type: 'multipart/form-data; boundary=b',
    around: ['--b\r\ncontent-disposition: form-data; name="client_secret"\r\n\r\n', '\r\n--b--\r\n'],
    form: /^\{"code":4\d\d,"message":"fail","data":\{"error":"/,
  },
  {
    name: 'a form of the popup',
    path: () => popup.action,
    type: FORM,
    headers: () => ({ ...own(), cookie: popup.cookie }),
    around: ['email=a@example.com&password=', ''],
    form: PAGE,
  },
  {
    name: 'the confirmation of an address',
    path: () => '/confirm-email',
    type: FORM,
    headers: own,
    around: ['csrf=x&code=', ''],
    form: PAGE,
  },
  {
    name: 'a form of the portal',
    path: () => '/account/sign-in',
    type: FORM,
    headers: own,
    around: ['email=a@example.com&password=', ''],
    form: PAGE,
  },
  {
    name: 'FedCM',
    path: () => '/fedcm/assertion',
    type: FORM,
    headers: () => ({ origin: SHOP_ORIGIN, 'sec-fetch-dest': 'webidentity' }),
    around: ['client_id=x&account_id=', ''],
    form: /^\{"error":\{"code":"invalid_request"\}\}$/,
  },
];

async function send(
  { path, type, headers = () => ({}) }: Contract,
  body: Uint8Array<ArrayBuffer>,
  more: Record<string, string> = {},
) {
  const response = await fetch(platform.url + path(), {
    method: 'POST',
    headers: { 'content-type': type, ...headers(), ...more },
    body,
  });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

for (const contract of CONTRACTS) {
  const [start, end] = contract.around;
  const around = (bytes: Buffer) => Buffer.concat([Buffer.from(start), bytes, Buffer.from(end)]);

  describe(contract.name, () => {
    for (const { input, what } of FIELD_BYTES.refused) {
      it(`refuses bytes that are not UTF-8, in its own form: ${what}`, async () => {
        const { status, text } = await send(contract, around(input));
        assert.equal(status, 400, text);
        assert.match(text, contract.form);
      });
    }

    it('refuses a compressed body, and says what it takes instead', async () => {
      const { status, headers, text } = await send(contract, new Uint8Array(gzipSync(around(Buffer.from('x')))), {
        'content-encoding': 'gzip',
      });
      assert.equal(status, 415, text);
      assert.match(text, contract.form);
      if (contract.form !== PAGE && contract.name !== 'FedCM') assert.equal(headers.get('accept-encoding'), 'identity');
    });

    it('takes a byte order mark for what it is', async () => {
      const answerTo = async (body: Buffer<ArrayBuffer>) => {
        const { status, text } = await send(contract, body);
        return [status, contract.form === PAGE ? '' : text.replaceAll(/"id":"[^"]*"/g, '')];
      };
      if (contract.type.startsWith('multipart')) return;
      const wrong = around(Buffer.from('\r'));
      // The first one may create the user, so that the next two are answered alike.
      await answerTo(wrong);
      assert.deepEqual(await answerTo(Buffer.concat([Buffer.from('\ufeff'), wrong])), await answerTo(wrong));
    });
  });
}
