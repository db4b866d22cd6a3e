import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachEngine } from './engines.ts';
import { registerShop } from './fixtures.ts';

onEachEngine('reviews of apps', (context) => {
  const production = { environment: 'production', origins: ['https://marten.example'] } as const;
  const standing = async (clientId: string) =>
    (await context.storage.appEnvironments.findByClientId(clientId))?.standing;
  const statusOf = async (appId: string) => (await context.storage.appReviews.list(appId))[0]?.status;

  it('hold an environment until it is approved, and its keys with it', async () => {
    const { apps, apiKeys, appReviews } = context.storage;
    const { appId, clientId, apiKey } = await apps.create({ name: 'Marten', ...production, review: 'pending' });
    const sandbox = await context.storage.appEnvironments.add(appId, 'localhost', []);
    assert.equal(await standing(clientId), 'pending');
    assert.equal((await apiKeys.find(apiKey))?.standing, 'pending');
    assert.equal((await apiKeys.find(sandbox?.apiKey ?? ''))?.standing, 'active', 'the sandbox needs no review');
    assert.equal(await statusOf(appId), 'pending');

    assert.equal(await appReviews.setReview(clientId, 'declined', ['pending'], 'Whose is it?'), true);
    assert.equal(await appReviews.setReview(clientId, 'pending', ['pending']), false, 'it is declined');
    const declined = await context.storage.appEnvironments.findByClientId(clientId);
    assert.deepEqual(
      [declined?.standing, declined?.disabled, declined?.declinedBecause],
      ['declined', true, 'Whose is it?'],
    );
    assert.equal(await statusOf(appId), 'declined');

    assert.equal(await appReviews.setReview(clientId, 'approved', ['pending', 'declined']), true);
    const approved = await context.storage.appEnvironments.findByClientId(clientId);
    assert.deepEqual([approved?.standing, approved?.disabled], ['active', false]);
    assert.ok(approved && !('declinedBecause' in approved));
    assert.equal(await statusOf(appId), 'approved');
  });

  it('are not needed by what has none', async () => {
    const { appReviews } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    assert.equal(await standing(clientId), 'active');
    assert.equal(await appReviews.setReview(clientId, 'declined', ['pending', 'declined'], 'x'), false);
    assert.equal(await statusOf(appId), 'approved');
  });

  it('suspend an app beside what its owner does', async () => {
    const { apps, appReviews } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    await appReviews.setSuspended(appId, 'It asks for bank details.');
    await apps.setDisabled(appId, false);
    assert.equal(await standing(clientId), 'suspended');
    const found = await apps.find(appId);
    assert.deepEqual([found?.disabled, found?.suspendedBecause], [false, 'It asks for bank details.']);
    await apps.setDisabled(appId, true);
    assert.equal(await standing(clientId), 'suspended');
    await appReviews.setSuspended(appId, undefined);
    assert.equal(await standing(clientId), 'disabled');
    await apps.setDisabled(appId, false);
    assert.equal(await standing(clientId), 'active');
  });

  it('keep changes until they are approved, or refused', async () => {
    const { apps, appReviews, appEnvironments, pictures } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    const shown = async () => {
      const { name, logoUri, homePageUri, requested, refusal } = (await apps.findDetails(appId)) ?? { name: undefined };
      return { name, logoUri, homePageUri, requested, refusal };
    };
    const review = async () => (await appReviews.list(appId))[0];
    const logo = { contentType: 'image/webp', bytes: Buffer.from('logo') };
    const addressOf = (id: string) => `https://id.example/pictures/${id}`;
    const idOf = (address = '') => address.split('/').at(-1) ?? '';
    const [first, second] = [
      await pictures.replace({ app: appId }, logo, addressOf),
      await pictures.propose(appId, logo, addressOf),
    ];
    const before = await review();
    assert.equal(before?.status, 'approved');
    const changes = { name: 'Oak', homePageUri: 'https://oak.example', logoUri: second };
    await appReviews.requestChanges(appId, changes);
    assert.deepEqual([(await review())?.status, (await review())?.changedInReviewAt], ['pending', undefined]);
    assert.notEqual((await review())?.revision, before?.revision);
    const present = { name: 'Marten Books', logoUri: first, homePageUri: undefined };
    assert.deepEqual(await shown(), { ...present, requested: changes, refusal: undefined });
    assert.equal((await appEnvironments.findByClientId(clientId))?.logoUri, first, 'people see what was approved');
    await appReviews.refuseChanges(appId, 'Oak is somebody else.');
    assert.deepEqual(await shown(), { ...present, requested: changes, refusal: 'Oak is somebody else.' });
    assert.equal((await review())?.status, 'approved');

    const third = await pictures.propose(appId, logo, addressOf);
    assert.equal(await pictures.find(idOf(second)), undefined, 'one proposal at most');
    await appReviews.requestChanges(appId, { name: 'Elm' });
    assert.equal((await review())?.changedInReviewAt, undefined, 'after a refusal it is a new request');
    const seen = (await review())?.revision;
    await appReviews.requestChanges(appId, { name: 'Elm', logoUri: third });
    assert.ok((await review())?.changedInReviewAt, 'changed while it waited');
    assert.notEqual((await review())?.revision, seen);
    await appReviews.approveChanges(appId, { name: 'Elm', logoUri: third });
    assert.deepEqual(await shown(), {
      name: 'Elm',
      logoUri: third,
      homePageUri: undefined,
      requested: undefined,
      refusal: undefined,
    });
    assert.equal(await pictures.find(idOf(first)), undefined);
    assert.ok(await pictures.find(idOf(third)));
    assert.equal((await review())?.changedInReviewAt, undefined);
  });

  it('remember when they were stopped last, also once they go on', async () => {
    const { apps, appReviews, appEnvironments } = context.storage;
    const { appId, clientId } = await registerShop(context.storage);
    const stoppedAt = async () => (await appEnvironments.findByClientId(clientId))?.stoppedAt?.getTime();
    assert.equal(await stoppedAt(), undefined);
    const before = Date.now();
    await apps.setDisabled(appId, true);
    const disabledAt = (await stoppedAt()) ?? 0;
    assert.ok(disabledAt >= before && disabledAt <= Date.now());
    await apps.setDisabled(appId, false);
    assert.equal(await stoppedAt(), disabledAt);
    await appReviews.setSuspended(appId, 'Phishing.');
    const suspendedAt = (await stoppedAt()) ?? 0;
    assert.ok(suspendedAt >= disabledAt);
    await appReviews.setSuspended(appId, undefined);
    assert.equal(await stoppedAt(), suspendedAt);
  });

  it('use the addresses of a host once it is proven', async () => {
    const { apps, appEnvironments } = context.storage;
    const redirectUris = ['https://marten.example/back', 'https://elm.example/back'];
    const postLogoutRedirectUris = ['https://marten.example/out', 'https://elm.example/out'];
    const domains = [{ host: 'elm.example', token: 't' }];
    const origins = ['https://marten.example', 'https://elm.example', 'https://elm.example:8443'];
    const { clientId } = await apps.create({
      name: 'M',
      environment: 'production',
      origins,
      redirectUris,
      postLogoutRedirectUris,
      domains,
    });
    const found = await appEnvironments.findByClientId(clientId);
    assert.deepEqual(
      [found?.origins, found?.redirectUris],
      [['https://marten.example'], ['https://marten.example/back']],
    );
    assert.deepEqual(found?.waiting, {
      origins: origins.slice(1),
      redirectUris: redirectUris.slice(1),
      postLogoutRedirectUris: postLogoutRedirectUris.slice(1),
    });
    await appEnvironments.changeDomains(clientId, (known) => known.map((one) => ({ ...one, provenAt: 1 })));
    const proven = await appEnvironments.findByClientId(clientId);
    assert.deepEqual([proven?.origins, proven?.redirectUris], [origins, redirectUris]);
    assert.deepEqual(proven?.postLogoutRedirectUris, postLogoutRedirectUris);
    assert.deepEqual(proven?.waiting, { origins: [], redirectUris: [], postLogoutRedirectUris: [] });
  });
});
