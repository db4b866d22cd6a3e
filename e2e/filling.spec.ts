import { join } from 'node:path';
import type { Page, Route } from '@playwright/test';
import { becomeCustomer, type Customer } from './autofill/by-element.ts';
import { defineControls } from './autofill/controls.ts';
import { bundle } from './filling/bundle.ts';
import { LIBRARY_PAGES, type LibraryPage } from './filling/libraries.ts';
import { widgetOn } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** Tests that the element fills what well-known libraries make of a form. */

/** By path, because packages do not name these files among their exports: pages load them from elsewhere. */
const published = (script: string) => join(import.meta.dirname, '../node_modules', script);

/** @param before what is done before the page loads */
type Open = (page: LibraryPage, before?: (page: Page) => Promise<unknown>) => Promise<Page>;

const test = base.extend<{ open: Open }, { customer: Customer }>({
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
    await use(async ({ name, language = 'en', fields, firstScripts = [], scripts = [], setUp, component }, before) => {
      const isModule = setUp.startsWith('import');
      const content = isModule ? await bundle(setUp, component) : setUp;
      const page = await customer.context.newPage();
      opened.push(page);
      for (const script of firstScripts) await page.addInitScript({ path: published(script) });
      await page.addInitScript(defineControls);
      await before?.(page);
      const url = customer.urlOf({
        name: encodeURIComponent(name),
        language,
        person: 'jane',
        truths: [],
        digest: '',
        render: (tag, script) =>
          `<!doctype html><html lang="${language}"><title>A shop</title>${script}<form>${tag}${fields}</form></html>`,
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

test.describe('what is loaded for few forms', () => {
  /** Names that English does not explain, and a house number, which is taken out of the street. */
  const FORM = {
    name: 'a Dutch form',
    language: 'nl',
    fields: `<label>E-mailadres <input name="a"></label><label>Voornaam <input name="b"></label>
      <label>Straat <input name="c"></label><label>Huisnummer <input name="d"></label>`,
    setUp: '// The page has no script of its own.',
  };
  const CHUNKS = /\/widget\/(spellings|street)-[^/]*\.js$/;
  const valuesOn = (page: Page) => page.evaluate(() => window.controls().map(({ value }) => value));
  /** Opens the form, whose chunks are answered as `answer` says. */
  const openWith = async (open: Open, answer: (route: Route) => Promise<void>) => {
    const page = await open({ ...FORM, known: '', expected: '' }, (one) => one.route(CHUNKS, answer));
    await widgetOn(page).button.click();
    await page.evaluate(() => window.signedUp);
    return page;
  };

  test('may come late: the form is filled as far as it can be, and then entirely', async ({ open }) => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const page = await openWith(open, (route) => held.then(() => route.continue()));
    expect(await valuesOn(page)).toEqual(['jane.doe@example.org', '', '', '']);
    release();
    await expect.poll(() => valuesOn(page)).toEqual(['jane.doe@example.org', 'Jane', 'Canal Street', '12']);
  });

  test('may not come at all', async ({ open }) => {
    const page = await openWith(open, (route) => route.abort());
    expect(await valuesOn(page)).toEqual(['jane.doe@example.org', '', '', '']);
  });
});
