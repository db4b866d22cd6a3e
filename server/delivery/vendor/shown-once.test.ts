import assert from 'node:assert/strict';
import { it } from 'node:test';
import { type Kysely, sql } from 'kysely';
import { contentOf } from '../../portal/testing/content-of.ts';
import { resident } from '../../portal/testing/resident.ts';
import type { Tables } from '../../storage/tables.ts';
import { onEachPlatform, type PlatformContext } from '../../testing/each-platform.ts';
import type { Page } from '../../testing/http-journey.ts';

/** The writes that follow when a secret is created. Each of them may fail. */
const STEPS = [
  { table: 'audit_log', event: 'insert' },
  { table: 'mails', event: 'insert' },
  { table: 'idempotency_keys', event: 'update' },
] as const;

/** Makes the database refuse one kind of write. @returns a function that repairs it */
async function breakDown(db: Kysely<Tables>, isPostgres: boolean, { table, event }: (typeof STEPS)[number]) {
  const run = (text: string) => sql.raw(text).execute(db);
  if (!isPostgres) {
    await run(`create trigger broken before ${event} on ${table} begin select raise(abort, 'broken'); end`);
    return async () => void (await run('drop trigger broken'));
  }
  const fails = `begin raise exception 'broken'; end`;
  await run(`create or replace function break_down() returns trigger language plpgsql as $$ ${fails} $$`);
  await run(`create trigger broken before ${event} on ${table} for each row execute function break_down()`);
  return async () => void (await run(`drop trigger broken on ${table}`));
}

onEachPlatform('what is shown once', (context: PlatformContext) => {
  const secretOn = (page: Page, id: string) => {
    const [, text = ''] = new RegExp(`<code id="${id}">(.*?)</code>`, 's').exec(page.html) ?? [];
    return text.replaceAll(/<[^>]*>/g, '');
  };

  const forms: readonly {
    what: string;
    path: string;
    values: Record<string, string>;
    secret: string;
    isMailed: boolean;
  }[] = [
    { what: 'an app', path: '/new', values: { name: 'Fern' }, secret: 'client-secret', isMailed: false },
    {
      what: 'an environment',
      path: '/APP/add?environment=sandbox',
      values: { origin: 'https://shop.example' },
      secret: 'client-secret',
      isMailed: false,
    },
    {
      what: 'a key',
      path: '/APP/localhost/keys/new',
      values: { name: 'New', rights: 'full', expiry: 'never' },
      secret: 'api-key',
      isMailed: true,
    },
    {
      what: 'a key in the place of another',
      path: '/APP/localhost/keys/KEY/replace',
      values: { grace: 'now' },
      secret: 'api-key',
      isMailed: true,
    },
    {
      what: 'a client secret',
      path: '/APP/localhost/keys/secret',
      values: { grace: 'now' },
      secret: 'client-secret',
      isMailed: true,
    },
  ];
  for (const { what, path, values, secret, isMailed } of forms) {
    it(`${what}: nothing is created when a later write fails, and then the same form can be sent again`, async () => {
      const { platform } = context;
      const { account, browser } = await resident(platform);
      const app = await platform.createApp({ ownerId: account.id });
      const [key] = await platform.storage.apiKeys.list(app.clientId);
      const address = `/account/apps${path.replace('APP', app.appId).replace('KEY', key?.id ?? '')}`;
      const page = await browser.get(address);
      const form = page.form(address.split('?', 1)[0] ?? '');
      const isPostgres = platform.database.pool !== undefined;
      for (const step of STEPS.filter(({ table }) => table !== 'mails' || isMailed)) {
        const earlier = await contentOf(platform.database);
        const mend = await breakDown(platform.database.db, isPostgres, step);
        try {
          const failed = await browser.post(form.action, { ...form.values, ...values });
          assert.equal(failed.status, 500, step.table);
          assert.equal(secretOn(failed, secret), '');
        } finally {
          await mend();
        }
        assert.deepEqual(await contentOf(platform.database), earlier, `nothing is left when ${step.table} fails`);
      }
      const made = await browser.post(form.action, { ...form.values, ...values });
      assert.equal(made.status, 200);
      assert.match(secretOn(made, secret), /^[\w]{32,}$/);
    });
  }
});
