import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { OPEN_TELEMETRY, tracingOf, tracingWarnings } from './open-telemetry.ts';

const schema = z.object(OPEN_TELEMETRY);
const read = (env: Record<string, string>) => tracingOf(schema.parse(env));
const AT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('the settings of OpenTelemetry', () => {
  it('turn traces on where one says where to, and nowhere else', () => {
    assert.equal(read({}), undefined);
    assert.equal(read({ OTEL_SERVICE_NAME: 'id', OTEL_TRACES_SAMPLER: 'always_on' }), undefined);
    assert.equal(read({ ...AT, OTEL_SDK_DISABLED: 'TRUE' }), undefined);
    assert.equal(read({ ...AT, OTEL_TRACES_EXPORTER: 'none' }), undefined);
    assert.ok(read({ ...AT, OTEL_SDK_DISABLED: 'false' }));
  });

  const addresses: [env: Record<string, string>, url: string][] = [
    [AT, 'http://collector:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://example.com/otlp/' }, 'https://example.com/otlp/v1/traces'],
    [{ ...AT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318' }, 'http://traces:4318/'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces:4318/a/b?c=d' }, 'http://traces:4318/a/b?c=d'],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, 'http://localhost:4318/v1/traces'],
  ];
  for (const [env, url] of addresses)
    it(`send to ${url} for ${JSON.stringify(env)}`, () => assert.equal(read(env)?.url.href, url));

  it('have the defaults of the standard', () => {
    const { url: _, ...others } = read(AT) ?? assert.fail();
    assert.deepEqual(others, {
      headers: {},
      isCompressed: false,
      timeoutMs: 10_000,
      resource: { 'service.name': 'signup-with-platform' },
      sampler: 'parentbased_always_on',
      ratio: 1,
      queue: { intervalMs: 5_000, giveUpMs: 30_000, maxWaiting: 2_048, batchSize: 512 },
    });
  });

  it('let what is for traces go before what is for all', () => {
    const general = { ...AT, OTEL_EXPORTER_OTLP_HEADERS: 'a=1', OTEL_EXPORTER_OTLP_TIMEOUT: '1' };
    assert.deepEqual(read(general)?.headers, { a: '1' });
    const own = { OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'b=2', OTEL_EXPORTER_OTLP_TRACES_TIMEOUT: '2' };
    const { headers, timeoutMs } = read({ ...general, ...own }) ?? assert.fail();
    assert.deepEqual([headers, timeoutMs], [{ b: '2' }, 2]);
  });

  it('read lists as the standard writes them', () => {
    const settings = read({
      ...AT,
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20a%3Db, X-Scope = c=d ,',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=a%2Cb',
      OTEL_SERVICE_NAME: 'id',
    });
    assert.deepEqual(settings?.headers, { authorization: 'Bearer a=b', 'x-scope': 'c=d' });
    assert.deepEqual(settings?.resource, { 'service.name': 'id', 'deployment.environment.name': 'a,b' });
  });

  it('never send more at once than may wait', () => {
    assert.equal(read({ ...AT, OTEL_BSP_MAX_QUEUE_SIZE: '100' })?.queue.batchSize, 100);
  });

  it('warn of what has no effect, where traces are wanted', () => {
    const warningsFor = (env: Record<string, string>) => tracingWarnings(env, schema.parse(env));
    assert.deepEqual(warningsFor({ OTEL_PROPAGATORS: 'b3' }), []);
    assert.match(
      warningsFor({ ...AT, OTEL_PROPAGATORS: 'b3' }).join(),
      /^The environment variable OTEL_PROPAGATORS has/,
    );
    assert.match(
      warningsFor({ ...AT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }).join(),
      /^Spans are sent as http/,
    );
    assert.deepEqual(warningsFor({ ...AT, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }), []);
  });
});
