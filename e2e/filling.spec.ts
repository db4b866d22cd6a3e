import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { becomeCustomer, type Customer } from './autofill/by-element.ts';
import { defineControls } from './autofill/controls.ts';
import { bundle } from './filling/bundle.ts';
import { LIBRARY_PAGES, type LibraryPage } from './filling/libraries.ts';
import { widgetOn } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** Tests that the element fills what well-known libraries make of a form. */

/** By path, because packages do not name these files among their exports: pages load them from elsewhere. */
const published = (script: string) => join(import.meta.dirname, '../node_modules', script);

const test = base.extend<{ open: (page: LibraryPage) => Promise<Page> }, { customer: Customer }>({
  customer: [
    async ({ browser, platform, site }, use) => {
      const context = await browser.newContext({ locale: 'en-GB' });
      await use(await becomeCustomer(context, { platform, site, person: 'jane' }));
      await context.close();
    },
    { scope: 'worker' },
  ],
  open: async ({ customer }, use) => {
    const opened: Page[] = [];
    await use(async ({ name, fields, scripts = [], setUp, component }) => {
      const isModule = setUp.startsWith('import');
      const content = isModule ? await bundle(setUp, component) : setUp;
      const page = await customer.context.newPage();
      opened.push(page);
      await page.addInitScript(defineControls);
      const url = customer.urlOf({
        name: encodeURIComponent(name),
        language: 'en',
        person: 'jane',
        truths: [],
        digest: '',
        render: (tag, script) =>
          `<!doctype html><html lang="en"><title>A shop</title>${script}<form>${tag}${fields}</form></html>`,
      });
      await page.goto(url);
      for (const script of scripts) await page.addScriptTag({ path: published(script) });
      await page.addScriptTag({ content, type: isModule ? 'module' : '' });
      return page;
    });
    for (const page of opened) await page.close();
  },
});

for (const one of LIBRARY_PAGES) {
  test(one.name, async ({ open }) => {
    const page = await open(one);
    await widgetOn(page).button.click();
    await page.evaluate(() => window.signedUp);
    await expect.poll(() => page.evaluate(one.known)).toEqual(one.expected);
  });
}
