import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';

onEachEngine('a token of diagnostics', (context) => {
  it('is open in every process until it is closed', async () => {
    const { diagnosticTokens } = context.storage;
    const token = await diagnosticTokens.open();
    assert.equal(await context.elsewhere.storage.diagnosticTokens.isOpen(token), true);
    assert.equal(await diagnosticTokens.isOpen('another'), false);
    await diagnosticTokens.close(token);
    assert.equal(await diagnosticTokens.isOpen(token), false);
  });

  it('closes by itself, and goes with the next', async (test) => {
    const { diagnosticTokens, secrets } = context.storage;
    const before = await secrets.oldest();
    const start = Date.now();
    const token = await diagnosticTokens.open();
    test.mock.timers.enable({ apis: ['Date'], now: start + 11 * 60_000 });
    assert.equal(await diagnosticTokens.isOpen(token), false);
    const next = await diagnosticTokens.open();
    const rows = await context.database.db
      .selectFrom('secrets')
      .select('name')
      .where('name', 'like', 'diagnostics %')
      .execute();
    assert.equal(rows.length, 1);
    assert.ok(
      rows.every(({ name }) => !name.includes(token) && !name.includes(next)),
      'only hashes are kept',
    );
    assert.deepEqual(await secrets.oldest(), before, 'it is none of the installation’s own');
    await diagnosticTokens.close(next);
  });
});
