import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import type { PictureOwner } from '../pictures.ts';
import { onEachEngine } from './engines.ts';
import { atOnce, registerShop, signUp } from './fixtures.ts';

const addressOf = (id: string) => `https://id.example/pictures/${id}`;
const idOf = (address = '') => address.split('/').at(-1) ?? '';
const somePicture = () => ({ contentType: 'image/webp', bytes: randomBytes(2_000) });

onEachEngine('pictures', (context) => {
  const pictures = () => context.storage.pictures;
  const somebody = async () => {
    const { id } = await signUp(context.storage);
    return { owner: { account: id, realm: 'production' } satisfies PictureOwner, account: id };
  };
  const referenceOf = async (id: string) => (await context.storage.realm('production').accounts.find(id))?.picture;
  const countOf = async (account: string) =>
    (await context.database.db.selectFrom('pictures').select('id').where('account_id', '=', account).execute()).length;

  it('gives back what was put in, under an id that cannot be guessed, and its owner refers to it', async () => {
    const { owner, account } = await somebody();
    const picture = somePicture();
    const address = await pictures().replace(owner, picture, addressOf);
    assert.match(address ?? '', /^https:\/\/id\.example\/pictures\/[\w-]{22}$/);
    assert.deepEqual(await pictures().find(idOf(address)), picture);
    assert.equal(await referenceOf(account), address);
  });

  it('keeps the latest, and of the one before nothing', async () => {
    const { owner, account } = await somebody();
    const first = await pictures().replace(owner, somePicture(), addressOf);
    const second = await pictures().replace(owner, somePicture(), addressOf);
    assert.notEqual(first, second);
    assert.equal(await pictures().find(idOf(first)), undefined);
    assert.ok(await pictures().find(idOf(second)));
    assert.equal(await countOf(account), 1);
  });

  it('removes a picture, and a reference to one that is elsewhere', async () => {
    const { owner, account } = await somebody();
    const address = await pictures().replace(owner, somePicture(), addressOf);
    await pictures().remove(owner);
    assert.equal(await pictures().find(idOf(address)), undefined);
    assert.equal(await referenceOf(account), undefined);

    const { id } = await signUp(context.storage, { picture: 'https://elsewhere.example/me.png' });
    await pictures().remove({ account: id, realm: 'production' });
    assert.equal(await referenceOf(id), undefined);
  });

  it('keeps the logo of an app in the same way', async () => {
    const { appId, clientId } = await registerShop(context.storage);
    const logo = async () => (await context.storage.appEnvironments.findByClientId(clientId))?.logoUri;
    const first = await pictures().replace({ app: appId }, somePicture(), addressOf);
    assert.equal(await logo(), first);
    const second = await pictures().replace({ app: appId }, somePicture(), addressOf);
    assert.equal(await pictures().find(idOf(first)), undefined);
    assert.equal(await logo(), second);
    await pictures().remove({ app: appId });
    assert.equal(await logo(), undefined);
    assert.equal(await pictures().find(idOf(second)), undefined);
  });

  it('leaves one of many at once, the one that its owner refers to', async () => {
    const { owner, account } = await somebody();
    // Of SQLite, a second connection in the same process would wait for the first without letting it go on.
    const { storage } = context.engine === 'SQLite' ? context : context.elsewhere;
    await atOnce(6, (index) =>
      (index % 2 ? storage : context.storage).pictures.replace(owner, somePicture(), addressOf),
    );
    assert.equal(await countOf(account), 1);
    assert.ok(await pictures().find(idOf(await referenceOf(account))));
  });

  it('stores nothing for who does not exist, and touches nobody of the other realm', async () => {
    const { owner, account } = await somebody();
    const address = await pictures().replace(owner, somePicture(), addressOf);
    for (const stranger of [
      { account: 'nobody', realm: 'production' },
      { account, realm: 'sandbox' },
      { app: 'none' },
    ] as const) {
      assert.equal(await pictures().replace(stranger, somePicture(), addressOf), undefined);
      await pictures().remove(stranger);
    }
    assert.equal(await referenceOf(account), address);
    assert.ok(await pictures().find(idOf(address)));
  });

  it('finds nothing by an id that is none', async () => {
    for (const id of ['', '\0', 'x'.repeat(22), '%', "' or 1=1", 'x'.repeat(10_000)])
      assert.equal(await pictures().find(id), undefined);
  });

  it('is gone with its owner', async () => {
    const { owner, account } = await somebody();
    const address = await pictures().replace(owner, somePicture(), addressOf);
    await context.database.db.deleteFrom('accounts').where('id', '=', account).execute();
    assert.equal(await pictures().find(idOf(address)), undefined);
  });
});
