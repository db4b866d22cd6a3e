import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sweep } from '../sweeper.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';

onEachEngine('a token of diagnostics', (context) => {
  const rows = () => context.database.db.selectFrom('diagnostic_tokens').selectAll().execute();

  it('is open in every process until it is closed, which leaves nothing', async () => {
    const { diagnosticTokens } = context.storage;
    const [token, other] = [await diagnosticTokens.open(), await diagnosticTokens.open()];
    assert.equal(await context.elsewhere.storage.diagnosticTokens.isOpen(token), true);
    assert.equal(await diagnosticTokens.isOpen('another'), false);
    await diagnosticTokens.close(token);
    assert.equal(await diagnosticTokens.isOpen(token), false);
    assert.equal(await diagnosticTokens.isOpen(other), true, 'a run beside it goes on');
    await diagnosticTokens.close(other);
    assert.deepEqual(await rows(), []);
  });

  it('is kept as a hash, and nowhere among the installation’s own secrets', async () => {
    const before = await context.storage.secrets.oldest();
    const token = await context.storage.diagnosticTokens.open();
    const cells = await everyCell(context.database);
    assert.ok(!cells.some(({ value }) => value.includes(token)));
    assert.ok(!cells.some(({ table }) => table === 'secrets'));
    assert.deepEqual(await context.storage.secrets.oldest(), before);
    await context.storage.diagnosticTokens.close(token);
  });

  it('closes by itself, and is swept', async (test) => {
    const { diagnosticTokens } = context.storage;
    const token = await diagnosticTokens.open();
    test.mock.timers.enable({ apis: ['Date'], now: Date.now() + 2 * 60_000 });
    await sweep(context.database.db);
    assert.equal(await diagnosticTokens.isOpen(token), true, 'a run takes less than two minutes');
    test.mock.timers.setTime(Date.now() + 3 * 60_000);
    assert.equal(await diagnosticTokens.isOpen(token), false);
    test.mock.timers.setTime(Date.now() + 1);
    await sweep(context.database.db);
    assert.deepEqual(await rows(), []);
  });
});
