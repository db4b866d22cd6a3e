import sharp from 'sharp';
import type { HttpBrowser, Page } from '../../testing/http-journey.ts';
import { CHROME, personOf } from './cast.ts';
import { type Installation, PUBLIC_URL } from './installation.ts';
import { linkInMail } from './visits.ts';

/** Signs up at the portal, and confirms the address unless it is told otherwise. */
export async function join(
  installation: Installation,
  email: string,
  givenName: string,
  { confirms = true } = {},
): Promise<HttpBrowser> {
  const browser = installation.browser();
  browser.headers = { ...browser.headers, 'user-agent': CHROME };
  const form = await browser.get('/account/sign-up');
  await expectOk(browser.submit(form, '/account/sign-up', personOf(email, givenName)));
  if (confirms) {
    const page = await browser.get(await linkInMail(installation, email, 'confirm-email'));
    await expectOk(browser.submit(page, '/confirm-email'));
  }
  return browser;
}

/** Sends the form of a page that shows the picture afterwards. @returns the picture's path */
export async function upload(
  { url }: Installation,
  browser: HttpBrowser,
  action: string,
  field: 'picture' | 'logo',
  page = action,
): Promise<string> {
  const { csrf } = (await browser.get(page)).form(action).values;
  const square = sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } });
  const form = new FormData();
  form.set('csrf', String(csrf));
  form.set(field, new Blob([new Uint8Array(await square.png().toBuffer())], { type: 'image/png' }), 'square.png');
  const headers = { cookie: browser.cookieHeader('/account'), origin: PUBLIC_URL };
  await fetch(`${url}${action}`, { method: 'POST', redirect: 'manual', headers, body: form });
  const [picture] = /\/pictures\/[\w-]+/.exec((await browser.get(page)).html) ?? [];
  if (!picture) throw new Error(`the ${field} was not taken`);
  return picture;
}

/** What a page shows this once. */
export function shownOn(page: Page, id: string): string {
  const [, text = ''] = new RegExp(`<code id="${id}">(.*?)</code>`, 's').exec(page.html) ?? [];
  const secret = text.replaceAll(/<[^>]*>/g, '');
  if (!secret) throw new Error(`no ${id} on "${page.heading}" (${page.status} ${page.url.pathname})`);
  return secret;
}

/** A fixture of which a step failed is none. */
export async function expectOk(answer: Promise<Page>): Promise<void> {
  const page = await answer;
  if (page.status !== 200) throw new Error(`${page.status} ${page.url.pathname}: "${page.heading}"\n${page.html}`);
}
