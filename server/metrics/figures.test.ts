import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachPlatform } from '../testing/each-platform.ts';
import { SHOP_ORIGIN } from '../testing/test-platform.ts';

onEachPlatform('the figures of a running platform', (context) => {
  const read = async () => (await fetch(`${context.platform.url}/metrics`)).text();
  /** What a series says, 0 before it exists. */
  const figureOf = (text: string, series: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${series} `))
        ?.slice(series.length) ?? 0,
    );

  it('follow an attempt to sign up to its end, and the backend after it', async () => {
    const { clientId, clientSecret } = await context.platform.createApp();
    const open = (browser = context.platform.browser()) =>
      browser.openPopup({ client_id: clientId, origin: SHOP_ORIGIN, state: 's', nonce: 'n' });
    const browser = context.platform.browser();
    const consent = await browser.submit(await open(browser), '/persona', { persona: 'complete' });
    const { message } = await browser.submit(consent, '/consent');
    assert.ok(message.credential);
    await context.platform.browser().openPopup({
      client_id: clientId,
      origin: 'https://elsewhere.example',
      state: 's',
      nonce: 'n',
    });
    await fetch(`${context.platform.url}/custom_api/external_login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, environment: 'localhost' }),
    });
    const text = await read();
    const app = `client_id="${clientId}"`;
    for (const series of [
      `popups_opened_total{${app}}`,
      `popups_agreed_total{${app}}`,
      `popups_answered_total{${app},response_type="id_token"}`,
      `popups_failed_total{${app},reason="origin_not_registered"}`,
      `credentials_signed_total{${app},kind="id_token"}`,
      `credentials_signed_total{${app},kind="external_login"}`,
    ])
      assert.equal(figureOf(text, series), 1, series);
    assert.doesNotMatch(text, /elsewhere\.example|[^\s"]@[^\s"]/);
  });

  it('have what waits, and what the engine of the database is short of', async () => {
    const { platform } = context;
    await platform.storage.jobs.add([
      { kind: 'backchannel_logout', realm: 'sandbox', clientId: 'gone', payload: {}, delayMs: 3_600_000 },
    ]);
    const text = await read();
    assert.equal(figureOf(text, 'outbox_waiting{kind="logout"}'), 1);
    assert.match(text, /^outbox_oldest_seconds\{kind="logout"\} \d/m);
    assert.match(text, /^outbox_waiting\{kind="mail"\} 0$/m);
    const own = platform.database.pool
      ? /^database_connections\{state="idle"\} \d[\s\S]*^database_connections_waiting 0$/m
      : /^database_writes_waiting 0$[\s\S]*^kept_rows_total\{result="hit"\} \d/m;
    assert.match(text, own);
  });
});
