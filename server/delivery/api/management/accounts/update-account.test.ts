import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NewAccount } from '#storage/accounts.ts';
import { OWN_FIELDS } from '#testing/own-fields.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { Backend } from '../testing/backend.ts';

describe('changing accounts by the operator’s backend', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform({ OWN_FIELDS });
    backend = await Backend.create(platform);
  });
  after(() => platform.close());

  const rows = () => platform.storage.realm('production');
  let people = 0;
  const make = async (more: NewAccount = {}) => {
    people += 1;
    const email = `person${people}@example.com`;
    const { id } = await rows().accounts.create({ email, emailVerified: true, givenName: 'Jane', ...more });
    return { id, email, path: `/accounts/${id}` };
  };
  const mailsTo = async (address: string) =>
    (await platform.storage.mails.list()).filter(({ to }) => to === address).map(({ subject }) => subject);

  it('changes what is named, removes what is null, and leaves the rest', async () => {
    const { path } = await make({
      ...{ familyName: 'Doe', phoneNumber: '+31205550101', birthdate: '1990-05-17' },
      address: {
        street_address: '12 Canal Street',
        locality: 'Amsterdam',
        region: 'Noord-Holland',
        country: 'NL',
        formatted: 'as it was',
      },
    });
    const patch = {
      family_name: 'Doe-Smith',
      phone_number: null,
      address: { street_address: '14 Canal Street', region: null },
    };
    const { status, json } = await backend.patch(path, patch);
    assert.equal(status, 200);
    assert.deepEqual(
      [json['given_name'], json['family_name'], json['phone_number'], json['birthdate']],
      ['Jane', 'Doe-Smith', null, '1990-05-17'],
    );
    assert.deepEqual(json['address'], { street_address: '14 Canal Street', locality: 'Amsterdam', country: 'NL' });
    assert.equal((await backend.patch(path, { address: null })).json['address'], null);
    assert.deepEqual((await backend.get(path)).json['family_name'], 'Doe-Smith');
    const { entries } = { entries: await platform.storage.auditLog.list({ act: 'account.profile_changed' }) };
    assert.deepEqual(entries.at(-2)?.detail, { fields: ['familyName', 'phoneNumber', 'address'] });
    assert.ok(!JSON.stringify(entries).includes('Doe-Smith'));
  });

  it('takes the media type of RFC 7396, which its libraries send, and no other', async () => {
    const { path } = await make();
    const send = (type: string) => backend.patch(path, { given_name: 'Nora' }, { 'content-type': type });
    const { status, json } = await send('application/merge-patch+json');
    assert.deepEqual([status, json['given_name']], [200, 'Nora']);
    assert.equal((await send('application/json-patch+json')).status, 415);
    const created = await backend.post(
      '/accounts',
      { given_name: 'Nora' },
      { 'content-type': 'application/merge-patch+json' },
    );
    assert.equal(created.status, 415);
  });

  it('changes own fields by their types, removes what is null, and leaves the rest', async () => {
    const { path } = await make({ ownClaims: { company: 'Acme', gone_by_now: 'kept' } });
    const claims = { loyalty_number: 'LC-0001', cellar_bottles: 12, wants_catalogue: false, tier: 'gold' };
    const { status, json, text } = await backend.patch(path, { claims });
    assert.equal(status, 200, text);
    const all = { vat_id: null, company: 'Acme', member_since: null, ...claims };
    assert.deepEqual(json['claims'], all);
    const { json: fewer } = await backend.patch(path, { claims: { loyalty_number: null, company: null } });
    assert.deepEqual(fewer['claims'], { ...all, loyalty_number: null, company: null });
    const [entry] = (await platform.storage.auditLog.list({ act: 'account.profile_changed' })).slice(-1);
    assert.deepEqual(entry?.detail, { fields: ['claims.loyalty_number', 'claims.company'] });
    const { json: none } = await backend.patch(path, { claims: null });
    assert.deepEqual(new Set(Object.values(none['claims'] ?? {})), new Set([null]));
    assert.deepEqual((await rows().accounts.find(path.split('/').at(-1) ?? ''))?.ownClaims, undefined);
  });

  it('loses none of several own fields that change at once', async () => {
    const { path } = await make();
    const claims = { loyalty_number: 'LC-0001', cellar_bottles: 1, company: 'Acme', tier: 'silver' };
    await Promise.all(
      Object.entries(claims).map(([name, value]) => backend.patch(path, { claims: { [name]: value } })),
    );
    const { json } = await backend.get(path);
    assert.deepEqual({ ...Object(json['claims']), ...claims }, json['claims']);
  });

  it('says of a phone number whether it is verified, and of another number nothing until it is told', async () => {
    const { path } = await make({ phoneNumber: '+31205550101' });
    const change = async (patch: object) => {
      const { status, json, text } = await backend.patch(path, patch);
      assert.equal(status, 200, text);
      return [json['phone_number'], json['phone_number_verified']];
    };
    assert.deepEqual(await change({ phone_number_verified: true }), ['+31205550101', true]);
    assert.deepEqual(await change({ phone_number: '+31205550101' }), ['+31205550101', true]);
    assert.deepEqual(await change({ phone_number_verified: false }), ['+31205550101', false]);
    assert.deepEqual(await change({ phone_number: '+31205550102', phone_number_verified: true }), [
      '+31205550102',
      true,
    ]);
    assert.deepEqual(await change({ phone_number: '+31205550103' }), ['+31205550103', false]);
    assert.deepEqual(await change({ phone_number: '+31205550102' }), ['+31205550102', false]);
    for (const patch of [{ phone_number: null, phone_number_verified: true }, { phone_number_verified: null }])
      assert.equal((await backend.patch(path, patch)).status, 400, JSON.stringify(patch));
    assert.deepEqual(await change({ phone_number: null }), [null, false]);
    const { json } = await backend.patch(path, { phone_number_verified: true });
    assert.match(String(json['message']), /phone_number_verified: the account has no phone number/);
  });

  it('is found by the new name', async () => {
    const { id, path } = await make({ familyName: 'Maiden' });
    await backend.patch(path, { family_name: 'Ängström' });
    const { data } = (await backend.get('/accounts?name=angstrom')).json as { data: { id: string }[] };
    assert.deepEqual(
      data.map((one) => one.id),
      [id],
    );
  });

  it('changes an address only with a word about its proof, and tells both addresses that are the person’s', async () => {
    const { email, path } = await make();
    const silent = await backend.patch(path, { email: 'new@example.com' });
    assert.equal(silent.status, 400);
    assert.match(String(silent.json['message']), /email_verified/);
    const { json } = await backend.patch(path, { email: 'New@example.com', email_verified: true });
    assert.deepEqual([json['email'], json['email_verified']], ['New@example.com', true]);
    assert.equal((await mailsTo(email)).length, 1);
    assert.equal((await mailsTo('New@example.com')).length, 1);
    const spelled = await backend.patch(path, { email: 'new@Example.com' });
    assert.deepEqual([spelled.json['email'], spelled.json['email_verified']], ['new@Example.com', true]);
    const claimed = await backend.patch(path, { email: 'claimed@example.com', email_verified: false });
    assert.equal(claimed.json['email_verified'], false);
    assert.deepEqual(await mailsTo('claimed@example.com'), []);
    assert.equal((await backend.patch(path, { email_verified: true })).json['email_verified'], true);
  });

  it('ends links that were mailed to the old address', async () => {
    const { id, email, path } = await make();
    const code = await rows().emailCodes.create(id, email, 60, 'reset_password');
    await backend.patch(path, { email: 'moved@example.com', email_verified: true });
    assert.equal(await rows().emailCodes.find(code, 'reset_password'), undefined);
  });

  it('tells of another phone number, and not of one that stays', async () => {
    const { email, path } = await make({ phoneNumber: '+31205550101' });
    await backend.patch(path, { phone_number: '+31205550101' });
    assert.deepEqual(await mailsTo(email), []);
    await backend.patch(path, { phone_number: '+31205550102' });
    assert.equal((await mailsTo(email)).length, 1);
  });

  it('refuses an address that another account has verified', async () => {
    const [{ email }, { path }] = [await make(), await make()];
    const { status, json } = await backend.patch(path, { email, email_verified: true });
    assert.deepEqual([status, json['error']], [409, 'email_taken']);
  });

  it('changes nothing for somebody who has read an earlier state, and every change makes another one', async () => {
    const { path } = await make();
    const etag = (await backend.get(path)).headers.get('etag') ?? '';
    const first = await backend.patch(path, { family_name: 'First' }, { 'if-match': etag });
    assert.equal(first.status, 200);
    const late = await backend.patch(path, { family_name: 'Late' }, { 'if-match': etag });
    assert.deepEqual([late.status, late.json['error']], [412, 'precondition_failed']);
    const next = first.headers.get('etag') ?? '';
    assert.equal((await backend.patch(path, { family_name: 'Next' }, { 'if-match': next })).status, 200);
  });

  it('loses none of several changes at once', async () => {
    const { path } = await make();
    // All of one column, of which the later would overwrite the earlier.
    const parts = { street_address: '1 Canal Street', locality: 'Delft', postal_code: '2611 AB', country: 'NL' };
    const patches = Object.entries(parts).map(([name, value]) => ({ address: { [name]: value } }));
    const answers = await Promise.all(patches.map((patch) => backend.patch(path, patch)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      patches.map(() => 200),
    );
    assert.deepEqual((await backend.get(path)).json['address'], parts);
  });

  it('refuses what it cannot mean, and changes nothing then', async () => {
    const { path } = await make();
    const before = (await backend.get(path)).headers.get('etag');
    const mistakes: [body: unknown, message: RegExp][] = [
      [{}, /names nothing to change/],
      [null, /must be a JSON object/],
      [{ family_name: 'X', id: 'mine' }, /id: not known/],
      [{ family_name: 'X', blocked: true }, /blocked: not known/],
      [{ family_name: 'X', password_hash: 'x' }, /password_hash: not known/],
      [{ family_name: 'X', birthdate: 'yesterday' }, /birthdate/],
      [{ family_name: '' }, /family_name: is empty; null removes it/],
      [{ email: null }, /email/],
      [{ email_verified: null }, /email_verified/],
      [{ address: { country: 'XX' } }, /address\.country/],
      [{ address: 'Canal Street' }, /address/],
      [{ claims: { unheard_of: 'x' } }, /claims\.unheard_of: not known/],
      [{ claims: { toString: 'x' } }, /claims\.toString: not known/],
      [{ claims: { company: '' } }, /claims\.company: is empty; null removes it/],
      [{ claims: { company: true } }, /claims\.company: is of another type/],
      [{ claims: { company: 'x', loyalty_number: '1234' } }, /claims\.loyalty_number: does not match the pattern/],
      [{ claims: { cellar_bottles: -1 } }, /claims\.cellar_bottles: is no number, or one/],
      [{ claims: { cellar_bottles: true } }, /claims\.cellar_bottles: is of another type/],
      [{ claims: { wants_catalogue: 1 } }, /claims\.wants_catalogue: is of another type/],
      [{ claims: { member_since: '2020-02-30' } }, /claims\.member_since: is no date/],
      [{ claims: { tier: 'bronze' } }, /claims\.tier: is none of the choices/],
      [{ claims: ['gold'] }, /claims/],
    ];
    for (const [body, message] of mistakes) {
      const { status, json } = await backend.patch(path, body);
      assert.deepEqual([status, json['error']], [400, 'invalid_request'], JSON.stringify(body));
      assert.match(String(json['message']), message);
    }
    assert.equal((await backend.get(path)).headers.get('etag'), before);
  });
});

