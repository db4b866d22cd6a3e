import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { diagnosticsReportSchema } from './diagnostics-report.ts';

describe('/diagnostics', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const ask = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    fetch(`${platform.url}${path}`, { method, headers });
  /** The page without what differs from request to request. */
  const pageOf = async (response: Response) =>
    (await response.text())
      .replaceAll(response.headers.get('x-request-id') ?? '-', 'id')
      .replaceAll(/nonce-[\w+/=-]+/g, '');

  it('is no page for whoever has no token, or one of another time', async () => {
    const token = await platform.storage.diagnosticTokens.open();
    await platform.storage.diagnosticTokens.close(token);
    const nowhere = await ask('/nowhere');
    const page = await pageOf(nowhere);
    for (const path of ['/diagnostics', '/diagnostics/stream']) {
      for (const given of [{}, { 'x-diagnostics-token': token }, { 'x-diagnostics-token': "' or 1=1 --" }]) {
        const answer = await ask(path, { ...given, 'x-diagnostics-status': '503' });
        assert.equal(answer.status, 404);
        assert.deepEqual([...answer.headers.keys()], [...nowhere.headers.keys()]);
        assert.equal(await pageOf(answer), page);
      }
    }
  });

  it('tells whoever has a token what has arrived, and no secret', async () => {
    const token = await platform.storage.diagnosticTokens.open();
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      const answer = await ask('/diagnostics', { 'x-diagnostics-token': token, 'x-diagnostics-probe': '7' }, method);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      const text = await answer.text();
      const report = diagnosticsReportSchema.parse(JSON.parse(text));
      assert.deepEqual([report.request.method, report.request.probe], [method, '7']);
      assert.equal(report.settings.publicUrl, platform.url);
      assert.ok(!text.includes(token));
    }
    const refused = await ask('/diagnostics', { 'x-diagnostics-token': token, 'x-diagnostics-status': '401' });
    assert.equal(refused.status, 401);
    const odd = await ask('/diagnostics', { 'x-diagnostics-token': token, 'x-diagnostics-status': '204' });
    assert.equal(odd.status, 200, 'other statuses are not for the asking');
    await platform.storage.diagnosticTokens.close(token);
    assert.equal((await ask('/diagnostics', { 'x-diagnostics-token': token })).status, 404);
  });

  it('begins a stream at once', async (test) => {
    const token = await platform.storage.diagnosticTokens.open();
    const abort = new AbortController();
    test.after(() => abort.abort());
    const answer = await fetch(`${platform.url}/diagnostics/stream`, {
      headers: { 'x-diagnostics-token': token },
      signal: abort.signal,
    });
    const { value } = (await answer.body?.getReader().read()) ?? {};
    assert.equal(Buffer.from(value ?? []).toString(), 'data: begun\n\n');
  });
});
