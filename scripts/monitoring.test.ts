import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { createTestDatabase, ENGINES } from '../server/storage/testing/engines.ts';
import { SHOP_ORIGIN, startTestPlatform, temporaryDirectory } from '../server/testing/test-platform.ts';
import { ROOT } from './run.ts';
import { addShownMetrics, problemsOf, type ShownMetrics } from './testing/prometheus.ts';

/** What operators watch with, against the figures that servers show. */

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

const datasource = z.strictObject({ type: z.literal('prometheus'), uid: z.string().regex(/^\$\{datasource\}$/) });
const gridPos = z.strictObject({
  h: z.number().int().min(1),
  w: z.number().int().min(1).max(24),
  x: z.number().int().min(0).max(23),
  y: z.number().int().min(0),
});
const row = z.strictObject({
  id: z.number().int(),
  type: z.literal('row'),
  title: z.string(),
  collapsed: z.literal(false),
  gridPos,
  panels: z.tuple([]),
});
const graph = z.strictObject({
  id: z.number().int(),
  type: z.literal('timeseries'),
  title: z.string(),
  description: z.string().optional(),
  datasource,
  gridPos,
  fieldConfig: z.strictObject({
    defaults: z.strictObject({
      unit: z.enum(['short', 's', 'bytes', 'percentunit', 'ops', 'reqps']),
      min: z.literal(0),
    }),
    overrides: z.tuple([]),
  }),
  targets: z
    .array(z.strictObject({ refId: z.string().regex(/^[A-Z]$/), expr: z.string(), legendFormat: z.string().min(1) }))
    .min(1),
});
const dashboardSchema = z.object({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.number(),
  templating: z.object({
    list: z.array(z.looseObject({ name: z.string(), type: z.enum(['datasource', 'query']), query: z.string() })),
  }),
  panels: z.array(z.discriminatedUnion('type', [row, graph])),
});

const rulesSchema = z.strictObject({
  groups: z.array(
    z.strictObject({
      name: z.string(),
      rules: z.array(
        z.strictObject({
          alert: z.string().regex(/^Platform[A-Z]\w+$/),
          expr: z.string(),
          for: z
            .string()
            .regex(/^\d+[mh]$/)
            .optional(),
          labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
          annotations: z.strictObject({ summary: z.string(), description: z.string().optional() }),
        }),
      ),
    }),
  ),
});

const shown: ShownMetrics = new Map();

before(async () => {
  for (const engine of ENGINES) {
    const database = await createTestDatabase(engine);
    const { databaseUrl, dataDir } = database.settings;
    const platform = await startTestPlatform(
      databaseUrl ? { DATABASE_URL: databaseUrl, DATA_DIR: temporaryDirectory() } : { DATA_DIR: dataDir },
    );
    try {
      const { clientId, clientSecret, issuer } = await platform.createApp();
      const request = { client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' };
      const browser = platform.browser();
      const form = await browser.openPopup(request);
      const consent = await browser.submit(form, '/persona', { persona: 'complete' });
      await browser.submit(consent, '/consent');
      await platform.browser().openPopup({ ...request, origin: 'https://elsewhere.example' });
      const token = new URLSearchParams({ grant_type: 'authorization_code', code: 'none', redirect_uri: SHOP_ORIGIN });
      await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
        body: token,
      });
      const real = await platform.createApp({ environment: 'production' });
      const stranger = platform.browser();
      const signIn = await stranger.openPopup({ ...request, client_id: real.clientId });
      await stranger.submit(signIn, '/sign-in', { email: 'nobody@example.com', password: 'not a password' });
      const cancelled = platform.browser();
      await cancelled.submit(await cancelled.openPopup(request), '/cancel');
      addShownMetrics(shown, await (await fetch(`${platform.url}/metrics`)).text());
    } finally {
      await platform.close();
      await database.remove();
    }
  }
});

describe('deploy/grafana/platform.json', () => {
  const { panels, templating } = dashboardSchema.parse(JSON.parse(read('deploy/grafana/platform.json')));
  const graphs = panels.filter((panel) => panel.type === 'timeseries');

  it('asks for figures and labels that there are', () => {
    // Grafana fills these in.
    const filled = (query: string) => query.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'platform');
    const problems = graphs.flatMap(({ targets }) => targets.flatMap(({ expr }) => problemsOf(filled(expr), shown)));
    assert.deepEqual(problems, []);
    for (const { targets } of graphs)
      for (const { expr } of targets) assert.match(expr, /\{job="\$job"/, 'of the job that is chosen');
  });

  it('names only labels in legends that its query leaves', () => {
    for (const { targets } of graphs)
      for (const { expr, legendFormat } of targets)
        for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g)) {
          const isGrouped = new RegExp(`by \\([^)]*\\b${label}\\b`).test(expr);
          assert.ok(isGrouped || !/\bsum\b|\bmax\b/.test(expr), `${legendFormat} of ${expr}`);
        }
  });

  it('has a place of its own for each panel', () => {
    assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
    const taken = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
      assert.ok(x + w <= 24);
      return Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`);
    });
    assert.equal(new Set(taken).size, taken.length);
  });

  it('lets the reader choose the source and the job', () => {
    assert.deepEqual(
      templating.list.map(({ name }) => name),
      ['datasource', 'job'],
    );
    const [, , metric = ''] = /^(label_values)\((\w+), job\)$/.exec(templating.list[1]?.query ?? '') ?? [];
    assert.ok(shown.has(metric));
  });
});

describe('deploy/prometheus/alerts.yml', () => {
  const { groups } = rulesSchema.parse(parse(read('deploy/prometheus/alerts.yml')));
  const rules = groups.flatMap((group) => group.rules);

  it('asks for figures and labels that there are', () => {
    assert.deepEqual(
      rules.flatMap(({ expr }) => problemsOf(expr, shown)),
      [],
    );
  });

  it('has each alert once, and in words of its own labels', () => {
    assert.equal(new Set(rules.map(({ alert }) => alert)).size, rules.length);
    for (const { expr, annotations } of rules)
      for (const [, label = ''] of annotations.summary.matchAll(/\$labels\.(\w+)/g)) {
        const isGrouped = new RegExp(`by \\([^)]*\\b${label}\\b`).test(expr);
        assert.ok(isGrouped || (label === 'instance' && !/\bsum\b|\bmax\b/.test(expr)), `${label} of ${expr}`);
      }
  });

  it('is told of in docs/operate.md, alert by alert', () => {
    const page = read('docs/operate.md');
    for (const { alert } of rules) assert.ok(page.includes(`\`${alert}\``), alert);
  });
});

it('a query that is wrong is found', () => {
  for (const [query, problem] of [
    ['sum(rate(popups_open_total[5m]))', 'no metric popups_open_total'],
    ['sum by (client) (popups_opened_total)', 'no label client'],
    ['popups_opened_total{app="a"}', 'no label app'],
    ['rate(popups_opened_total[5m)', 'syntax at'],
    ['1 > 0', 'no metric at all'],
  ] as const)
    assert.match(problemsOf(query, shown).join('\n'), new RegExp(problem), query);
});
