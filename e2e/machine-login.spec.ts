import { decodeJwt } from 'jose';
import { expect, test } from './support/test.ts';

/** The contract's own example, except for address, client_id and client_secret. Its answers are pushed to `answers`. */
const example = (address: string, app: { clientId: string; clientSecret: string }, environment: string) => `
  var xhr = new XMLHttpRequest();
  var url = "${address}/custom_api/external_login";
  var data = JSON.stringify({
    "client_id": "${app.clientId}",
    "client_secret": "${app.clientSecret}",
    "environment": "${environment}"
  });

  xhr.open("POST", url, true);
  xhr.setRequestHeader("Content-Type", "application/json");
  xhr.onloadend = function () { window.answer = { status: xhr.status, text: xhr.responseText }; };
  xhr.send(data)`;

for (const [environment, registered, readable] of [
  ['localhost', true, true],
  ['development:sandbox', true, true],
  ['localhost', false, false],
  // In production, a page must not contain a secret.
  ['production', true, false],
] as const) {
  const whose = registered ? 'a registered page' : 'a foreign page';
  test(`external_login by XMLHttpRequest from ${whose} in ${environment}: ${readable ? 'a token' : 'nothing to read'}`, async ({
    page,
    platform,
    site,
  }) => {
    const origins = [registered ? site.origin : 'http://localhost:1'];
    const app = await platform.createApp({ environment, origins });
    site.serve('/', () => ({ html: '<!doctype html><title>A page</title>' }));
    await page.goto(site.origin);
    await page.evaluate(example(platform.url, app, environment));
    await page.waitForFunction('window.answer');
    const { status, text } = await page.evaluate<{ status: number; text: string }>('window.answer');
    expect(status).toBe(readable ? 200 : 0);
    if (!readable) return;
    const { code, message, data } = JSON.parse(text) as { code: number; message: string; data: { token: string } };
    expect([code, message]).toEqual([200, 'success']);
    expect(decodeJwt(data.token)).toMatchObject({ iss: app.issuer, client_id: app.clientId, environment });
  });
}
