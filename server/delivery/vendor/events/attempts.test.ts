import assert from 'node:assert/strict';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { hashPassword } from '#domain/accounts/passwords.ts';
import { EventIds } from '#events/event-id.ts';
import type { AppSecrets } from '#storage/app-environments.ts';
import type { RecordedEvent } from '#storage/app-events.ts';
import { fromJson } from '#storage/columns.ts';
import { ApiCaller, PASSWORD } from '#testing/api-caller.ts';
import type { HttpBrowser, Page } from '#testing/http-journey.ts';
import { SHOP_ORIGIN, startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';

type App = AppSecrets & { issuer: string };

const REDIRECT_URI = `${SHOP_ORIGIN}/callback`;
const VERIFIER = randomBytes(32).toString('base64url');
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describe('an attempt to sign up', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  const newApp = (): Promise<App> => platform.createApp({ redirectUris: [REDIRECT_URI] });

  /** Oldest first. */
  async function logOf({ clientId }: Pick<App, 'clientId'>): Promise<RecordedEvent[]> {
    await platform.flush();
    return platform.storage.appEvents.listSince(clientId, new Date(0), 100);
  }

  /** The kinds of events of each attempt, in the order in which they began; those of none are under ''. */
  async function attemptsOf(app: App): Promise<Map<string, string[]>> {
    const attempts = new Map<string, string[]>();
    for (const { attempt = '', kind } of await logOf(app))
      attempts.set(attempt, [...(attempts.get(attempt) ?? []), kind]);
    return attempts;
  }

  const openPopup = (browser: HttpBrowser, app: App, more: Record<string, string> = {}) =>
    browser.openPopup({
      client_id: app.clientId,
      origin: SHOP_ORIGIN,
      state: 'the same every time',
      nonce: 'nonce-1',
      fields: 'name email',
      ...more,
    });

  /** A persona signs in and agrees. */
  async function share(browser: HttpBrowser, page: Page): Promise<Page> {
    return browser.submit(await browser.submit(page, '/persona', { persona: 'complete' }), '/consent');
  }

  const SHARED = [
    'popup.opened',
    'popup.sign_in_shown',
    'popup.consent_shown',
    'popup.consent_given',
    'credential.issued',
  ];

  it('is one from the button to the credential, whatever the requests are', async () => {
    const app = await newApp();
    const browser = platform.browser();
    await share(browser, await openPopup(browser, app));
    const events = await logOf(app);
    assert.deepEqual(
      events.map(({ kind }) => kind),
      SHARED,
    );
    assert.ok(new Set(events.map(({ requestId }) => requestId)).size > 2);
    const [attempt, ...others] = new Set(events.map((event) => event.attempt));
    assert.deepEqual(others, []);
    assert.match(attempt ?? '', /^[\w-]{22}$/);
  });

  it('is told from the next one, in the same browser, with the same state, at the same time', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const [first, second] = [await openPopup(browser, app), await openPopup(browser, app)];
    await browser.submit(second, '/cancel');
    await share(browser, first);
    await openPopup(browser, app);
    assert.deepEqual(
      [...(await attemptsOf(app)).values()],
      [SHARED, ['popup.opened', 'popup.sign_in_shown', 'popup.cancelled'], ['popup.opened', 'credential.issued']],
    );
  });

  it('is never named by the caller', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const attempt = 'c'.repeat(22);
    const page = await browser.get(
      `/popup?${new URLSearchParams({ client_id: app.clientId, origin: SHOP_ORIGIN, state: attempt, nonce: 'n', attempt })}`,
    );
    await browser.submit(page, '/persona', { persona: 'complete', attempt });
    const attempts = [...(await attemptsOf(app)).keys()];
    assert.equal(attempts.length, 1);
    assert.notEqual(attempts[0], attempt);
    assert.ok(!JSON.stringify(await logOf(app)).includes(attempt));
  });

  it('is none for a request that is refused at the door, or for a call of a backend', async () => {
    const app = await newApp();
    await openPopup(platform.browser(), app, { origin: 'https://evil.example' });
    await openPopup(platform.browser(), app, { fields: 'shoe_size' });
    await new ApiCaller(platform, app.apiKey).get('/users');
    await fetch(`${platform.url}/custom_api/external_login`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: app.clientId, client_secret: 'x', environment: 'localhost' }),
    });
    assert.deepEqual(
      [...(await attemptsOf(app))],
      [['', ['popup.refused', 'popup.refused', 'api.called', 'login.called']]],
    );
  });

  describe('that ends with a code', () => {
    const codeOf = async (browser: HttpBrowser, app: App): Promise<string> => {
      const query = new URLSearchParams({
        client_id: app.clientId,
        redirect_uri: REDIRECT_URI,
        response_type: 'code',
        scope: 'openid offline_access',
        prompt: 'consent',
        state: 'state-1',
        code_challenge: CHALLENGE,
        code_challenge_method: 'S256',
      });
      const { url } = await share(browser, await browser.get(`/sandbox/authorize?${query}`));
      return url.searchParams.get('code') ?? '';
    };
    const token = (app: App, values: Record<string, string>) =>
      fetch(`${app.issuer}/token`, {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}` },
        body: new URLSearchParams({ redirect_uri: REDIRECT_URI, ...values }),
      });

    it('includes what the backend does with the code, and not what it does with its tokens', async () => {
      const app = await newApp();
      const code = await codeOf(platform.browser(), app);
      const redeem = { grant_type: 'authorization_code', code, code_verifier: VERIFIER };
      const { refresh_token: refreshToken } = (await (await token(app, redeem)).json()) as { refresh_token: string };
      await token(app, { grant_type: 'refresh_token', refresh_token: refreshToken });
      const attempts = await attemptsOf(app);
      assert.deepEqual([...attempts.values()], [[...SHARED.slice(1), 'code.redeemed'], ['token.refreshed']]);
      assert.ok(attempts.has(''), 'refreshing belongs to none');
    });

    it('is not seen by another client that has got hold of the code', async () => {
      const [app, other] = [await newApp(), await newApp()];
      const code = await codeOf(platform.browser(), app);
      const answer = await token(other, { grant_type: 'authorization_code', code, code_verifier: VERIFIER });
      assert.equal(answer.status, 400);
      assert.deepEqual([...(await attemptsOf(other))], [['', ['token.refused']]]);
    });
  });

  it('that began before an upgrade goes on, with events that stand alone', async () => {
    const app = await newApp();
    const browser = platform.browser();
    const page = await openPopup(browser, app);
    const { db } = platform.database;
    const interactions = db.selectFrom('oidc_records').selectAll().where('model', '=', 'Interaction');
    for (const { id_hash: idHash, payload } of await interactions.execute()) {
      const { attempt: _, ...earlier } = fromJson(payload) ?? {};
      await db
        .updateTable('oidc_records')
        .set({ payload: JSON.stringify(earlier) })
        .where('id_hash', '=', idHash)
        .execute();
    }
    const done = await share(browser, page);
    assert.ok(done.message.credential);
    const [first, second, ...later] = await logOf(app);
    assert.ok(first?.attempt);
    assert.equal(second?.attempt, first.attempt);
    assert.equal(later.at(-1)?.kind, 'credential.issued');
    assert.ok(later.every(({ attempt }) => attempt !== first.attempt));
  });

  describe('as its developers see it', () => {
    let app: App;
    let developer: HttpBrowser;
    let path: string;
    let memberId: string;
    let events: RecordedEvent[];
    before(async () => {
      app = await newApp();
      path = `/account/apps/${app.appId}/localhost/events`;
      const email = `${randomUUID()}@example.com`;
      const person = { email, emailVerified: true, passwordHash: await hashPassword(PASSWORD) };
      const { id } = await platform.storage.realm('production').accounts.create(person);
      memberId = id;
      await platform.storage.appMembers.put(app.appId, id, 'read-only');
      developer = platform.browser();
      await developer.submit(await developer.get('/account/sign-in'), '/sign-in', { email, password: PASSWORD });
      const browser = platform.browser();
      await share(browser, await openPopup(browser, app));
      await new ApiCaller(platform, app.apiKey).get('/users');
      events = await logOf(app);
    });

    const attemptRows = (html: string) => [...html.matchAll(/<li data-attempt="?([\w-]{22})/g)].map(([, id]) => id);

    it('is one line that opens, with its steps in order and the request of each', async () => {
      const { html } = await developer.get(path);
      assert.deepEqual(attemptRows(html), [events[0]?.attempt]);
      const [, row = ''] =
        html.match(/<li data-attempt="?[\w-]{22}[\s\S]*?<ol class="?log steps[^>]*>([\s\S]*?)<\/ol>/) ?? [];
      const steps = [...row.matchAll(/data-slot="?summary"?[^>]*>([\s\S]*?)<\/bdi>/g)].map(([, text]) =>
        text?.replaceAll(/<[^>]*>/g, ''),
      );
      assert.deepEqual(
        steps,
        events.filter(({ attempt }) => attempt).map(({ summary }) => summary),
      );
      for (const { attempt, requestId } of events) if (attempt) assert.ok(row.includes(requestId ?? '-'));
      assert.match(html, /data-outcome data-tone="?good"?>(?:<!--[^>]*-->)*Shared/);
    });

    it('is found whole by the request of any of its steps, and by its own id', async () => {
      for (const { attempt, requestId } of events.filter((one) => one.attempt)) {
        for (const search of [requestId, attempt]) {
          const { html } = await developer.get(`${path}?q=${search}`);
          assert.deepEqual(attemptRows(html), [attempt]);
          assert.match(html, /Popup opened/);
          assert.match(html, /Credential issued/);
        }
      }
    });

    it('is shown once, on the page of its newest step', async () => {
      const [, , middle] = events;
      const { html } = await developer.get(`${path}?before=${middle?.id}`);
      assert.deepEqual(attemptRows(html), []);
    });

    it('can be downloaded with all that the filter matches, which is written down', async () => {
      const page = await developer.get(`${path}?group=credentials`);
      const form = page.form('/export');
      assert.deepEqual([form.values['group'], form.values['submission']], ['credentials', undefined]);
      const download = (values: Record<string, string>) =>
        fetch(platform.url + path.concat('/export'), {
          method: 'POST',
          headers: { cookie: developer.cookieHeader('/account'), origin: platform.url },
          body: new URLSearchParams({ csrf: String(form.values['csrf']), ...values }),
        });
      const file = await download({ format: 'jsonl', group: 'credentials' });
      assert.deepEqual([file.status, file.headers.get('cache-control')], [200, 'no-store']);
      assert.match(
        file.headers.get('content-disposition') ?? '',
        /^attachment; filename="events-localhost-\d{4}-\d\d-\d\d\.jsonl"$/,
      );
      const lines = (await file.text())
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.deepEqual(
        lines.map(({ type, attempt }) => [type, attempt]),
        [['credential.issued', events[0]?.attempt]],
      );
      const csv = await download({ format: 'csv' });
      assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8; header=present');
      const rows = (await csv.text()).trimEnd().split('\r\n');
      assert.equal(rows.length, events.length + 1);
      assert.match(rows.at(-1) ?? '', /,popup\.opened,Popup opened from /);
      assert.equal((await (await download({ format: 'csv', q: 'nothing like it' })).text()).split('\r\n').length, 2);
      const entries = await platform.storage.auditLog.list({ act: 'environment.events_exported' });
      assert.deepEqual(
        entries.map(({ subject, detail }) => [subject, detail?.['format']]),
        ['jsonl', 'csv', 'csv'].map((format) => [`environment:${app.clientId}`, format]),
      );
    });

    it('is downloaded in pieces when there are many, up to a number', async () => {
      const many = await newApp();
      await platform.storage.appMembers.put(many.appId, memberId, 'read-only');
      const ids = new EventIds();
      const [like] = events;
      assert.ok(like);
      for (let page = 0; page < 21; page += 1) {
        const at = new Date(Date.now() - 1_000 + page);
        const rows = Array.from({ length: 500 }, () => ({
          ...like,
          id: ids.next(at.getTime()),
          clientId: many.clientId,
          at,
        }));
        await platform.storage.appEvents.addAll(rows);
      }
      const address = `/account/apps/${many.appId}/localhost/events`;
      const form = (await developer.get(address)).form('/export');
      const file = await fetch(`${platform.url}${address}/export`, {
        method: 'POST',
        headers: { cookie: developer.cookieHeader('/account'), origin: platform.url },
        body: new URLSearchParams({ csrf: String(form.values['csrf']), format: 'jsonl' }),
      });
      const seen = (await file.text())
        .trimEnd()
        .split('\n')
        .map((line) => String((JSON.parse(line) as { id: string }).id));
      assert.equal(file.headers.get('content-length'), null, 'never held whole');
      assert.equal(new Set(seen).size, 10_000);
      assert.deepEqual(seen, [...seen].sort().reverse(), 'the newest ones');
    });
  });
});
