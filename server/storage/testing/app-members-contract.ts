import assert from 'node:assert/strict';
import { it } from 'node:test';
import { MAX_INVITATIONS, TooManyInvitationsError } from '../app-invitations.ts';
import type { AppRole } from '../app-members.ts';
import { onEachEngine } from './engines.ts';
import { everyCell } from './every-cell.ts';
import { atOnce, registerShop, signUp, storageOf } from './fixtures.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

onEachEngine('members of an app', (context) => {
  const appWith = async (...roles: AppRole[]) => {
    const { appId } = await registerShop(context.storage);
    const accounts = [];
    for (const role of roles) {
      const account = await signUp(context.storage, { givenName: role, email: `${role}@example.com` });
      await context.storage.appMembers.put(appId, account.id, role);
      accounts.push(account.id);
    }
    return { appId, accounts: accounts as [string, string, string] };
  };

  it('are listed with what the others see of them, owners first', async () => {
    const { appMembers } = context.storage;
    const { appId, accounts } = await appWith('read-only', 'owner', 'developer');
    const listed = await appMembers.list(appId);
    assert.deepEqual(
      listed.map(({ accountId, role }) => [accountId, role]),
      [
        [accounts[1], 'owner'],
        [accounts[2], 'developer'],
        [accounts[0], 'read-only'],
      ],
    );
    assert.deepEqual(
      [listed[0]?.givenName, listed[0]?.email, listed[0]?.emailVerified],
      ['owner', 'owner@example.com', false],
    );
    assert.deepEqual(await appMembers.list('nothing'), []);
  });

  it('are listed for the operator, owners alone, by app', async () => {
    const { appMembers } = context.storage;
    const first = await appWith('owner', 'developer');
    const { appId } = await registerShop(context.storage);
    const second = await signUp(context.storage, { email: 'second.owner@example.com' });
    await appMembers.put(first.appId, second.id, 'owner');
    const owners = await appMembers.listOwners();
    assert.deepEqual(owners.get(first.appId)?.toSorted(), ['owner@example.com', 'second.owner@example.com']);
    assert.equal(owners.get(appId), undefined);
  });

  it('get another role, leave, and are members of no other app for it', async () => {
    const { appMembers } = context.storage;
    const { appId, accounts } = await appWith('owner', 'developer');
    const other = await appWith('owner', 'developer');
    assert.equal(await appMembers.changeRole(appId, accounts[1], 'read-only'), 'done');
    assert.equal(await appMembers.findRole(appId, accounts[1]), 'read-only');
    assert.equal(await appMembers.changeRole(appId, other.accounts[1], 'owner'), 'not_member');
    assert.equal(await appMembers.remove(appId, other.accounts[1]), 'not_member');
    assert.equal(await appMembers.remove(appId, accounts[1]), 'done');
    assert.equal(await appMembers.findRole(appId, accounts[1]), undefined);
    assert.equal(await appMembers.findRole(other.appId, other.accounts[1]), 'developer');
  });

  it('always have an owner among them', async () => {
    const { appMembers } = context.storage;
    const { appId, accounts } = await appWith('owner', 'developer');
    assert.equal(await appMembers.changeRole(appId, accounts[0], 'developer'), 'last_owner');
    assert.equal(await appMembers.remove(appId, accounts[0]), 'last_owner');
    assert.equal(await appMembers.changeRole(appId, accounts[0], 'owner'), 'done');
    assert.equal(await appMembers.changeRole(appId, accounts[1], 'owner'), 'done');
    assert.equal(await appMembers.remove(appId, accounts[0]), 'done');
    assert.equal(await appMembers.remove(appId, accounts[1]), 'last_owner');
  });

  it('have one even when two owners demote or remove each other at once', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { appId, accounts } = await appWith('owner', 'owner');
      const outcomes = await atOnce(2, (index) => {
        const { appMembers } = storageOf(context, index);
        const target = accounts[index] ?? '';
        return round % 2 ? appMembers.remove(appId, target) : appMembers.changeRole(appId, target, 'read-only');
      });
      assert.deepEqual(outcomes.sort(), ['done', 'last_owner']);
      const owners = (await context.storage.appMembers.list(appId)).filter(({ role }) => role === 'owner');
      assert.equal(owners.length, 1);
    }
  });
});

