import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { until } from '../../../../../scripts/testing/until.ts';
import { Backend } from '../testing/backend.ts';
import { peopleForm } from '../testing/prepared.ts';

describe('imports by the operator’s backend', () => {
  let platform: TestPlatform;
  let backend: Backend;
  before(async () => {
    platform = await startTestPlatform();
    backend = await Backend.create(platform);
  });
  after(() => platform.close());

  const rows = () => platform.storage.realm('production');
  const upload = (people: readonly unknown[], query = '', by = backend) =>
    by.send('POST', `/imports${query}`, { body: peopleForm(people) });
  const done = async (people: readonly unknown[], query = '') => {
    const { status, json, text } = await upload(people, query);
    assert.equal(status, 202, text);
    const path = `/imports/${json['id']}`;
    await until(async () => (await backend.get(path)).json['state'] === 'done');
    return { path, json: (await backend.get(path)).json };
  };
  const countsOf = ({ read, created, updated, unchanged, rejected }: Readonly<Record<string, unknown>>) => [
    read,
    created,
    updated,
    unchanged,
    rejected,
  ];

  const PEOPLE = [
    { id: 'i-1', email: 'one@example.com', email_verified: true, given_name: 'One' },
    { id: 'i-2', email: 'two@example.com', shoe_size: 42 },
    { id: 'i-3', email: 'three@example.com' },
  ];

  it('bring people between requests, say which rows were left out, and change nothing the second time', async () => {
    const dry = await done(PEOPLE, '?dry_run=true');
    assert.deepEqual([...countsOf(dry.json), dry.json['dry_run']], [3, 2, 0, 0, 1, true]);
    assert.equal(await rows().accounts.findVerified('one@example.com'), undefined);
    const { json, path } = await done(PEOPLE);
    assert.deepEqual([...countsOf(json), json['failure']], [3, 2, 0, 0, 1, null]);
    const { data } = (await backend.get(`${path}/rejects`)).json as {
      data: { line: number; reason: string; row: unknown }[];
    };
    assert.deepEqual(
      data.map(({ line, row }) => [line, row]),
      [[2, PEOPLE[1]]],
    );
    assert.match(data[0]?.reason ?? '', /shoe_size: not known/);
    assert.equal((await rows().accounts.findVerified('one@example.com'))?.givenName, 'One');
    assert.deepEqual(countsOf((await done(PEOPLE)).json), [3, 0, 0, 2, 1]);
    assert.ok((await backend.acts()).some(([act]) => act === 'import.finished'));
  });

  it('are taken back, but for whom somebody has used', async () => {
    const { path } = await done([{ id: 'u-1', email: 'used@example.com' }, { id: 'u-2' }, { id: 'u-3' }]);
    const [used] = (await backend.get('/accounts?external_id=u-1')).json['data'] as { id: string }[];
    await rows().sessions.seen('a session', used?.id ?? '', {});
    assert.deepEqual((await backend.post(`${path}/undo`)).json, { deleted: 2, has_more: false });
    assert.deepEqual((await backend.get('/accounts?external_id=u-2')).json['data'], []);
    assert.ok(await rows().accounts.find(used?.id ?? ''));
  });

  it('are the key’s that uploaded them alone', async () => {
    const { path } = await done([{ id: 'mine', email: 'mine@example.com', wrong: 1 }]);
    const other = await Backend.create(platform);
    for (const [method, below] of [
      ['GET', ''],
      ['GET', '/rejects'],
      ['POST', '/undo'],
    ] as const)
      assert.equal((await other.send(method, path + below)).status, 404, method + below);
    assert.deepEqual((await other.get('/imports')).json, { data: [] });
  });

  it('refuse what is no file of people', async () => {
    const file = (name: string, content: BlobPart) => {
      const form = new FormData();
      form.append(name, new Blob([content]), 'people.ndjson');
      return form;
    };
    for (const body of [
      file('file', '{}'),
      file('people', new Uint8Array([0xff, 0xfe])),
      file('people', '{"id":"\0"}'),
    ])
      assert.equal((await backend.send('POST', '/imports', { body })).status, 400);
    assert.equal((await backend.send('POST', '/imports', { body: '{"id":"1"}' })).status, 415);
    assert.equal(
      (await backend.send('POST', '/imports', { body: file('people', 'x'.repeat(9 * 1024 * 1024)) })).status,
      413,
    );
    const { json } = await done(['text', null, [[]], { email: 'a\0b@example.com' }]);
    assert.deepEqual(countsOf(json), [4, 0, 0, 0, 4]);
  });

  it('wait in a bounded number for each key', async () => {
    const hasty = await Backend.create(platform);
    const answers = await Promise.all(Array.from({ length: 12 }, () => upload([{ id: 'same' }], '', hasty)));
    const codes = answers.map(({ status, json }) => json['error'] ?? status);
    assert.ok(codes.includes('too_many_imports') && codes.includes(202), codes.join());
  });
});
