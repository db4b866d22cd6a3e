import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, signUp } from './fixtures.ts';

onEachEngine('e-mail codes', (context) => {
  const codes = () => context.storage.realm('production').emailCodes;

  it('works once', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'Person@Example.com', 600);
    assert.deepEqual(await codes().consume(code), { accountId: id, email: 'person@example.com' });
    assert.equal(await codes().consume(code), undefined);
  });

  it('works once even when many use it at the same moment, through several processes', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'person@example.com', 600);
    const uses = await atOnce(20, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).realm('production').emailCodes.consume(code),
    );
    assert.equal(uses.filter((use) => use !== undefined).length, 1);
  });

  it('does not work after its time', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'person@example.com', 0.02);
    await delay(40);
    assert.equal(await codes().consume(code), undefined);
  });

  it('is not guessed: unknown codes, and the hash that is stored, open nothing', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'person@example.com', 600);
    const stored = await context.database.db
      .selectFrom('email_codes')
      .select('code_hash')
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow();
    for (const guess of ['', 'x', code.slice(1), `${code} `, code.toLowerCase(), stored.code_hash]) {
      if (guess !== code) assert.equal(await codes().consume(guess), undefined, guess);
    }
    assert.ok(Buffer.from(code, 'base64url').length >= 16, 'at least 128 bits');
    assert.ok(
      !(await everyCell(context.database)).some(({ value }) => value.includes(code)),
      'only the hash is stored',
    );
  });

  it('goes with its account', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'person@example.com', 600);
    await context.database.db.deleteFrom('accounts').where('id', '=', id).execute();
    assert.equal(await codes().consume(code), undefined);
  });
});
