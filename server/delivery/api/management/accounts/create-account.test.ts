import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { Backend } from '../testing/backend.ts';

const BCRYPT = '$2y$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.';

describe('creating accounts by the operator’s backend', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform();
    backend = await Backend.create(platform);
  });
  after(() => platform.close());
  const rows = () => platform.storage.realm('production');

  it('creates what a row of an import says, and answers with it', async () => {
    const row = {
      ...{ external_id: 'u-1001', email: 'Jane@example.com', email_verified: true, password_hash: BCRYPT },
      ...{ given_name: 'Jane', phone_number: '+31205550101', phone_number_verified: true, birthdate: '1990-05-17' },
      address: { locality: 'Amsterdam', country: 'NL' },
      created_at: '2019-04-01T10:00:00Z',
    };
    const answer = await backend.post('/accounts', row);
    assert.equal(answer.status, 201, answer.text);
    const { password_hash: _, created_at: createdAt, ...said } = row;
    for (const [name, value] of Object.entries(said)) assert.deepEqual(answer.json[name], value, name);
    assert.deepEqual([answer.json['created_at'], answer.json['has_password']], ['2019-04-01T10:00:00.000Z', true]);
    assert.ok(createdAt);
    const { id } = answer.json;
    assert.deepEqual((await backend.get('/accounts?external_id=u-1001')).json['data'], [answer.json]);
    assert.equal((await rows().accounts.findVerified('jane@example.com'))?.id, id);
    assert.deepEqual(await backend.acts(), [
      ['account.created', `account:${id}`],
      ['account.searched', undefined],
    ]);
  });

  it('is known to a later import by its id, and undone as an import is', async () => {
    const { json } = await backend.post('/accounts', { external_id: 'later', email: 'later@example.com' });
    assert.equal((await rows().imports.known(['id:later'])).get('id:later')?.accountId, json['id']);
    const [made] = await rows().imports.list(10);
    assert.equal(made?.source, `management-key:${backend.keyId}`);
  });

  it('refuses what belongs to another account, and leaves nothing behind', async () => {
    await backend.post('/accounts', { external_id: 'taken', email: 'taken@example.com', email_verified: true });
    const refused: [object, string][] = [
      [{ external_id: 'taken', email: 'other@example.com' }, 'external_id_taken'],
      [{ external_id: 'another', email: 'TAKEN@example.com', email_verified: true }, 'email_taken'],
    ];
    for (const [body, code] of refused) {
      const { status, json } = await backend.post('/accounts', body);
      assert.deepEqual([status, json['error']], [409, code]);
    }
    assert.deepEqual((await backend.get('/accounts?external_id=another')).json['data'], []);
    assert.deepEqual((await backend.get('/accounts?email=other@example.com')).json['data'], []);
  });

  it('creates one account of several requests for the same person at once', async () => {
    const body = { external_id: 'race', email: 'race@example.com', email_verified: true };
    const answers = await Promise.all(Array.from({ length: 8 }, () => backend.post('/accounts', body)));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [201, ...Array<number>(7).fill(409)]);
  });

  it('answers a repeated request as the first one, and another one under its key with 409', async () => {
    const [body, headers] = [{ email: 'once@example.com' }, { 'idempotency-key': 'once' }];
    const first = await backend.post('/accounts', body, headers);
    const again = await backend.post('/accounts', body, headers);
    assert.deepEqual([again.status, again.json['id']], [201, first.json['id']]);
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal(
      (await backend.post('/accounts', { email: 'x@example.com' }, headers)).json['error'],
      'idempotency_key_reused',
    );
    const other = await Backend.create(platform);
    assert.notEqual((await other.post('/accounts', { external_id: 'o' }, headers)).json['id'], first.json['id']);
  });

  it('names the first mistake, in the words of this call', async () => {
    const mistakes: [body: unknown, message: RegExp][] = [
      [{}, /needs an external_id or an email/],
      [[], /must be a JSON object/],
      [{ id: 'u-1' }, /id: not known/],
      [{ external_id: '' }, /^In the body, external_id: /],
      [{ email: 'nobody' }, /email: is no email address/],
      [{ email: 'a@b.example', passwort: 'x' }, /passwort: not known/],
      [{ email: 'a@b.example', password_hash: 'plain' }, /password_hash|hash/],
      [{ email: 'a@b.example', birthdate: '0000-05-17' }, /birthdate: is no date of birth/],
      [{ email: 'a@b.example', address: { country: 'Holland' } }, /address\.country: is no country code/],
      [{ email: 'a@b.example', address: { planet: 'Mars' } }, /address\.planet: not known/],
      [{ email_verified: true, external_id: 'x' }, /email_verified without an email/],
      [{ email: 'a@b.example', identities: [{ issuer: 'https://elsewhere.example', subject: '1' }] }, /identities/],
      [{ email: 'a@b.example', given_name: 'a\0b' }, /given_name/],
    ];
    for (const [body, message] of mistakes) {
      const { status, json } = await backend.post('/accounts', body);
      assert.deepEqual([status, json['error']], [400, 'invalid_request'], JSON.stringify(body));
      assert.match(String(json['message']), message);
    }
    const form = await backend.send('POST', '/accounts', {
      body: 'email=a@b.example',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    assert.equal(form.status, 415);
    assert.equal((await backend.send('POST', '/accounts', { body: '{"email":' })).json['error'], 'invalid_json');
    assert.equal((await backend.post('/accounts', { email: 'x'.repeat(70_000) })).status, 413);
  });
});
