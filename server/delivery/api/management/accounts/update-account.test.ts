import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { NewAccount } from '#storage/accounts.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { Backend } from '../testing/backend.ts';

describe('changing accounts by the operator’s backend', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform();
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
    ];
    for (const [body, message] of mistakes) {
      const { status, json } = await backend.patch(path, body);
      assert.deepEqual([status, json['error']], [400, 'invalid_request'], JSON.stringify(body));
      assert.match(String(json['message']), message);
    }
    assert.equal((await backend.get(path)).headers.get('etag'), before);
  });
});