describe('changing somebody whom a live directory knows', () => {
  it('leaves the address to the directory, and changes all else', async () => {
    const platform = await startTestPlatform({
      DIRECTORY_URL: 'http://127.0.0.1:1/',
      DIRECTORY_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
      DIRECTORY_MODE: 'always',
    });
    const backend = await Backend.create(platform);
    const { accounts, directoryPeople } = platform.storage.realm('production');
    const [known, ours] = [
      await accounts.create({ email: 'known@example.com', emailVerified: true }),
      await accounts.create({ email: 'ours@example.com', emailVerified: true }),
    ];
    await directoryPeople.confirm({ accountId: known.id, key: 'id:u-1' });
    await directoryPeople.confirm({ accountId: ours.id });
    const another = { email: 'new@example.com', email_verified: true };
    const refused = await backend.patch(`/accounts/${known.id}`, another);
    assert.equal(refused.status, 400);
    assert.match(String(refused.json['message']), /email: is the live directory’s/);
    const spelled = { email: 'Known@example.com', given_name: 'Ada' };
    assert.equal((await backend.patch(`/accounts/${known.id}`, spelled)).json['email'], 'Known@example.com');
    assert.equal((await backend.patch(`/accounts/${ours.id}`, another)).status, 200);
    await platform.close();
  });
});
