/** A page whose form a well-known library makes, each as its authors publish it. The person's phone is +31 20 555 0101. */
export interface LibraryPage {
  readonly name: string;
  /** Default: English. */
  readonly language?: string;
  /** What follows the element in the form. */
  readonly fields: string;
  /** Published scripts, as packages name them. The first are there before everything else of the page. */
  readonly firstScripts?: readonly string[];
  readonly scripts?: readonly string[];
  /** Runs once they are there. A script that imports is a module, and what it imports becomes a part of it. */
  readonly setUp: string;
  /** The source of the Svelte component that it imports. */
  readonly component?: string;
  /** An expression: what the library, and not only the control, knows in the end. */
  readonly known: string;
  readonly expected: unknown;
}

const PHONE = '<input id="phone" name="phone">';
const COUNTRY = `<select id="country" name="country">
  <option value="US">United States</option><option value="NL">Netherlands</option>
</select>`;
const APP = '<div id="app"></div>';

/**
 * Controlled fields.
 *
 * @param phone an expression: how the form writes the `text` of a phone number
 * @param countries of the list; a form without one is about no country
 */
const controlled = (phone: string, countries: readonly string[] = ['US', 'NL']) => `
const countries = ${JSON.stringify(countries)};
const FORMATS = {
  email: (text) => text.trim(),
  postcode: (text) => text.toUpperCase().replace(/\\W/g, '').slice(0, 6),
  phone: (text) => ${phone},
  country: (text) => text,
};
function Fields() {
  const [state, set] = useState({ email: '', postcode: '', phone: '', ...(countries.length && { country: countries[0] }) });
  window.model = state;
  const onChange = ({ target: { name, value } }) => set({ ...state, [name]: FORMATS[name](value) });
  return Object.entries(state).map(([name, value]) => name === 'country'
    ? h('select', { key: name, name, value, onChange }, countries.map((one) => h('option', { key: one }, one)))
    : h('input', { key: name, name, value, onChange }));
}
createRoot(document.getElementById('app')).render(h(Fields))`;
const react = (...form: Parameters<typeof controlled>) => `import { createElement as h, useState } from 'react';
import { createRoot } from 'react-dom/client';${controlled(...form)}`;
/** Under names of its own, because the others need the version after it. */
const REACT_18 = ['react', 'react-dom'].map((name) => `${name}-18/umd/${name}.production.min.js`);
const react18 = (...form: Parameters<typeof controlled>) => `{ const { createElement: h, useState } = React;
const { createRoot } = ReactDOM;${controlled(...form)} }`;
const TEN_DIGITS = `text.replace(/\\D/g, '').slice(0, 10).replace(/^(\\d{3})(\\d{3})/, '($1) $2-')`;
const KNOWN_TO_REACT = '[controls().map(({ value }) => value), Object.values(model)]';
/** What the controls show, and what the model knows. */
const both = (...values: readonly string[]) => [values, values];

const MASKS: readonly LibraryPage[] = [
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
    name: 'Cleave, of another country',
    fields: PHONE,
    scripts: ['cleave.js/dist/cleave.js', 'cleave.js/dist/addons/cleave-phone.us.js'],
    setUp: `mask = new Cleave(phone, { phone: true, phoneRegionCode: 'US' })`,
    known: '[phone.value, mask.getRawValue()]',
    expected: ['+31205550101', '+31205550101'],
  },
  {
    name: 'Cleave, of blocks that another country’s number has',
    fields: PHONE,
    scripts: ['cleave.js/dist/cleave.js'],
    setUp: `mask = new Cleave(phone, { numericOnly: true, delimiters: ['(', ') ', '-'], blocks: [0, 3, 3, 4] })`,
    known: '[phone.value, mask.getRawValue()]',
    expected: ['', ''],
  },
  {
    name: 'Cleave, with the calling code before the number',
    fields: PHONE,
    scripts: ['cleave.js/dist/cleave.js'],
    setUp: `mask = new Cleave(phone, { prefix: '+31', delimiter: ' ', blocks: [3, 2, 3, 4], noImmediatePrefix: true })`,
    known: '[phone.value, mask.getRawValue()]',
    expected: ['+31 20 555 0101', '+31205550101'],
  },
  {
    name: 'Cleave, of a date that the page explains',
    fields: '<input id="dob" name="dob" placeholder="DD/MM/YYYY">',
    scripts: ['cleave.js/dist/cleave.js'],
    setUp: `mask = new Cleave(dob, { date: true, datePattern: ['d', 'm', 'Y'] })`,
    known: '[dob.value, mask.getISOFormatDate()]',
    expected: ['17/05/1990', '1990-05-17'],
  },
  {
    name: 'Cleave, of a date that nobody explains',
    fields: '<input id="dob" name="dob">',
    scripts: ['cleave.js/dist/cleave.js'],
    setUp: `mask = new Cleave(dob, { date: true, datePattern: ['d', 'm', 'Y'] })`,
    known: '[dob.value, mask.getISOFormatDate()]',
    expected: ['', ''],
  },
];

