import assert from 'node:assert/strict';
import { describe, it, mock } from 'node:test';
import { readConfig } from '../../config.ts';
import { MailLimits } from '../../outbox/mail-limits.ts';
import { Outbox } from '../../outbox/outbox.ts';
import { resident } from '../../portal/testing/resident.ts';
import { AppEnvironmentRepository } from '../../storage/app-environments.ts';
import { onEachPlatform } from '../../testing/each-platform.ts';
import { SHOP_ORIGIN } from '../../testing/test-platform.ts';
import { appApprove, appShow } from './app-review.ts';

/** A PNG of one pixel. */
const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

/** An approval is of what the operator has seen, at whatever moment of the vendor's request it comes. */
onEachPlatform(
  'an app that is approved while its owner changes it',
  (context) => {
    /** An app whose production environment waits, its owner's browser, and the approval of what there is to be seen now. */
    async function waiting() {
      const { storage, url } = context.platform;
      const owner = await resident(context.platform);
      const { appId } = await context.platform.createApp({ name: 'Fern', ownerId: owner.account.id });
      const settings = () => owner.browser.get(`/account/apps/${appId}/settings`);
      const policy = { privacyPolicyUri: `${SHOP_ORIGIN}/privacy`, wish_email: 'required' };
      await owner.browser.submit(await settings(), '/settings', policy);
      const form = await owner.browser.get(`/account/apps/${appId}/add?environment=production`);
      await owner.browser.submit(form, '/add', { origin: SHOP_ORIGIN });
      const commands = {
        config: readConfig({ PUBLIC_URL: url }),
        storage,
        mailer: new Outbox({ storage, limits: new MailLimits(undefined, 1_000), smtpUrl: undefined }),
        migrated: [],
      };
      const revision = async () => String((await appShow.run([appId], commands))['revision']);
      const approve = async (seen?: string) =>
        appApprove.run([appId, ...(seen === undefined ? [] : ['--revision', seen])], commands);
      const shown = () => storage.appEnvironments.find(appId, 'production');
      return { owner, appId, settings, revision, approve, shown };
    }

    /**
     * Makes the change, and lets the operator approve just after it has read how the environment stands. Where that is in a transaction, the
     * approval begins then, and waits for the transaction.
     */
    async function approvedJustAfterReading(
      { revision, approve, appId }: Awaited<ReturnType<typeof waiting>>,
      change: () => Promise<unknown>,
    ): Promise<PromiseSettledResult<unknown>> {
      const seen = await revision();
      let approval: Promise<PromiseSettledResult<unknown>[]> | undefined;
      const { find } = AppEnvironmentRepository.prototype;
      const reading = mock.method(
        AppEnvironmentRepository.prototype,
        'find',
        async function findThenApprove(this: AppEnvironmentRepository, ...words: Parameters<typeof find>) {
          const found = await find.apply(this, words);
          if (approval === undefined && words[0] === appId && words[1] === 'production') {
            approval = Promise.allSettled([approve(seen)]);
            const { isTransaction } = (this as unknown as { db: { isTransaction: boolean } }).db;
            if (!isTransaction) await approval;
          }
          return found;
        },
      );
      try {
        await change();
      } finally {
        reading.mock.restore();
      }
      const [outcome] = (await approval) ?? [];
      assert.ok(outcome, 'it was read');
      return outcome;
    }

    it('does not get a name that nobody has seen', async () => {
      const app = await waiting();
      const page = await app.settings();
      const approval = await approvedJustAfterReading(app, () =>
        app.owner.browser.submit(page, '/settings', { name: 'Elm Bank' }),
      );
      const { name, standing } = (await app.shown()) ?? {};
      assert.notDeepEqual([name, standing], ['Elm Bank', 'active']);
      assert.equal(approval.status, 'rejected');
      await assert.rejects(app.approve(), /was changed at .*while it waited/s);
      await app.approve(await app.revision());
      assert.equal((await app.shown())?.standing, 'active', 'approved as it was seen');
    });

    it('does not get a logo that nobody has seen', async () => {
      const app = await waiting();
      const form = (await app.settings()).form('/logo');
      const approval = await approvedJustAfterReading(app, () => {
        const body = new FormData();
        body.set('csrf', String(form.values['csrf']));
        body.append('logo', new Blob([Buffer.from(PIXEL, 'base64')]), 'logo.png');
        const headers = { cookie: app.owner.browser.cookieHeader('/account'), origin: context.platform.url };
        return fetch(context.platform.url + form.action, { method: 'POST', body, headers, redirect: 'manual' });
      });
      const { logoUri, standing } = (await app.shown()) ?? {};
      assert.ok(logoUri === undefined || standing !== 'active');
      assert.equal(approval.status, 'rejected');
    });

    describe('and to which an address is added', () => {
      it('is not approved before the operator has seen the address', async () => {
        const app = await waiting();
        const seen = await app.revision();
        const setup = await app.owner.browser.get(`/account/apps/${app.appId}/production`);
        await app.owner.browser.submit(setup, '/redirect-uris', { redirect_uri: `${SHOP_ORIGIN}/back` });
        await assert.rejects(app.approve(), /was changed at .*while it waited/s);
        await assert.rejects(app.approve(seen), /is no longer as it was then/);
        assert.equal((await app.shown())?.standing, 'pending');
        await app.approve(await app.revision());
        assert.equal((await app.shown())?.standing, 'active');
        assert.deepEqual((await app.shown())?.redirectUris, [`${SHOP_ORIGIN}/back`]);
      });

      it('nor before they have seen that one was removed', async () => {
        const app = await waiting();
        const setup = await app.owner.browser.get(`/account/apps/${app.appId}/production`);
        await app.owner.browser.submit(setup, '/origins/remove', { address: SHOP_ORIGIN });
        await assert.rejects(app.approve(), /was changed at .*while it waited/s);
      });
    });
  },
  undefined,
  { APP_REVIEW: 'required' },
);
