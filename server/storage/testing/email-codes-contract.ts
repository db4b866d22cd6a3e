import assert from 'node:assert/strict';
import { it } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { nextMillisecond } from '../../../scripts/testing/until.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, signUp } from './fixtures.ts';

onEachEngine('e-mail codes', (context) => {
  const codes = () => context.storage.realm('production').emailCodes;

  it('works once', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'Person@Example.com', 600);
    assert.deepEqual(await codes().consume(code), { accountId: id, email: 'Person@Example.com' });
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

  it('is for one purpose, and is revoked with all of that purpose', async () => {
    const { id } = await signUp(context.storage);
    const other = await signUp(context.storage);
    const change = await codes().create(id, 'old@example.com', 600, 'change_email');
    await nextMillisecond();
    const later = await codes().create(id, ' New@Example.com ', 600, 'change_email');
    const reset = await codes().create(id, 'person@example.com', 600, 'reset_password');
    const others = await codes().create(other.id, 'other@example.com', 600, 'change_email');
    assert.equal(await codes().find(change), undefined, 'verifies nothing');
    assert.equal(await codes().consume(change, 'reset_password'), undefined);
    assert.deepEqual(await codes().find(change, 'change_email'), { accountId: id, email: 'old@example.com' });
    assert.equal(await codes().pendingAddress(id, 'change_email'), 'New@Example.com');
    assert.equal(await codes().pendingAddress(id, 'verify_email'), undefined);

    await codes().revoke(id, 'change_email');
    for (const revoked of [change, later]) assert.equal(await codes().consume(revoked, 'change_email'), undefined);
    assert.equal(await codes().pendingAddress(id, 'change_email'), undefined);
    assert.ok(await codes().consume(reset, 'reset_password'));
    assert.ok(await codes().consume(others, 'change_email'));
  });

  it('is pending no more after its time', async () => {
    const { id } = await signUp(context.storage);
    await codes().create(id, 'late@example.com', -1, 'change_email');
    assert.equal(await codes().pendingAddress(id, 'change_email'), undefined);
  });

  it('goes with its account', async () => {
    const { id } = await signUp(context.storage);
    const code = await codes().create(id, 'person@example.com', 600);
    await context.database.db.deleteFrom('accounts').where('id', '=', id).execute();
    assert.equal(await codes().consume(code), undefined);
  });
});
