import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES } from '@signup-with-platform/messages';
import sharp from 'sharp';
import { hashPassword } from '#domain/accounts/passwords.ts';
import { MAX_PICTURE_BYTES } from '#pictures/normalize-picture.ts';
import { readLogo, storeAppLogo } from '#pictures/store-picture.ts';
import type { Account, NewAccount } from '#storage/accounts.ts';
import { onEachPlatform } from '#testing/each-platform.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import type { TestPlatform } from '#testing/test-platform.ts';

const PASSWORD = 'an engine of difference';
const passwordHash = hashPassword(PASSWORD);
const DELFT = { street_address: '1 Main Street', postal_code: '2611', locality: 'Delft', country: 'NL' };
const GHENT = { street_address: 'Korenlei 7', locality: 'Ghent', country: 'BE' };
const typed = (address: Record<string, string>) => ({ postal_code: '', region: '', ...address });

/** Somebody who is signed in, and what is kept of them. */
interface Somebody {
  browser: HttpBrowser;
  account(): Promise<Account>;
  open(path?: string): Promise<Page>;
}

let people = 0;

async function somebody({ storage, ...platform }: TestPlatform, profile: NewAccount = {}): Promise<Somebody> {
  const { accounts } = storage.realm('production');
  people += 1;
  const email = `somebody.${people}@example.com`;
  const { id } = await accounts.create({ email, passwordHash: await passwordHash, ...profile });
  const browser = platform.browser();
  const open = (path = '') => browser.get(`/account/profile${path}`);
  await browser.submit(await open(), '/account/sign-in', { email, password: PASSWORD });
  return { browser, open, account: async () => (await accounts.find(id)) as Account };
}

/** Sends a form with a file in it, as a browser does; redirects are not followed. */
async function upload(
  platform: TestPlatform,
  { browser, open }: Pick<Somebody, 'browser' | 'open'>,
  file: Buffer | undefined,
  { csrf, headers = {} }: { csrf?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; html: string; location: string }> {
  const token = csrf ?? String((await open('/picture')).form('/profile/picture').values['csrf']);
  const form = new FormData();
  form.set('csrf', token);
  if (file) form.set('picture', new Blob([new Uint8Array(file)], { type: 'image/png' }), 'me.png');
  const response = await fetch(`${platform.url}/account/profile/picture`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: browser.cookieHeader('/account'), origin: platform.url, ...headers },
    body: form,
  });
  return { status: response.status, html: await response.text(), location: response.headers.get('location') ?? '' };
}

const square = (background: string) =>
  sharp({ create: { width: 64, height: 64, channels: 3, background } })
    .png()
    .toBuffer();

