import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { dataKeysOf } from '../../process/settings/data-key.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { DataKeyError, idOf } from './data-keys.ts';
import { openDataKeys } from './open-data-keys.ts';

const newKey = () => new Uint8Array(randomBytes(32));
const PLACE = { table: 'authenticators', column: 'secret', row: 'row' };

const withKeys = (...dataKeys: Uint8Array[]) =>
  openDataKeys({ dataKeys, databaseUrl: 'postgres://db/platform', dataDir: '/nowhere' });
const withFile = (dataDir: string, ...dataKeys: Uint8Array[]) =>
  openDataKeys({ dataKeys, databaseUrl: undefined, dataDir });

describe('what is sealed under DATA_KEY', () => {
  it('opens with the key, and says nothing of its content', async () => {
    const keys = withKeys(newKey());
    const sealed = await keys.seal('secret text', PLACE);
    assert.equal(await keys.unseal(sealed, PLACE), 'secret text');
    assert.ok(!Buffer.from(sealed.split('.')[2] ?? '', 'base64url').includes('secret'));
    assert.notEqual(await keys.seal('secret text', PLACE), sealed);
  });

  it('has a name that nobody computes without the key', async () => {
    const [key, other] = [newKey(), newKey()];
    const nameOf = (text: string, purpose: string, ...keys: Uint8Array[]) =>
      withKeys(...keys).nameOf(text, purpose, { make: false });
    const name = await nameOf('text', 'rows', key);
    assert.equal(await nameOf('text', 'rows', key, other), name);
    const others = [nameOf('text2', 'rows', key), nameOf('text', 'others', key), nameOf('text', 'rows', other, key)];
    for (const another of await Promise.all(others)) assert.notEqual(another, name);
    assert.equal(await nameOf('text', 'rows'), undefined);
  });

  it('opens nowhere but where it was sealed', async () => {
    const keys = withKeys(newKey());
    const sealed = await keys.seal('secret', PLACE);
    for (const other of [{ row: 'other' }, { column: 'name' }, { table: 'accounts' }])
      await assert.rejects(keys.unseal(sealed, { ...PLACE, ...other }), DataKeyError);
  });

  it('does not open when a character of it was changed, or with another key', async () => {
    const key = newKey();
    const keys = withKeys(key);
    const sealed = await keys.seal('secret', PLACE);
    const [version = '', id = '', content = ''] = sealed.split('.');
    for (let index = 0; index < content.length; index += 7) {
      const other = content[index] === 'A' ? 'B' : 'A';
      const changed = `${version}.${id}.${content.slice(0, index)}${other}${content.slice(index + 1)}`;
      await assert.rejects(keys.unseal(changed, PLACE), DataKeyError, String(index));
    }
    await assert.rejects(withKeys(newKey()).unseal(sealed, PLACE), DataKeyError);
    await assert.rejects(keys.unseal(`v2.${id}.${content}`, PLACE), DataKeyError);
    await assert.rejects(keys.unseal(`${version}.${id}.`, PLACE), DataKeyError);
    await assert.rejects(keys.unseal('plain', PLACE), DataKeyError);
    // Under another key that claims the name of the first.
    const foreign = (await withKeys(newKey()).seal('secret', PLACE)).split('.')[2];
    await assert.rejects(keys.unseal(`${version}.${id}.${foreign}`, PLACE), DataKeyError);
  });

  it('is sealed under the first of several keys, and opens with each', async () => {
    const [before, now] = [newKey(), newKey()];
    const old = await withKeys(before).seal('old', PLACE);
    const rotated = withKeys(now, before);
    assert.equal(await rotated.unseal(old, PLACE), 'old');
    const fresh = await rotated.seal('new', PLACE);
    assert.equal(fresh.split('.')[1], idOf(now));
    assert.equal(await withKeys(now).unseal(fresh, PLACE), 'new');
    await assert.rejects(withKeys(now).unseal(old, PLACE), DataKeyError);
  });

  it('is nothing without a key, where several servers share a database', async () => {
    const keys = withKeys();
    assert.equal(keys.isAvailable, false);
    await assert.rejects(keys.seal('secret', PLACE), DataKeyError);
  });
});

describe('the key beside an embedded database', () => {
  const fileIn = (directory: string) => join(directory, 'data-key');

  it('is made for the first secret, once by however many processes, for its owner alone', async () => {
    const directory = temporaryDirectory();
    const processes = Array.from({ length: 8 }, () => withFile(directory));
    assert.ok(processes.every(({ isAvailable }) => isAvailable));
    assert.deepEqual(readdirSync(directory), []);
    await assert.rejects(withFile(directory).unseal('v1.abcdefgh.x', PLACE), DataKeyError);
    assert.deepEqual(readdirSync(directory), [], 'nothing is made to open something');
    const sealed = await Promise.all(processes.map((keys) => keys.seal('secret', PLACE)));
    assert.deepEqual(readdirSync(directory), ['data-key']);
    assert.equal(statSync(fileIn(directory)).mode & 0o777, 0o600);
    for (const text of sealed) assert.equal(await withFile(directory).unseal(text, PLACE), 'secret');
  });

  it('goes on opening what it has sealed once there is a DATA_KEY', async () => {
    const directory = temporaryDirectory();
    const old = await withFile(directory).seal('old', PLACE);
    const key = newKey();
    const keys = withFile(directory, key);
    assert.equal(await keys.unseal(old, PLACE), 'old');
    assert.equal((await keys.seal('new', PLACE)).split('.')[1], idOf(key));
    rmSync(fileIn(directory));
    await assert.rejects(withFile(directory, key).unseal(old, PLACE), DataKeyError);
  });

  it('is not made anew in the place of one that cannot be read', async () => {
    const directory = temporaryDirectory();
    await withFile(directory).seal('secret', PLACE);
    const content = readFileSync(fileIn(directory), 'utf8');
    assert.equal(dataKeysOf(content).length, 1);
  });
});

describe('the setting DATA_KEY', () => {
  const bytes = randomBytes(32);

  it('is 32 bytes in base64 or hexadecimal digits, or several', () => {
    for (const text of [bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')])
      assert.deepEqual(dataKeysOf(text), [new Uint8Array(bytes)], text);
    const other = randomBytes(32);
    assert.deepEqual(dataKeysOf(`${bytes.toString('hex')}, ${other.toString('base64')},`), [
      new Uint8Array(bytes),
      new Uint8Array(other),
    ]);
  });

  for (const text of [
    '',
    ',',
    'secret',
    bytes.toString('hex').slice(2),
    randomBytes(31).toString('base64'),
    'a'.repeat(64),
  ])
    it(`is not ${JSON.stringify(text.slice(0, 12))}…, and the problem does not repeat it`, () => {
      assert.throws(
        () => dataKeysOf(text),
        (error: Error) => error.name === 'SettingError' && (text.length < 4 || !error.message.includes(text)),
      );
    });
});
