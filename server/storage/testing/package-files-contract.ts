import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { atOnce } from './fixtures.ts';

onEachEngine('package files', (context) => {
  const files = () => context.storage.packageFiles;

  it('gives back what was kept', async () => {
    const bytes = randomBytes(600_000);
    assert.equal(await files().keep('client-1.0.0.tgz', 'sha512-a', () => bytes), 'sha512-a');
    assert.deepEqual(await files().find('client-1.0.0.tgz'), bytes);
  });

  it('keeps the first of a name, and reads no other', async () => {
    await files().keep('client-1.1.0.tgz', 'sha512-first', () => Buffer.from('first'));
    const readAgain = () => assert.fail('it is here already');
    assert.equal(await files().keep('client-1.1.0.tgz', 'sha512-second', readAgain), 'sha512-first');
    assert.equal((await files().find('client-1.1.0.tgz'))?.toString(), 'first');
  });

  it('tells servers that start at once the same', async () => {
    const told = await atOnce(8, (index) =>
      (index % 2 ? context.elsewhere.storage : context.storage).packageFiles.keep(
        'client-1.2.0.tgz',
        `sha512-${index}`,
        () => Buffer.from(`${index}`),
      ),
    );
    const [first = ''] = told;
    assert.deepEqual(new Set(told), new Set([first]));
    assert.equal((await files().find('client-1.2.0.tgz'))?.toString(), first.slice('sha512-'.length));
  });

  it('knows no other name, whatever is asked for', async () => {
    for (const name of ['client-9.9.9.tgz', '', '../client-1.0.0.tgz', 'client\0.tgz', 'x'.repeat(10_000)])
      assert.equal(await files().find(name), undefined, JSON.stringify(name.slice(0, 40)));
  });
});
