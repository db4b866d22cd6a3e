import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { becomeCustomer, type Customer } from './autofill/by-element.ts';
import { defineControls } from './autofill/controls.ts';
import { widgetOn } from './support/people.ts';
import { test as base, expect } from './support/test.ts';

/** Tests that the element fills what well-known libraries make of a form, each as its authors publish it. The person's phone is +31 20 555 0101. */

/** By path, because packages do not name these files among their exports: pages load them from elsewhere. */
const published = (script: string) => join(import.meta.dirname, '../node_modules', script);

interface LibraryPage {
  name: string;
  /** What follows the element in the form. */
  fields: string;
  /** Published scripts, as packages name them. */
  scripts?: readonly string[];
  /** Published modules, by what imports them. */
  modules?: Readonly<Record<string, string>>;
  /** Runs once they are there. */
  setUp: string;
  /** An expression: what the library, and not only the control, knows in the end. */
  known: string;
  expected: unknown;
}

const PHONE = '<input id="phone" name="phone">';
const COUNTRY =
  '<select id="country" name="country"><option value="US">United States</option><option value="NL">Netherlands</option></select>';

const PAGES: readonly LibraryPage[] = [
  {
    name: 'IMask, of another country',
    fields: PHONE,
    scripts: ['imask/dist/imask.js'],
    setUp: `mask = IMask(phone, { mask: '(000) 000-0000' })`,
    known: '[phone.value, mask.unmaskedValue]',
    expected: ['', ''],
  },
  {
    name: 'IMask, with the calling code in it',
    fields: PHONE,
    scripts: ['imask/dist/imask.js'],
    setUp: `mask = IMask(phone, { mask: '+{31} 00 000 00 00' })`,
    known: '[phone.value, mask.value]',
    expected: ['+31 20 555 01 01', '+31 20 555 01 01'],
  },
  {
    name: 'Inputmask',
    fields: `${PHONE}<input id="zip" name="postcode">`,
    scripts: ['inputmask/dist/inputmask.js'],
    setUp: `Inputmask('(999) 999-9999').mask(phone); Inputmask('9999 AA').mask(zip)`,
    known: '[phone.value, zip.value]',
    expected: ['', '1012 AB'],
  },
  {
    name: 'Select2',
    fields: COUNTRY,
    scripts: ['jquery/dist/jquery.js', 'select2/dist/js/select2.js'],
    setUp: '$(country).select2()',
    known: `[$(country).val(), document.querySelector('.select2-selection__rendered').textContent]`,
    expected: ['NL', 'Netherlands'],
  },
  {
    name: 'Choices',
    fields: COUNTRY,
    scripts: ['choices.js/public/assets/scripts/choices.js'],
    setUp: 'choices = new Choices(country)',
    known: '[country.value, choices.getValue(true)]',
    expected: ['NL', 'NL'],
  },
  {
    name: 'Tom Select',
    fields: COUNTRY,
    scripts: ['tom-select/dist/js/tom-select.complete.js'],
    setUp: 'list = new TomSelect(country)',
    known: '[country.value, list.getValue()]',
    expected: ['NL', 'NL'],
  },
  {
    name: 'Vue, with an option chosen by its model',
    fields: `<div id="app"><input name="email" v-model="email"><input name="city" v-model.lazy="city">${COUNTRY.replace('<select', '<select v-model="country"')}</div>`,
    scripts: ['vue/dist/vue.global.prod.js'],
    setUp: `model = Vue.reactive({ email: '', city: '', country: 'US' }); Vue.createApp({ setup: () => Vue.toRefs(model) }).mount('#app')`,
    known: '({ ...model })',
    expected: { email: 'jane.doe@example.org', city: 'Amsterdam', country: 'NL' },
  },
  {
    name: 'Preact, with one state for all',
    fields: '<div id="app"></div>',
    modules: { preact: 'preact/dist/preact.mjs', 'preact/hooks': 'preact/hooks/dist/hooks.mjs' },
    setUp: `import { h, render } from 'preact';
    import { useState } from 'preact/hooks';
    function Fields() {
      const [state, set] = useState({ given: '', family: '', email: '' });
      window.model = state;
      const onInput = ({ target }) => set({ ...state, [target.name]: target.value });
      return [['given', 'given-name'], ['family', 'family-name'], ['email', 'email']].map(([name, autocomplete]) =>
        h('input', { name, autocomplete, value: state[name], onInput }));
    }
    render(h(Fields), document.getElementById('app'))`,
    known: 'model',
    expected: { given: 'Jane', family: 'Doe', email: 'jane.doe@example.org' },
  },
  {
    name: 'a model that hears of blur alone, as Angular’s updateOn does',
    fields: '<input name="email">',
    setUp: `model = {}; const [email] = document.getElementsByName('email'); email.onblur = () => { model.email = email.value }`,
    known: 'model',
    expected: { email: 'jane.doe@example.org' },
  },
];

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
    await use(async ({ name, fields, scripts = [], modules = {}, setUp }) => {
      const page = await customer.context.newPage();
      opened.push(page);
      await page.addInitScript(defineControls);
      for (const file of Object.values(modules)) {
        await page.route(`**/${file}`, (route) =>
          route.fulfill({ path: published(file), contentType: 'text/javascript' }),
        );
      }
      const addresses = Object.fromEntries(Object.entries(modules).map(([from, file]) => [from, `/${file}`]));
      const imports = `<script type="importmap">${JSON.stringify({ imports: addresses })}</script>`;
      const url = customer.urlOf({
        name: encodeURIComponent(name),
        language: 'en',
        person: 'jane',
        truths: [],
        digest: '',
        render: (tag, script) =>
          `<!doctype html><html lang="en"><title>A shop</title>${imports}${script}<form>${tag}${fields}</form></html>`,
      });
      await page.goto(url);
      for (const script of scripts) await page.addScriptTag({ path: published(script) });
      await page.addScriptTag({ content: setUp, type: setUp.startsWith('import') ? 'module' : '' });
      return page;
    });
    for (const page of opened) await page.close();
  },
});

for (const one of PAGES) {
  test(one.name, async ({ open }) => {
    const page = await open(one);
    await widgetOn(page).button.click();
    await page.evaluate(() => window.signedUp);
    await expect.poll(() => page.evaluate(one.known)).toEqual(one.expected);
  });
}
