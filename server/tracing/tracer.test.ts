import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'node:test';
import type { TracingSettings } from '../../process/settings/open-telemetry.ts';
import type { SpanSink } from './trace.ts';
import { Tracer } from './tracer.ts';

const NOWHERE: SpanSink = { add: () => {}, refuse: () => {} };
const tracerOf = (sampler: TracingSettings['sampler'], ratio = 1) => new Tracer({ sampler, ratio }, NOWHERE);
const PARENT = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-';

describe('the trace of a request', () => {
  const tracer = tracerOf('parentbased_always_on');

  it('has the id of the request, so that there is one', () => {
    const id = randomUUID();
    assert.equal(tracer.beginRequest('GET', id, undefined).id, id.replaceAll('-', ''));
    assert.equal(tracer.beginRequest('GET', 'a'.repeat(32), undefined).id, 'a'.repeat(32));
  });

  for (const id of ['req_01HZX.4:a-b', '0'.repeat(32), '00000000-0000-0000-0000-000000000000', 'A'.repeat(32)]) {
    it(`has a new one where the id of the request is ${id}`, () => {
      assert.match(tracer.beginRequest('GET', id, undefined).id, /^(?!0{32})[\da-f]{32}$/);
    });
  }

  it('goes on from its caller, also when the header is damaged, but then as its own', () => {
    const trace = tracer.beginRequest('GET', randomUUID(), `${PARENT}01`);
    assert.deepEqual([trace.id, trace.root.parentId], ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']);
    const own = tracer.beginRequest('GET', randomUUID(), `${PARENT}1`);
    assert.notEqual(own.id, trace.id);
    assert.equal(own.root.parentId, undefined);
  });

  it('tells whoever is called which span calls', () => {
    const trace = tracer.beginRequest('GET', randomUUID(), `${PARENT}01`);
    const span = trace.begin('POST', 'client', {});
    assert.ok(span);
    assert.equal(span.parentId, trace.root.id);
    assert.equal(trace.traceparent(span), `00-${trace.id}-${span.id}-01`);
  });

  it('takes nothing more once it has ended', () => {
    const trace = tracer.beginRequest('GET', randomUUID(), undefined);
    trace.close();
    assert.equal(trace.begin('late', 'internal', {}), undefined);
  });

  it('has room for some hundreds of spans, and counts the others', () => {
    let [added, refused] = [0, 0];
    const counting = new Tracer(
      { sampler: 'always_on', ratio: 1 },
      {
        add: () => {
          added += 1;
        },
        refuse: () => {
          refused += 1;
        },
      },
    );
    const trace = counting.beginRequest('GET', randomUUID(), undefined);
    for (let n = 0; n < 700; n += 1) {
      const span = trace.begin('select users', 'client', {});
      if (span) trace.end(span);
    }
    trace.close();
    assert.deepEqual([added, refused], [501, 200]);
  });
});

describe('the samplers', () => {
  const decisions: [sampler: TracingSettings['sampler'], alone: boolean, sampled: boolean, notSampled: boolean][] = [
    ['always_on', true, true, true],
    ['always_off', false, false, false],
    ['parentbased_always_on', true, true, false],
    ['parentbased_always_off', false, true, false],
  ];
  for (const [sampler, ...expected] of decisions) {
    it(`${sampler}: without a caller, for one that records, for one that does not`, () => {
      const sampled = (header?: string) => tracerOf(sampler).beginRequest('GET', randomUUID(), header).isSampled;
      assert.deepEqual([sampled(), sampled(`${PARENT}01`), sampled(`${PARENT}00`)], expected);
    });
  }

  it('traceidratio decides alike for the same trace, and for about that part of all', () => {
    const [tenth, all, none] = [
      tracerOf('traceidratio', 0.1),
      tracerOf('traceidratio', 1),
      tracerOf('traceidratio', 0),
    ];
    const ids = Array.from({ length: 5_000 }, () => randomUUID());
    const taken = ids.filter((id) => tenth.beginRequest('GET', id, undefined).isSampled);
    // Ten standard deviations around 500.
    assert.ok(taken.length > 288 && taken.length < 712, String(taken.length));
    assert.ok(taken.every((id) => tracerOf('traceidratio', 0.2).beginRequest('GET', id, undefined).isSampled));
    assert.ok(ids.every((id) => all.beginRequest('GET', id, undefined).isSampled));
    assert.ok(!ids.some((id) => none.beginRequest('GET', id, undefined).isSampled));
    // https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
    assert.equal(tenth.beginRequest('GET', `${'0'.repeat(18)}${'f'.repeat(14)}`, undefined).isSampled, true);
  });

  it('record nothing of a trace that is not sampled, and still tell its id', () => {
    const trace = tracerOf('always_off').beginRequest('GET', randomUUID(), undefined);
    assert.equal(trace.begin('select users', 'client', {}), undefined);
    assert.equal(trace.traceparent(), `00-${trace.id}-${trace.root.id}-00`);
  });
});

describe('a span that failed', () => {
  const errorTypeOf = (error: unknown) => {
    const trace = tracerOf('always_on').beginRequest('GET', randomUUID(), undefined);
    const span = trace.begin('insert accounts', 'client', {});
    assert.ok(span);
    trace.end(span, error);
    assert.equal(span.hasFailed, true);
    return span.attributes['error.type'];
  };

  it('says with what, and never repeats a message, which may have values in it', () => {
    const violation = Object.assign(new Error('Key (email)=(ada@example.com) already exists'), { code: '23505' });
    assert.equal(errorTypeOf(violation), '23505');
    assert.equal(errorTypeOf(new TypeError('ada@example.com')), 'TypeError');
    assert.equal(errorTypeOf(Object.assign(new Error('x'), { code: 'ada@example.com' })), 'Error');
    assert.equal(errorTypeOf({ email: 'ada@example.com' }), '_OTHER');
  });
});
