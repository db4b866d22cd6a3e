import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { until } from '../../scripts/testing/until.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { SHOP_ORIGIN, startTestPlatform } from '../../server/testing/test-platform.ts';

/**
 * Traces, to the OpenTelemetry Collector itself, which is built with Go: `npm run test:collector`. That takes minutes at the first time, so it
 * is no part of `npm test`.
 */

const run = promisify(execFile);
const BUILD_TIMEOUT_MS = 20 * 60_000;
const MODULES = [
  'go.opentelemetry.io/collector/otelcol@v0.161.0',
  'go.opentelemetry.io/collector/receiver/otlpreceiver@v0.161.0',
  'go.opentelemetry.io/collector/service/telemetry/otelconftelemetry@v0.161.0',
  'go.opentelemetry.io/collector/confmap/provider/fileprovider@v1.67.0',
  'github.com/open-telemetry/opentelemetry-collector-contrib/exporter/fileexporter@v0.161.0',
];

async function buildCollector(folder: string): Promise<string> {
  copyFileSync(join(import.meta.dirname, 'main.go'), join(folder, 'main.go'));
  const go = (...words: string[]) => run('go', words, { cwd: folder, timeout: BUILD_TIMEOUT_MS });
  await go('mod', 'init', 'example.com/otelcol');
  await go('get', ...MODULES);
  await go('mod', 'tidy');
  await go('build', '-o', 'otelcol', '.');
  return join(folder, 'otelcol');
}

interface Line {
  resourceSpans: {
    scopeSpans: { spans: { name: string; traceId: string; spanId: string; parentSpanId?: string }[] }[];
  }[];
}

it('the OpenTelemetry Collector takes every span of a journey', { timeout: BUILD_TIMEOUT_MS }, async (test) => {
  const folder = temporaryDirectory();
  const program = await buildCollector(folder);
  const [port, file, config] = [await freePort(), join(folder, 'spans.jsonl'), join(folder, 'config.json')];
  writeFileSync(
    config,
    JSON.stringify({
      receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${port}` } } } },
      exporters: { file: { path: file, flush_interval: '100ms' } },
      service: {
        telemetry: { metrics: { level: 'none' } },
        pipelines: { traces: { receivers: ['otlp'], exporters: ['file'] } },
      },
    }),
  );
  const collector = spawn(program, ['--config', `file:${config}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  test.after(() => collector.kill());
  let log = '';
  collector.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  await until(() => log.includes('Everything is ready'));

  const platform = await startTestPlatform({
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
  });
  const { clientId } = await platform.createApp();
  const person = platform.browser();
  const first = await person.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
  const consent = await person.submit(first, '/persona', { persona: 'complete' });
  assert.ok((await person.submit(consent, '/consent')).message.credential);
  await platform.close();

  const spans = await until(() => {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    const read = lines.map((line) => JSON.parse(line) as Line);
    return (
      read.length > 0 &&
      read.flatMap(({ resourceSpans }) =>
        resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)),
      )
    );
  });
  const ids = new Set(spans.map(({ spanId }) => spanId));
  assert.ok(spans.some(({ name }) => name === 'POST /sandbox/interaction/:uid/consent'));
  assert.ok(spans.some(({ name }) => name === 'insert users'));
  for (const { parentSpanId, name } of spans)
    assert.ok(!parentSpanId || ids.has(parentSpanId), `${name} is below a span that came`);
  assert.doesNotMatch(log, /\b(error|warn)\b/i);
});