onEachEngine('invitations to an app', (context) => {
  const DAY = { lifetimeMs: DAY_MS, mailed: true };
  const appOf = async () => {
    const { appId } = await registerShop(context.storage);
    const owner = await signUp(context.storage);
    await context.storage.appMembers.put(appId, owner.id, 'owner');
    return { appId, invitedBy: owner.id };
  };
  const inviteTo = (
    by: { appId: string; invitedBy: string },
    email = 'grace@example.com',
    role: AppRole = 'developer',
  ) => context.storage.appInvitations.create({ ...by, email, role, ...DAY });

  it('work once, for whoever of several comes first', async () => {
    const { appInvitations, appMembers } = context.storage;
    const app = await appOf();
    const { code, ...invitation } = await inviteTo(app);
    assert.ok(!(await everyCell(context.database)).some(({ value }) => value.includes(code)), 'only a hash is kept');
    const found = { ...invitation, appName: 'Marten Books', invitedBy: app.invitedBy };
    assert.deepEqual(await appInvitations.findByCode(code), found);
    const grace = await signUp(context.storage);
    const accepted = await atOnce(4, (index) => storageOf(context, index).appInvitations.accept(code, grace.id));
    assert.deepEqual(accepted.filter(Boolean), [invitation]);
    assert.equal(await appMembers.findRole(app.appId, grace.id), 'developer');
    assert.equal(await appInvitations.findByCode(code), undefined);
    assert.deepEqual(await appInvitations.list(app.appId), []);
  });

  it('do nothing once they have expired, and then are gone from the list', async () => {
    const { appInvitations, appMembers } = context.storage;
    const app = await appOf();
    const { id, code } = await appInvitations.create({
      ...app,
      email: 'g@example.com',
      role: 'owner',
      ...DAY,
      lifetimeMs: -1,
    });
    const grace = await signUp(context.storage);
    assert.equal(await appInvitations.findByCode(code), undefined);
    assert.equal(await appInvitations.accept(code, grace.id), undefined);
    assert.equal(await appInvitations.renew(app.appId, id, DAY), undefined);
    assert.deepEqual(await appInvitations.list(app.appId), []);
    assert.equal(await appMembers.findRole(app.appId, grace.id), undefined);
  });

  it('are renewed and withdrawn by their own app; an earlier link stops working', async () => {
    const { appInvitations } = context.storage;
    const [mine, other] = [await appOf(), await appOf()];
    const first = await inviteTo(mine);
    assert.equal(await appInvitations.renew(other.appId, first.id, DAY), undefined);
    const second = await appInvitations.renew(mine.appId, first.id, DAY);
    assert.equal(await appInvitations.findByCode(first.code), undefined);
    assert.ok(await appInvitations.findByCode(second?.code ?? ''));
    const third = await inviteTo(mine, ' Grace@Example.com', 'read-only');
    assert.equal(await appInvitations.findByCode(second?.code ?? ''), undefined);
    assert.deepEqual(
      (await appInvitations.list(mine.appId)).map(({ email, role }) => [email, role]),
      [['Grace@Example.com', 'read-only']],
    );
    assert.equal(await appInvitations.withdraw(other.appId, third.id), undefined);
    assert.equal((await appInvitations.withdraw(mine.appId, third.id))?.id, third.id);
    assert.equal(await appInvitations.findByCode(third.code), undefined);
  });

  it('take no right from who is a member already', async () => {
    const { appInvitations, appMembers } = context.storage;
    const app = await appOf();
    const { code } = await inviteTo(app, 'owner@example.com', 'read-only');
    assert.ok(await appInvitations.accept(code, app.invitedBy));
    assert.equal(await appMembers.findRole(app.appId, app.invitedBy), 'owner');
    const grace = await signUp(context.storage);
    await appMembers.put(app.appId, grace.id, 'read-only');
    assert.ok(await appInvitations.accept((await inviteTo(app)).code, grace.id));
    assert.equal(await appMembers.findRole(app.appId, grace.id), 'developer');
  });

  it('of an owner who is none any more are void', async () => {
    const { appInvitations, appMembers } = context.storage;
    const app = await appOf();
    const another = await signUp(context.storage);
    await appMembers.put(app.appId, another.id, 'owner');
    const { code } = await inviteTo(app);
    const kept = await inviteTo({ ...app, invitedBy: another.id }, 'kept@example.com');
    assert.equal(await appMembers.changeRole(app.appId, app.invitedBy, 'developer'), 'done');
    assert.equal(await appInvitations.findByCode(code), undefined);
    assert.ok(await appInvitations.findByCode(kept.code));
  });

  it('are so many at most', async () => {
    const app = await appOf();
    for (let index = 0; index < MAX_INVITATIONS; index += 1) await inviteTo(app, `${index}@example.com`);
    await assert.rejects(inviteTo(app, 'more@example.com'), TooManyInvitationsError);
    await inviteTo(app, '0@example.com', 'owner');
    assert.equal((await context.storage.appInvitations.list(app.appId)).length, MAX_INVITATIONS);
  });
});