const LISTS: readonly LibraryPage[] = [
  {
    name: 'Select2',
    fields: COUNTRY,
    scripts: ['jquery/dist/jquery.js', 'select2/dist/js/select2.js'],
    setUp: '$(country).select2()',
    known: `[$(country).val(), document.querySelector('.select2-selection__rendered').textContent]`,
    expected: ['NL', 'Netherlands'],
  },
  {
    name: 'Select2, with a placeholder, where the page listens by jQuery',
    fields: COUNTRY.replace('<option', '<option></option><option'),
    scripts: ['jquery/dist/jquery.js', 'select2/dist/js/select2.js'],
    setUp: `heard = [];
    $(country).select2({ placeholder: 'Choose', allowClear: true }).on('change', () => heard.push($(country).val()))`,
    known: `[$(country).val(), document.querySelector('.select2-selection__rendered').title, heard]`,
    expected: ['NL', 'Netherlands', ['NL']],
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
];

const FRAMEWORKS: readonly LibraryPage[] = [
  {
    name: 'Vue, with an option chosen by its model',
    fields: `<div id="app">
      <input name="email" v-model="email"><input name="city" v-model.lazy="city">
      ${COUNTRY.replace('<select', '<select v-model="country"')}
    </div>`,
    scripts: ['vue/dist/vue.global.prod.js'],
    setUp: `model = Vue.reactive({ email: '', city: '', country: 'US' });
    Vue.createApp({ setup: () => Vue.toRefs(model) }).mount('#app')`,
    known: '({ ...model })',
    expected: { email: 'jane.doe@example.org', city: 'Amsterdam', country: 'NL' },
  },
  {
    name: 'Preact, with one state for all',
    fields: APP,
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
    name: 'React, with a form that writes each value in its own way',
    fields: APP,
    setUp: react(`text.replace(/[^\\d+]/g, '').replace(/^(\\+31)(\\d\\d)(\\d{3})/, '$1 $2 $3 ')`),
    known: KNOWN_TO_REACT,
    expected: both('jane.doe@example.org', '1012AB', '+31 20 555 0101', 'NL'),
  },
  {
    name: 'React, with a form that takes ten digits, in the country of the number',
    fields: APP,
    setUp: react(TEN_DIGITS),
    known: KNOWN_TO_REACT,
    expected: both('jane.doe@example.org', '1012AB', '(020) 555-0101', 'NL'),
  },
  {
    name: 'React, with a form that takes ten digits, in no country',
    fields: APP,
    setUp: react(TEN_DIGITS, []),
    known: KNOWN_TO_REACT,
    expected: both('jane.doe@example.org', '1012AB', ''),
  },
  {
    name: 'React 18, with a form that writes each value in its own way',
    fields: APP,
    scripts: REACT_18,
    setUp: react18(`text.replace(/[^\\d+]/g, '').replace(/^(\\+31)(\\d\\d)(\\d{3})/, '$1 $2 $3 ')`),
    known: KNOWN_TO_REACT,
    expected: both('jane.doe@example.org', '1012AB', '+31 20 555 0101', 'NL'),
  },
  {
    name: 'Svelte, with bindings, one of which writes in its own way',
    fields: APP,
    setUp: `import { mount } from 'svelte';
    import Fields from 'component.svelte';
    mount(Fields, { target: document.getElementById('app') })`,
    component: `<script>
      let email = $state(''), code = $state(''), phone = $state(''), country = $state('US');
      $effect(() => { window.model = { email, code, phone, country } });
    </script>
    <input name="email" bind:value={email}>
    <input name="postcode" bind:value={() => code, (text) => (code = text.toUpperCase().replace(/\\W/g, ''))}>
    <input name="phone" bind:value={() => phone, (text) => (phone = text.replace(/\\D/g, '').slice(0, 10))}>
    <select name="country" bind:value={country}><option>US</option><option>NL</option></select>`,
    known: '[controls().map(({ value }) => value), model]',
    expected: [
      ['jane.doe@example.org', '1012AB', '0205550101', 'NL'],
      { email: 'jane.doe@example.org', code: '1012AB', phone: '0205550101', country: 'NL' },
    ],
  },
  {
    name: 'Angular, with a reactive form that hears of blur alone',
    fields: APP,
    setUp: `import '@angular/compiler';
    import { Component, provideZonelessChangeDetection } from '@angular/core';
    import { FormControl, FormGroup, ReactiveFormsModule } from '@angular/forms';
    import { bootstrapApplication } from '@angular/platform-browser';
    class Fields {
      form = window.model = new FormGroup(
        { email: new FormControl(''), city: new FormControl(''), country: new FormControl('US') },
        { updateOn: 'blur' },
      );
    }
    Component({
      selector: '#app',
      imports: [ReactiveFormsModule],
      template: \`<div [formGroup]="form">
        <input name="email" type="email" formControlName="email"><input name="city" formControlName="city">
        <select name="country" formControlName="country"><option>US</option><option>NL</option></select>
      </div>\`,
    })(Fields);
    await bootstrapApplication(Fields, { providers: [provideZonelessChangeDetection()] })`,
    known: '[model.value, model.touched, model.dirty]',
    expected: [{ email: 'jane.doe@example.org', city: 'Amsterdam', country: 'NL' }, true, true],
  },
  {
    name: 'Angular, with zone.js, which has replaced promises, timers and listeners',
    fields: APP,
    firstScripts: ['zone.js/bundles/zone.umd.js'],
    setUp: `import '@angular/compiler';
    import { Component, provideZoneChangeDetection } from '@angular/core';
    import { FormsModule } from '@angular/forms';
    import { bootstrapApplication } from '@angular/platform-browser';
    class Fields {
      email = '';
      country = 'US';
    }
    Component({
      selector: '#app',
      imports: [FormsModule],
      template: \`<input name="email" type="email" [(ngModel)]="email" [ngModelOptions]="{ standalone: true }">
        <select name="country" [(ngModel)]="country" [ngModelOptions]="{ standalone: true }"><option>US</option><option>NL</option></select>
        <output>{{ email }} {{ country }}</output>\`,
    })(Fields);
    await bootstrapApplication(Fields, { providers: [provideZoneChangeDetection()] })`,
    known: "document.querySelector('output').textContent",
    expected: 'jane.doe@example.org NL',
  },
];

export const LIBRARY_PAGES: readonly LibraryPage[] = [...MASKS, ...LISTS, ...FRAMEWORKS];
