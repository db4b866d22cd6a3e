import { expect, fixture, html } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { SignupUser } from '../../attempt/signup-flow.ts';
import { chosen, noteChoice } from '../../note-choice.ts';
import { fillForm } from './fill-form.ts';
import { forgetTyping, watchTyping } from './ledger.ts';

const person = (given: string, city: string, phone: string, country: string): SignupUser => ({
  iss: 'https://platform.example',
  sub: given,
  isNewUser: true,
  given_name: given,
  phone_number: phone,
  address: { locality: city, country },
});
const jane = person('Jane', 'Amsterdam', '+31205550101', 'NL');
const remy = person('Remy', 'Lyon', '+33199001234', 'FR');

addEventListener('change', noteChoice, true);
watchTyping(chosen);

async function place(markup: string): Promise<HTMLFormElement> {
  const form = await fixture<HTMLFormElement>(html`<form lang="en"></form>`);
  form.innerHTML = markup;
  return form;
}

const controlsOf = (form: HTMLFormElement) => [...form.elements] as (HTMLInputElement | HTMLSelectElement)[];
const valuesOf = (form: HTMLFormElement) => controlsOf(form).map(({ value }) => value);

/** As a script of the page does. */
function tell(control: Element, type = 'change'): void {
  control.dispatchEvent(new Event(type, { bubbles: true }));
}

const COUNTRY = '<select name="country"><option value="">-<option>BE<option>FR<option>NL</select>';

describe('what a page tells of a control', () => {
  it('is not what a person does: the next person replaces the one before', async () => {
    const form = await place(`<input name="given_name"><input name="phone" type="tel">${COUNTRY}`);
    await fillForm(form, jane);
    for (const control of controlsOf(form)) for (const type of ['input', 'change']) tell(control, type);
    await fillForm(form, remy);
    expect(valuesOf(form)).to.deep.equal(['Remy', '+33199001234', 'FR']);
  });
  it('is a choice where a list has another value than before, since what stands for lists chooses so', async () => {
    const form = await place(COUNTRY);
    await fillForm(form, jane);
    const [select] = controlsOf(form);
    if (select) select.value = 'BE';
    if (select) tell(select);
    await fillForm(form, remy);
    expect(valuesOf(form)).to.deep.equal(['BE']);
  });
});

describe('a control that the page has replaced', () => {
  const ids: readonly (readonly [string, string])[] = [
    [':r1:', ':r5:'],
    ['«r1»', '«r5»'],
    ['_r_1_', '_r_5_'],
    ['f-3c9e4f0a-9a7d-4b1c-8f63-0a51b7f1d001', 'f-77aa01de-02bd-4c11-9e10-52cc6a4f9d11'],
    ['field17', 'field42'],
  ];
  for (const [before, after] of ids) {
    it(`is still the element’s, called ${after} instead of ${before}`, async () => {
      const draw = (id: string) =>
        `<input id="${id}a" autocomplete="given-name"><input id="${id}b" name="${id}" autocomplete="tel">`;
      const form = await place(draw(before));
      await fillForm(form, jane);
      const drawn = valuesOf(form);
      form.innerHTML = draw(after);
      for (const [index, control] of controlsOf(form).entries()) control.value = drawn[index] ?? '';
      await fillForm(form, remy);
      expect(valuesOf(form)).to.deep.equal(['Remy', '+33199001234']);
    });
  }
  it('is the person’s with another value', async () => {
    const form = await place('<input name="city">');
    await fillForm(form, jane);
    form.innerHTML = '<input name="city" value="Utrecht">';
    await fillForm(form, remy);
    expect(valuesOf(form)).to.deep.equal(['Utrecht']);
  });
});

describe('a second control of the same name', () => {
  const sections = ['shipping', 'billing'];
  it('keeps the page’s own value, in another section', async () => {
    const markup = sections.map((section) => `<input name="n" id="i" autocomplete="${section} given-name">`).join('');
    const form = await place(markup.replace(/>$/, ' value="Bob">'));
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['Jane', 'Bob']);
    await fillForm(form, remy);
    expect(valuesOf(form)).to.deep.equal(['Remy', 'Bob']);
  });
  it('keeps what was typed before this script was there', async () => {
    const form = await place(sections.map((section) => `<input autocomplete="${section} given-name">`).join(''));
    const [, second] = controlsOf(form);
    if (second) second.value = 'Bob';
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['Jane', 'Bob']);
  });
});

describe('React', () => {
  /** A field that allows ten digits and nothing else, drawn as React does: it ignores a value that has come by its own setter. */
  async function drawDigits(): Promise<{ input: HTMLInputElement; model: () => string }> {
    const form = await place('<input name="phone">');
    const input = form.elements[0] as HTMLInputElement;
    const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') as PropertyDescriptor;
    let tracked = '';
    let model = '';
    Object.defineProperty(input, 'value', {
      get: () => native.get?.call(input),
      set: (value: string) => {
        tracked = value;
        native.set?.call(input, value);
      },
    });
    Object.assign(input, { _valueTracker: { getValue: () => tracked } });
    input.addEventListener('input', () => {
      if (input.value === tracked) return;
      model = input.value.replace(/\D/g, '').slice(0, 10);
      input.value = model;
    });
    return { input, model: () => model };
  }
  it('has in its model what the person sees, also after it has refused', async () => {
    const { input, model } = await drawDigits();
    await fillForm(input.form as HTMLFormElement, jane);
    expect([input.value, model()]).to.deep.equal(['', '']);
    await fillForm(input.form as HTMLFormElement, { ...jane, phone_number: '+12125550101', locale: 'en-US' });
    expect(input.value).to.equal(model());
  });
});

describe('a number that a person has begun', () => {
  it('stays', async () => {
    const form = await place('<input name="phone" type="tel">');
    const [input] = controlsOf(form);
    if (input) input.value = '06';
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['06']);
  });
  it('stays, with its calling code', async () => {
    const form = await place('<input name="phone" type="tel">');
    const [input] = controlsOf(form);
    if (input) input.value = '+44';
    // As if typed: a browser's own event cannot be made here.
    if (input) chosen.add(input);
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['+44']);
  });
  it('stays, with its calling code, typed before this script was there', async () => {
    const form = await place('<input name="phone" type="tel" value="+31"><input name="given_name">');
    const [input] = controlsOf(form);
    input?.focus();
    await sendKeys({ press: 'End' });
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ press: 'Backspace' });
    await sendKeys({ type: '44' });
    await sendKeys({ press: 'Tab' });
    // It is known to the browser alone.
    if (input) forgetTyping(input);
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['+44', 'Jane']);
  });
  for (const [value, attribute] of [
    ['+31', ''],
    ['001', ''],
    ['(+1) ', ''],
    ['31', ' value="31"'],
  ] as const) {
    it(`but not the page’s ${value}${attribute}`, async () => {
      const form = await place(`<input name="phone" type="tel"${attribute}>`);
      const [input] = controlsOf(form);
      if (input) input.value = value;
      await fillForm(form, jane);
      expect(valuesOf(form)).to.deep.equal(['+31205550101']);
    });
  }
});
