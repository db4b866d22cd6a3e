import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { KEPT_VERSIONS } from '../widget-versions.ts';
import { onEachEngine } from './engines.ts';
import { atOnce } from './fixtures.ts';

const versionOf = (index: number) => index.toString(16).padStart(16, '0');
const someFiles = () =>
  new Map([
    ['widget.js', randomBytes(3_000)],
    ['attempt-AbC_d-12.js', randomBytes(500)],
  ] as const);

onEachEngine('versions of the widget', (context) => {
  const versions = () => context.storage.widgetVersions;

  it('give back each file, byte for byte, in every process', async () => {
    const files = someFiles();
    await versions().keep('00000000000000aa', files);
    for (const [name, bytes] of files) {
      assert.deepEqual(await context.elsewhere.storage.widgetVersions.file('00000000000000aa', name), bytes);
    }
  });

  it('stay what they were when they are kept once more', async () => {
    const files = someFiles();
    await versions().keep('00000000000000bb', files);
    await versions().keep('00000000000000bb', someFiles());
    assert.deepEqual(await versions().file('00000000000000bb', 'widget.js'), files.get('widget.js'));
  });

  it('are kept by one of several servers that start at once', async () => {
    const { storage } = context.engine === 'SQLite' ? context : context.elsewhere;
    const files = someFiles();
    await atOnce(6, (index) => (index % 2 ? storage : context.storage).widgetVersions.keep('00000000000000cc', files));
    assert.deepEqual(await versions().file('00000000000000cc', 'widget.js'), files.get('widget.js'));
  });

  it('are forgotten when fifty newer ones were served, and not when they are served again', async () => {
    await context.database.db.deleteFrom('widget_versions').execute();
    assert.equal(await versions().touch(versionOf(1)), false);
    for (let index = 1; index <= KEPT_VERSIONS; index += 1)
      await versions().keep(versionOf(index), someFiles(), new Date(index));
    assert.equal(await versions().touch(versionOf(1)), true);
    for (let index = 1; index <= 3; index += 1) await versions().keep(versionOf(100 + index), someFiles());
    const isKept = async (index: number) => (await versions().file(versionOf(index), 'widget.js')) !== undefined;
    assert.ok((await isKept(1)) && (await isKept(KEPT_VERSIONS)) && (await isKept(103)));
    assert.ok(!(await isKept(2)) && !(await isKept(4)));
    const rows = await context.database.db.selectFrom('widget_versions').select('version').execute();
    assert.equal(rows.length, KEPT_VERSIONS);
  });

  it('have no file by a name that is none', async () => {
    await versions().keep('00000000000000dd', someFiles());
    for (const name of ['', '\0', '%', '../widget.js', "' or 1=1", 'x'.repeat(10_000)]) {
      assert.equal(await versions().file('00000000000000dd', name), undefined);
      assert.equal(await versions().file(name, 'widget.js'), undefined);
    }
  });
});
