import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { NewIdentity } from '../identities.ts';
import { randomId } from '../ids.ts';
import { sweep } from '../sweeper.ts';
import type { NewUpstreamAttempt } from '../upstream-attempts.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, signUp, storageOf } from './fixtures.ts';

const LIFETIME_MS = 600_000;

onEachEngine('identities', (context) => {
  const identities = (index = 0) => storageOf(context, index).realm('production').identities;
  const newIdentity = async (known: Partial<NewIdentity> = {}): Promise<NewIdentity> => ({
    issuer: 'https://login.example',
    subject: randomId(),
    upstream: 'acme',
    accountId: known.accountId ?? (await signUp(context.storage)).id,
    email: 'ada@example.com',
    ...known,
  });

  it('are found by issuer and subject, both to the letter, and by nothing else', async () => {
    const given = await newIdentity({ subject: `Subject-${randomId()}` });
    const made = await identities().create(given);
    assert.deepEqual([made?.accountId, made?.email, made?.upstream], [given.accountId, 'ada@example.com', 'acme']);
    assert.equal((await identities().use(given))?.id, made?.id);
    const others = [
      { ...given, issuer: 'https://login.example/' },
      { ...given, issuer: 'https://evil.example' },
      { ...given, subject: given.subject.toUpperCase() },
      { ...given, subject: `${given.subject} ` },
      { ...given, subject: `${given.subject}\0` },
      { ...given, appId: 'app' },
    ];
    for (const other of others) assert.equal(await identities().use(other), undefined, JSON.stringify(other));
    assert.equal(await context.storage.realm('sandbox').identities.use(given), undefined);
  });

  it('open one account each, in however many processes at once; an account has several', async () => {
    const given = await newIdentity();
    const accounts = await Promise.all([1, 2, 3, 4].map(async () => (await signUp(context.storage)).id));
    const made = await atOnce(4, (index) =>
      identities(index).create({ ...given, accountId: accounts[index] ?? given.accountId }),
    );
    assert.equal(made.filter(Boolean).length, 1);
    const accountId = made.find(Boolean)?.accountId ?? '';
    const second = await identities().create(await newIdentity({ accountId, upstream: 'other', email: undefined }));
    assert.deepEqual((await identities().list(accountId)).map(({ upstream }) => upstream).sort(), ['acme', 'other']);
    assert.equal(second?.email, undefined);
  });

  it('are removed by their own account, and go with it', async () => {
    const given = await newIdentity();
    const { id } = (await identities().create(given)) ?? { id: '' };
    const stranger = await signUp(context.storage);
    assert.equal(await identities().remove(stranger.id, id), false);
    assert.equal(await context.storage.realm('sandbox').identities.remove(given.accountId, id), false);
    assert.equal(await identities().remove(given.accountId, id), true);
    assert.equal(await identities().use(given), undefined);
    await identities().create(given);
    await context.database.db.deleteFrom('accounts').where('id', '=', given.accountId).execute();
    assert.equal(await identities().use(given), undefined);
  });
});

onEachEngine('sign-ins at another login', (context) => {
  const attempts = (index = 0) => storageOf(context, index).realm('production').upstreamAttempts;
  const newAttempt = (): NewUpstreamAttempt => ({
    place: randomId(),
    state: randomId(),
    upstream: 'acme',
    browserHash: randomId(),
  });

  it('end once, in however many processes at once', async () => {
    const attempt = newAttempt();
    await attempts().begin(attempt, LIFETIME_MS);
    const taken = await atOnce(8, (index) => attempts(index).take(attempt));
    assert.deepEqual(taken.filter(Boolean), [{ place: attempt.place, expired: false }]);
  });

  it('end in their own browser, at their own upstream and realm alone, which another’s try does not use up', async () => {
    const attempt = newAttempt();
    await attempts().begin(attempt, LIFETIME_MS);
    const others = [
      { ...attempt, state: randomId() },
      { ...attempt, upstream: 'other' },
      { ...attempt, browserHash: randomId() },
    ];
    for (const other of others) assert.equal(await attempts().take(other), undefined);
    assert.equal(await context.storage.realm('sandbox').upstreamAttempts.take(attempt), undefined);
    for (const other of others) assert.equal(await attempts().placeOf(other), undefined);
    assert.equal(await attempts().placeOf(attempt), attempt.place);
    assert.ok(await attempts().take(attempt));
  });

  it('are one in a place; a later one ends it', async () => {
    const first = newAttempt();
    await attempts().begin(first, LIFETIME_MS);
    const second = { ...first, state: randomId() };
    await attempts().begin(second, LIFETIME_MS);
    assert.equal(await attempts().take(first), undefined);
    assert.ok(await attempts().take(second));
  });

  it('keep what came by a form, which a later attempt forgets', async () => {
    const attempt = newAttempt();
    await attempts().begin(attempt, LIFETIME_MS);
    await attempts().notePosted({ ...attempt, upstream: 'other' }, '{"name":"wrong"}');
    await attempts().notePosted(attempt, '{"name":{}}');
    assert.equal((await attempts().take(attempt))?.posted, '{"name":{}}');
    await attempts().begin(attempt, LIFETIME_MS);
    assert.equal((await attempts().take(attempt))?.posted, undefined);
  });

  it('say that they are too late for an hour, and are swept then', async () => {
    const [late, gone] = [newAttempt(), newAttempt()];
    await attempts().begin(late, -1);
    await attempts().begin(gone, -2 * LIFETIME_MS * 6);
    await sweep(context.database.db);
    assert.equal((await attempts().take(late))?.expired, true);
    assert.equal(await attempts().take(gone), undefined);
  });

  it('do not tell the state, of which everything else is made', async () => {
    const attempt = newAttempt();
    await attempts().begin(attempt, LIFETIME_MS);
    assert.ok(!(await everyCell(context.database)).some(({ value }) => value.includes(attempt.state)));
  });
});

onEachEngine('what has ended at another login', (context) => {
  const logouts = (index = 0) => storageOf(context, index).realm('production').upstreamLogouts;

  it('is said once, in however many processes at once', async () => {
    const key = randomId();
    const first = await atOnce(8, (index) => logouts(index).isFirst(key, LIFETIME_MS));
    assert.equal(first.filter(Boolean).length, 1);
    assert.equal(await context.storage.realm('sandbox').upstreamLogouts.isFirst(key, LIFETIME_MS), true);
  });

  it('is known to have ended since a moment, until that is long ago', async () => {
    const [key, other] = [randomId(), randomId()];
    const before = new Date();
    await logouts().note(key, LIFETIME_MS);
    assert.equal(await logouts(1).anySince([other, key], before), true);
    assert.equal(await logouts().anySince([other], before), false);
    assert.equal(await context.storage.realm('sandbox').upstreamLogouts.anySince([key], before), false);
    assert.equal(await logouts().anySince([key], new Date(Date.now() + 1_000)), false);
    await sweep(context.database.db);
    assert.equal(await logouts().anySince([key], before), true);
    await logouts().note(key, -1);
    await sweep(context.database.db);
    assert.equal(await logouts().anySince([key], before), false);
  });
});