onEachPlatform('profile', (context) => {
  const meet = (profile?: NewAccount) => somebody(context.platform, profile);

  describe('name, phone number and language', () => {
    it('are taken as people write them, and shown as text', async () => {
      const { browser, open, account } = await meet();
      const name = { given_name: ' ليلى ', family_name: "O'Brien & Søn 👩‍🚀" };
      const profile = await browser.submit(await open('/name'), '/profile/name', name);
      assert.match(profile.html, /Your name has been saved/);
      assert.match(profile.html, /<bdi>ليلى O&#39;Brien &amp; Søn 👩‍🚀<\/bdi>/);
      await browser.submit(await open('/phone'), '/profile/phone', { phone_number: '+31 (0)20 555-0101' });
      const { givenName, familyName, phoneNumber } = await account();
      // Nobody outside the country dials the zero in brackets.
      assert.deepEqual([givenName, familyName, phoneNumber], ['ليلى', "O'Brien & Søn 👩‍🚀", '+31 20 555-0101']);
    });

    it('are mailed about when the phone number changes, and not otherwise; the number is not in it', async () => {
      const { browser, open, account } = await meet();
      const { email = '' } = await account();
      const subjects = async () =>
        (await context.platform.storage.mails.list())
          .filter(({ to }) => to === email)
          .map(({ subject, text }) => {
            assert.doesNotMatch(text, /555/);
            return subject;
          });
      const save = async (phone: string) =>
        browser.submit(await open('/phone'), '/profile/phone', { phone_number: phone });
      await save('');
      await save('nonsense');
      await browser.submit(await open('/name'), '/profile/name', { given_name: 'Ada' });
      assert.deepEqual(await subjects(), []);
      await save('+31 20 555 0199');
      await save('+31 20 555 0199');
      assert.deepEqual(await subjects(), ['Your Platform phone number was changed']);
      await save('');
      assert.equal((await subjects()).length, 2);
    });

    it('go when they are left empty, but for the first name', async () => {
      const { browser, open, account } = await meet({
        givenName: 'Ada',
        familyName: 'Byron',
        phoneNumber: '+31201234567',
      });
      await browser.submit(await open('/name'), '/profile/name', { family_name: ' ' });
      const profile = await browser.submit(await open('/phone'), '/profile/phone', { phone_number: '' });
      assert.match(profile.html, /Your phone number has been removed/);
      const { givenName, familyName, phoneNumber } = await account();
      assert.deepEqual([givenName, familyName, phoneNumber], ['Ada', undefined, undefined]);
      const again = await browser.submit(await open('/name'), '/profile/name', { given_name: '' });
      assert.equal(again.status, 400);
      assert.match(again.html, /Fill this in/);
    });

    it('and a date of birth is one that somebody can have, which no mail tells of', async () => {
      const { browser, open, account } = await meet();
      const save = async (birthdate: string) =>
        browser.submit(await open('/birthdate'), '/profile/birthdate', { birthdate });
      const profile = await save('1990-05-01');
      assert.match(profile.html, /Your date of birth has been saved/);
      assert.match(profile.html, /<bdi>May 1, 1990<\/bdi>/);
      for (const wrong of ['2999-01-01', '1990-02-30', '0000-05-01', '1 May 1990', '<b>']) {
        const page = await save(wrong);
        assert.equal(page.status, 400);
        assert.match(page.html, /Enter a valid date of birth/);
        assert.equal((await account()).birthdate, '1990-05-01');
      }
      assert.match((await save('')).html, /Your date of birth has been removed/);
      const { id, email, birthdate } = await account();
      assert.equal(birthdate, undefined);
      const { mails, auditLog } = context.platform.storage;
      assert.deepEqual(
        (await mails.list()).filter(({ to }) => to === email),
        [],
      );
      const changes = (await auditLog.list({ subject: `account:${id}` })).map(({ act, detail }) => [act, detail]);
      const change = ['account.profile_changed', { fields: ['birthdate'] }];
      assert.deepEqual(
        changes.filter(([act]) => act === change[0]),
        [change, change],
      );
    });

    for (const [what, text, message] of [
      ['300 letters', 'x'.repeat(300), 'This is too long'],
      ['markup', '<img src=x onerror=alert(1)>', 'This contains characters'],
      ['NUL', 'A\0da', 'This contains characters'],
      ['a control character', 'A\u001bda', 'This contains characters'],
      ['a line', 'A\nda', 'This contains characters'],
    ] as const) {
      it(`refuse ${what}, and show what was typed`, async () => {
        const { browser, open, account } = await meet({ givenName: 'Ada' });
        const page = await browser.submit(await open('/name'), '/profile/name', {
          given_name: text,
          family_name: text,
        });
        assert.equal(page.status, 400);
        assert.equal(page.html.split(message).length, 3, 'at each of the two fields');
        assert.doesNotMatch(page.html, /<img src=x/);
        if (what !== 'NUL') assert.equal(page.form('/profile/name').values['family_name'], text);
        const phone = await browser.submit(await open('/phone'), '/profile/phone', { phone_number: text });
        assert.equal(phone.status, 400);
        assert.deepEqual([(await account()).givenName, (await account()).phoneNumber], ['Ada', undefined]);
      });
    }

    it('survive fields that are sent twice, or not at all', async () => {
      const { browser, open, account } = await meet({ givenName: 'Ada' });
      const { csrf = '' } = (await open('/name')).form('/profile/name').values;
      for (const body of [
        { csrf },
        { csrf, given_name: ['a', 'b'] },
        { csrf, language: ['nl', 'de'] },
        { csrf, language: '' },
      ])
        for (const path of ['name', 'language'])
          assert.equal((await browser.post(`/account/profile/${path}`, body)).status, 400);
      assert.equal((await account()).givenName, 'Ada');
    });

    it('offer every language of the platform, by its own name', async () => {
      const { open } = await meet();
      const { html } = await open('/language');
      const offered = [...html.matchAll(/<input type="radio" name="?language"?\s+value="?([\w-]+)/g)].map(
        ([, tag]) => tag,
      );
      assert.deepEqual(offered, ['browser', ...LANGUAGES.map(({ tag }) => tag)]);
      for (const name of ['English', 'Nederlands', 'Português', 'العربية', '日本語'])
        assert.ok(html.includes(`>${name}<`), name);
    });

    it('speak the language that is chosen, and leave one that they cannot speak', async () => {
      const { browser, open, account } = await meet({ locale: 'tlh' });
      const page = await open('/language');
      assert.match(page.html, /Klingon/);
      const unchanged = await browser.submit(page, '/profile/language', { language: 'tlh' });
      assert.equal(unchanged.status, 200);
      assert.equal((await account()).locale, 'tlh');
      const dutch = await browser.submit(await open('/language'), '/profile/language', { language: 'nl' });
      assert.match(dutch.html, /<html lang="nl"[\s\S]*Je taal is opgeslagen/);
      const { csrf = '' } = (await open('/language')).form('/profile/language').values;
      for (const language of ['tlh', 'xx', '<b>', 'constructor', 'nl\0'])
        assert.equal((await browser.post('/account/profile/language', { csrf, language })).status, 400, language);
      const english = await browser.submit(await open('/language'), '/profile/language', { language: 'browser' });
      assert.match(english.html, /<html lang="en"/);
      assert.equal((await account()).locale, undefined);
    });
  });

  describe('addresses', () => {
    const names = (page: Page) => [...page.html.matchAll(/addresses\/([\w-]{22})"/g)].map(([, name = '']) => name);

    it('of somebody else do not exist', async () => {
      const owner = await meet({ address: DELFT });
      const [name = ''] = names(await owner.open());
      // The very same address has another name for somebody else.
      const stranger = await meet({ address: DELFT, otherAddresses: [GHENT] });
      const { csrf = '' } = (await stranger.open('/name')).form('/profile/name').values;
      const edited = typed({ ...DELFT, locality: 'Elsewhere' });
      for (const other of [name, '0', '1', '-1', '__proto__', '%00', '%2e%2e', 'x'.repeat(90)]) {
        const path = `/account/profile/addresses/${other}`;
        // What takes an address apart takes `..` for the folder above: that is the stranger's own profile.
        const expected = other === '%2e%2e' ? [200] : [404, 400];
        assert.ok(expected.includes((await stranger.browser.get(path)).status), other);
        for (const [action, body] of [
          ['', edited],
          ['/remove', {}],
          ['/default', {}],
        ] as const)
          assert.ok(
            [409, 404, 400].includes((await stranger.browser.post(path + action, { csrf, ...body })).status),
            other,
          );
      }
      assert.deepEqual((await owner.account()).address, DELFT);
      const { address, otherAddresses } = await stranger.account();
      assert.deepEqual([address, otherAddresses], [DELFT, [GHENT]]);
    });

    it('changed in two windows: each change is made, or refused in words, and nothing is lost', async () => {
      const { browser, open, account } = await meet({ address: DELFT, otherAddresses: [GHENT] });
      const [delft = '', ghent = ''] = names(await open());
      const [first, second, other] = await Promise.all([
        open(`/addresses/${delft}`),
        open(`/addresses/${delft}`),
        open(`/addresses/${ghent}`),
      ]);
      await browser.submit(first, `/addresses/${delft}`, { locality: 'Leiden' });
      await browser.submit(other, `/addresses/${ghent}`, { locality: 'Gent', as_default: 'yes' });
      const refused = await browser.submit(second, `/addresses/${delft}`, { locality: 'Gouda' });
      assert.equal(refused.status, 409);
      assert.match(refused.html, /changed or removed in another window/);
      const removed = await browser.post(`/account/profile/addresses/${delft}/remove`, {
        csrf: second.form(delft).values['csrf'] ?? '',
      });
      assert.equal(removed.status, 409);
      const before = await account();
      assert.deepEqual(
        [before.address, before.otherAddresses],
        [{ ...GHENT, locality: 'Gent' }, [{ ...DELFT, locality: 'Leiden' }]],
      );
      // What was typed is still there, for a new address.
      const saved = await browser.submit(refused, '/addresses/new');
      assert.match(saved.html, /The address has been added/);
      assert.equal((await account()).otherAddresses?.[1]?.locality, 'Gouda');
    });

    it('refuse what is no address', async () => {
      const { browser, open, account } = await meet();
      const form = await open('/addresses/new');
      for (const wrong of [
        { street_address: 'x\n'.repeat(7) },
        { street_address: '' },
        { street_address: 'a\0b' },
        { locality: '<script>' },
        { locality: ' ' },
        { region: 'x'.repeat(300) },
        { postal_code: '26\u202811' },
        { country: 'XX' },
        { country: 'Nederland' },
        { country: '' },
      ]) {
        const page = await browser.submit(form, '/addresses/new', typed({ ...DELFT, ...wrong }));
        assert.equal(page.status, 400, JSON.stringify(wrong));
        assert.match(page.html, /aria-invalid="true"/);
      }
      assert.equal((await account()).address, undefined);
      await browser.submit(form, '/addresses/new', typed({ ...DELFT, country: 'nl' }));
      const twice = await browser.submit(form, '/addresses/new', typed(DELFT));
      assert.equal(twice.status, 409);
      assert.match(twice.html, /You already have this address/);
      const { address, otherAddresses } = await account();
      assert.deepEqual([address, otherAddresses], [DELFT, undefined]);
    });

    it('are ten at most', async () => {
      const full = Array.from({ length: 9 }, (_, index) => ({ ...GHENT, locality: String(index) }));
      const { browser, open, account } = await meet({ address: DELFT, otherAddresses: full.slice(1) });
      const form = await open('/addresses/new');
      await browser.submit(form, '/addresses/new', typed({ ...GHENT, locality: 'Tenth' }));
      const refused = await browser.submit(form, '/addresses/new', typed({ ...GHENT, locality: 'Eleventh' }));
      assert.equal(refused.status, 409);
      assert.match(refused.html, /up to 10 addresses/);
      assert.equal((await account()).otherAddresses?.length, 9);
      const profile = await open();
      assert.doesNotMatch(profile.html, /addresses\/new/);
    });
  });

  describe('the picture', () => {
    it('is made anew, shown to everybody who knows its address, and gone with the next one', async () => {
      const person = await meet();
      assert.match((await upload(context.platform, person, await square('red'))).location, /done=picture$/);
      const { picture = '' } = await person.account();
      assert.match(picture, new RegExp(`^${context.platform.url}/pictures/[\\w-]{22}$`));
      const response = await fetch(picture, { headers: { 'sec-fetch-site': 'cross-site' } });
      assert.equal(response.status, 200);
      const { headers } = response;
      assert.equal(headers.get('content-type'), 'image/webp');
      assert.equal(headers.get('cache-control'), 'public, max-age=31536000, immutable');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin');
      assert.equal(
        headers.get('content-security-policy'),
        "default-src 'none'; frame-ancestors 'none'; sandbox",
        'opened by itself, whatever it may hold runs nowhere',
      );
      assert.equal(headers.get('set-cookie'), null);
      assert.equal((await sharp(await response.arrayBuffer()).metadata()).width, 512);

      await upload(context.platform, person, await square('blue'));
      assert.equal((await fetch(picture)).status, 404);
      const { picture: second = '' } = await person.account();
      assert.equal((await fetch(second)).status, 200);
      const removed = await person.browser.submit(await person.open('/picture'), '/picture/remove');
      assert.match(removed.html, /Your picture has been removed/);
      assert.equal((await fetch(second)).status, 404);
      assert.equal((await person.account()).picture, undefined);
    });

    it('is not found by an address that is none', async () => {
      for (const id of ['', 'x', 'x'.repeat(22), '%00', '..%2f..%2fetc%2fpasswd', 'x'.repeat(5_000)]) {
        const response = await fetch(`${context.platform.url}/pictures/${id}`);
        assert.ok([400, 404, 414].includes(response.status), `${id}: ${response.status}`);
        assert.equal(response.headers.get('cache-control'), 'no-store');
      }
    });

    for (const [what, file, message] of [
      ['no file', undefined, /Choose a file first/],
      ['an empty file', Buffer.alloc(0), /Choose a file first/],
      ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), /We can’t use this file/],
      ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), /We can’t use this file/],
      ['one byte too many', Buffer.alloc(MAX_PICTURE_BYTES + 1), /This file is too large.* 5 MB/],
      ['far too many bytes', Buffer.alloc(12 * 1024 * 1024), /This file is too large.* 5 MB/],
    ] as const) {
      it(`says so when there is ${what}`, async () => {
        const person = await meet({ picture: 'https://elsewhere.example/me.png' });
        const answer = await upload(context.platform, person, file);
        assert.equal(answer.status, 400);
        assert.match(answer.html, message);
        assert.match(answer.html, /<input id="picture"/, 'the form is shown again');
        assert.equal((await person.account()).picture, 'https://elsewhere.example/me.png');
      });
    }

    it('keeps us busy for so long and no longer', async () => {
      const person = await meet();
      const csrf = String((await person.open('/picture')).form('/profile/picture').values['csrf']);
      for (let attempt = 1; attempt <= 30; attempt += 1)
        assert.equal((await upload(context.platform, person, Buffer.from('x'), { csrf })).status, 400);
      const answer = await upload(context.platform, person, await square('red'), { csrf });
      assert.equal(answer.status, 429);
      assert.match(answer.html, /Too many attempts/);
      assert.equal((await person.account()).picture, undefined);
    });

    it('is taken from nobody else’s form', async () => {
      const [person, stranger] = [await meet(), await meet()];
      const picture = await square('red');
      const foreign = String((await stranger.open('/picture')).form('/profile/picture').values['csrf']);
      for (const attempt of [
        { csrf: 'x' },
        { csrf: '' },
        { csrf: foreign },
        { headers: { origin: 'https://evil.example' } },
        { headers: { 'sec-fetch-site': 'cross-site' } },
      ])
        assert.equal((await upload(context.platform, person, picture, attempt)).status, 403);
      assert.equal((await person.account()).picture, undefined);
    });

    it('comes in a form that is whole', async () => {
      const { browser, open } = await meet();
      const csrf = String((await open('/picture')).form('/profile/picture').values['csrf']);
      const part = (name: string, text: string) =>
        `--x\r\ncontent-disposition: form-data; name="${name}"${name === 'picture' ? '; filename="a"' : ''}\r\n\r\n${text}\r\n`;
      const boundary = { 'content-type': 'multipart/form-data; boundary=x' };
      const send = (body: string, headers = boundary) => browser.post('/account/profile/picture', body, headers);
      const rows: [body: string, headers?: typeof boundary][] = [
        [part('csrf', csrf), { 'content-type': 'multipart/form-data' }],
        [part('csrf', csrf)],
        [`${part('csrf', csrf)}--x\r\ncontent-disposition: form-data; name="picture"; filename="a"\r\n\r\nGIF89a`],
        [`${part('csrf', csrf)}${part('__proto__', 'x')}--x--\r\n`],
        [`${part('csrf', csrf)}${part('picture', 'a')}${part('picture', 'b')}--x--\r\n`],
        [`${part('csrf', csrf)}${part('more', 'x').repeat(30)}--x--\r\n`],
      ];
      for (const [body, headers] of rows) assert.equal((await send(body, headers)).status, 400, body);
      // A token that comes as a file, or twice, proves nothing.
      assert.equal((await send(`${part('csrf', csrf)}${part('csrf', csrf)}--x--\r\n`)).status, 403);
      assert.equal((await send(`${part('picture', csrf).replace('"picture"', '"csrf"')}--x--\r\n`)).status, 403);
    });
  });

  it('leaves a trail without what it is about', async () => {
    const { browser, open, account } = await meet();
    await browser.submit(await open('/phone'), '/profile/phone', { phone_number: '+31 20 555 0199' });
    await browser.submit(await open('/addresses/new'), '/addresses/new', typed(GHENT));
    const { id } = await account();
    const trail = await context.platform.storage.auditLog.list({ subject: `account:${id}` });
    const acts = trail.map(({ act, detail }) => [act, detail]).filter(([act]) => String(act).startsWith('account.'));
    assert.deepEqual(acts, [
      ['account.profile_changed', { fields: ['phone_number'] }],
      ['account.address_added', undefined],
    ]);
    assert.doesNotMatch(JSON.stringify(trail), /0199|Ghent/);
  });

  it('of an app, the logo is stored in the same way', async () => {
    const { storage, url } = context.platform;
    const { appId, clientId } = await context.platform.createApp();
    const address = await storeAppLogo(storage, url, appId, await readLogo(appId, await square('red')));
    assert.equal((await storage.appEnvironments.findByClientId(clientId))?.logoUri, address);
    assert.equal((await fetch(address)).status, 200);
  });

  it('of a browser’s own test person is changed like any other', async () => {
    const { clientId } = await context.platform.createApp();
    const browser = context.platform.browser();
    const request = { client_id: clientId, origin: 'https://shop.example', state: 's', nonce: 'n' };
    const popup = await browser.openPopup(request);
    const persona = /name="persona" value="([^"]*)"/.exec(popup.html)?.[1] ?? '';
    await browser.submit(popup, '/persona', { persona });
    const profile = await browser.get('/sandbox/account/profile');
    assert.equal(profile.status, 200);
    assert.match(profile.html, /href="[^"]*\/profile\/name"/);
    const form = await browser.get('/sandbox/account/profile/name');
    const changed = await browser.submit(form, '/profile/name', { given_name: 'Changed' });
    assert.deepEqual([changed.status, changed.url.pathname], [200, '/sandbox/account/profile']);
    assert.match(changed.html, /Changed/);
  });
});
