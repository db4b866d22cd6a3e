import type { Browser } from '@playwright/test';
import { fillByChromium, launchChromium } from './autofill/by-chromium.ts';
import { becomeCustomer, type Customer, fillByElement } from './autofill/by-element.ts';
import { readForms } from './autofill/forms.ts';
import { shortcomings } from './autofill/judge.ts';
import { FILLERS } from './autofill/people.ts';
import { chromiumsFilling } from './autofill/recorded.ts';
import { noteFilling } from './autofill/report.ts';
import { test as base, expect } from './support/test.ts';

/** Tests that the element fills forms at least as well as Chromium's own autofill, whose answers e2e/autofill/recorded.json remembers. */

const FORMS = readForms();

const test = base.extend<object, { chromium: Browser | undefined }>({
  /** Chromium with its autofill, when it shall be asked again. */
  chromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      const chromium = process.env['WRITE_COMPATIBILITY'] ? await launchChromium() : undefined;
      await use(chromium);
      await chromium?.close();
    },
    { scope: 'worker' },
  ],
});

for (const person of new Set(FORMS.map((form) => form.person))) {
  test.describe(`${FILLERS[person].account.givenName}’s data`, () => {
    // In one worker and in order, so that the person need agree only once.
    test.describe.configure({ mode: 'default' });
    let customer: Customer;

    test.beforeAll(async ({ browser, platform, site }) => {
      customer = await becomeCustomer(await browser.newContext({ locale: 'en-GB' }), { platform, site, person });
    });

    test.afterAll(() => customer.context.close());

    for (const form of FORMS.filter((one) => one.person === person)) {
      test(form.name, async ({ chromium }) => {
        const url = customer.urlOf(form);
        const asked = chromium && (await fillByChromium(chromium, `${url}?bare`, form));
        const element = await fillByElement(customer.context, url, (filling) => {
          return shortcomings(form, filling, asked ?? chromiumsFilling(form, filling.before)).length === 0;
        });
        const answer = asked ?? chromiumsFilling(form, element.before);
        noteFilling(test.info(), form, { chromium: answer, element, version: chromium?.version() });
        expect(shortcomings(form, element, answer)).toEqual([]);
      });
    }
  });
}
