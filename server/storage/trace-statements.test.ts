import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { turnTracingOff, turnTracingOn, within } from '../tracing/current-trace.ts';
import type { Span, Trace } from '../tracing/trace.ts';
import { Tracer } from '../tracing/tracer.ts';
import { createTestDatabase } from './testing/engines.ts';
import { tracedRead, tracedStatement } from './trace-statements.ts';

describe('a statement', () => {
  const spans: { trace: Trace; span: Span }[] = [];
  const tracer = new Tracer(
    { sampler: 'always_on', ratio: 1 },
    { add: (trace, span) => void spans.push({ trace, span }), refuse: () => {} },
  );
  const begin = () => tracer.beginRequest('GET', randomUUID(), undefined);
  before(() => turnTracingOn((name) => tracer.beginWork(name)));
  after(turnTracingOff);

  const texts: [sql: string, name: string, text: string][] = [
    ['select "a" from "users" where "id" = ?', 'select users', 'select "a" from "users" where "id" = ?'],
    ['insert into "users" ("id")\n   values ($1)', 'insert users', 'insert into "users" ("id") values ($1)'],
    [`update "users" set "name" = 'Wilhelmina' where 1`, 'update users', 'update "users" set "name" = ? where 1'],
    [`delete from users where name = 'an open quote`, 'delete users', 'delete from users where name = ?'],
    ['begin immediate', 'begin', 'begin immediate'],
    ['', 'statement', ''],
  ];
  for (const [sql, name, text] of texts) {
    it(`is named ${name}, and shows no value`, () => {
      within(begin(), () => tracedRead(sql, () => undefined));
      const { span } = spans.at(-1) ?? assert.fail();
      assert.deepEqual([span.name, span.attributes['db.query.text']], [name, text]);
    });
  }

  it('is cut when it is long', () => {
    within(begin(), () => tracedRead(`select ${'x, '.repeat(10_000)}`, () => undefined));
    assert.ok(String(spans.at(-1)?.span.attributes['db.query.text']).length <= 2_048);
  });

  it('fails as it does without a trace, and its span says with which code', async () => {
    const full = Object.assign(new Error('full'), { code: '53100' });
    const failing = () => tracedStatement('postgresql', 'select 1', () => Promise.reject(full));
    await assert.rejects(failing(), full);
    await assert.rejects(
      within(begin(), () => failing()),
      full,
    );
    const { span } = spans.at(-1) ?? assert.fail();
    assert.deepEqual([span.hasFailed, span.attributes['error.type']], [true, '53100']);
  });

  it('belongs to the request that asks, also where that waits for a connection', async () => {
    const database = await createTestDatabase('PostgreSQL');
    const { pool } = database.open();
    assert.ok(pool);
    const asked = Array.from({ length: 40 }, (_, number) => ({ number, trace: begin() }));
    const count = spans.length;
    await Promise.all(
      asked.map(({ number, trace }) => within(trace, () => pool.query(`select ${number}, pg_sleep(0.02)`))),
    );
    const found = spans.slice(count).map(({ trace, span }) => [trace.id, span.attributes['db.query.text']]);
    const expected = asked.map(({ number, trace }) => [trace.id, `select ${number}, pg_sleep(0.02)`]);
    assert.deepEqual(found.toSorted(), expected.toSorted());
    await database.remove();
  });
});
