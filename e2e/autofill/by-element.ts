import type { BrowserContext } from '@playwright/test';
import { fields, openPopup, share, signIn, somebodyWithAccount, widgetOn } from '../support/people.ts';
import { expect, type RunningPlatform } from '../support/test.ts';
import { tagOf, type VendorSite } from '../support/vendor-site.ts';
import { defineControls, redraw, valuesOf } from './controls.ts';
import type { FormFile } from './forms.ts';
import type { Filling } from './judge.ts';
import { FILLERS, type FillerName } from './people.ts';

/** A shop whose pages are the forms, and a browser whose owner has agreed there already, so that one click fills each of them. */
export interface Customer {
  readonly context: BrowserContext;
  /** Where a form is. With `?bare`, it is there without the element, which Chromium shall not take for a part of it. */
  urlOf(form: FormFile): string;
}

/** For what appears in a page because of what was filled in. */
const WAIT_MS = 2000;

const FIELDS = ['name', 'email', 'phone_number', 'address', 'birthdate'] as const;

export async function becomeCustomer(
  context: BrowserContext,
  { platform, site, person }: { platform: RunningPlatform; site: VendorSite; person: FillerName },
): Promise<Customer> {
  const { clientId } = await platform.createApp({ origins: [site.origin], fields: fields({ optional: [...FIELDS] }) });
  const tag = tagOf({ 'client-id': clientId, fields: FIELDS.join(' ') });
  const script = `<script type="module" src="${platform.url}/widget.js"></script>`;
  const account = await somebodyWithAccount(platform, FILLERS[person].account);
  const path = `/${clientId}`;
  site.serve(path, () => ({ html: `<!doctype html><html lang="en"><title>A shop</title>${script}${tag}</html>` }));
  const page = await context.newPage();
  await page.goto(site.origin + path);
  const popup = await openPopup(page);
  await signIn(popup, account);
  for (const field of await popup.getByRole('checkbox').all()) await field.check();
  await share(popup);
  await expect(widgetOn(page).element).toHaveAttribute('state', 'completed');
  await page.close();
  return {
    context,
    urlOf: (form) => {
      site.serve(`${path}/${form.name}`, ({ searchParams }) => ({
        html: searchParams.has('bare') ? form.render('', '') : form.render(tag, script),
      }));
      return `${site.origin}${path}/${form.name}`;
    },
  };
}

/**
 * Presses the button in a form, and waits until it is filled.
 * @param isDone whether what appears because of the filling is filled, too; it is waited for in vain for two seconds
 */
export async function fillByElement(
  context: BrowserContext,
  url: string,
  isDone: (filling: Filling) => boolean,
): Promise<Filling> {
  const page = await context.newPage();
  await page.addInitScript(defineControls);
  await page.goto(url);
  const { button } = widgetOn(page);
  await expect(button).toBeVisible();
  const before = await valuesOf(page);
  await button.click();
  await page.evaluate(() => window.signedUp);
  await redraw(page);
  let after = await valuesOf(page);
  for (const endMs = performance.now() + WAIT_MS; !isDone({ before, after }) && performance.now() < endMs; ) {
    await page.waitForTimeout(50);
    after = await valuesOf(page);
  }
  await page.close();
  return { before, after };
}
