import assert from 'node:assert/strict';
import { it } from 'node:test';
import { until } from '../../scripts/testing/until.ts';
import { toStored } from '../domain/password-forms/sealed.ts';
import { openTestRealm } from '../testing/test-realm.ts';
import { wrapInRounds } from './wrapping.ts';

it('a server wraps the weak passwords of an import by itself, and stops when it is asked to', async () => {
  const realm = await openTestRealm('production');
  const digest = {
    form: 'digest',
    digest: 'md5',
    salt: '',
    order: 'salt+password',
    hash: 'RsCCvn19Jcl6cPxprO7oKg==',
  } as const;
  const { accounts } = realm.rows;
  const { id } = await accounts.create({ foreignPassword: { kept: '', cost: 0 } });
  await accounts.replaceForeignPassword(id, '', await toStored(realm.dataKeys, id, digest));
  assert.equal(await accounts.countWeakPasswords(), 1);
  const said: unknown[] = [];
  const log = { info: (details: unknown) => said.push(details), warn: (details: unknown) => said.push(details) };
  const wrapping = wrapInRounds(realm.database, realm.dataKeys, log, 1);
  await until(() => said.length > 0);
  await wrapping.close();
  assert.deepEqual(said, [{ passwords: 1 }]);
  assert.equal(await accounts.countWeakPasswords(), 0);
  await realm.close();
});
