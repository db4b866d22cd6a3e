import { expect, fixture, html } from '@open-wc/testing';
import type { SignupUser } from '../../attempt/signup-flow.ts';
import { fillForm } from './fill-form.ts';
import { watchTyping } from './ledger.ts';

const ada: SignupUser = {
  iss: 'https://platform.example',
  sub: 'u',
  isNewUser: true,
  name: 'Ada Lovelace',
  given_name: 'Ada',
  family_name: 'Lovelace',
  email: 'ada@example.org',
  phone_number: '+31201234567',
  birthdate: '1990-05-07',
  locale: 'nl-NL',
  address: {
    street_address: 'Keizersgracht 1\n2nd floor',
    postal_code: '1015 CJ',
    locality: 'Amsterdam',
    region: 'Noord-Holland',
    country: 'NL',
  },
};

/** Fills a form with one control, and returns its value. */
async function filled(control: string, user = ada): Promise<string> {
  const form = await fixture<HTMLFormElement>(html`<form lang="en"></form>`);
  form.innerHTML = control;
  await fillForm(form, user);
  return (form.elements[0] as HTMLInputElement).value;
}

describe('a form is filled', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['<input autocomplete="name">', 'Ada Lovelace'],
    ['<input autocomplete="section-a shipping given-name webauthn">', 'Ada'],
    ['<input autocomplete="family-name">', 'Lovelace'],
    ['<input type="email" autocomplete="email">', 'ada@example.org'],
    ['<input type="tel" autocomplete="tel">', '+31201234567'],
    ['<textarea autocomplete="street-address"></textarea>', 'Keizersgracht 1\n2nd floor'],
    ['<input name="street">', 'Keizersgracht 1, 2nd floor'],
    ['<input autocomplete="address-line1">', 'Keizersgracht 1'],
    ['<input name="address2">', '2nd floor'],
    ['<input autocomplete="postal-code">', '1015 CJ'],
    ['<input autocomplete="address-level1">', 'Noord-Holland'],
    ['<input autocomplete="address-level2">', 'Amsterdam'],
    ['<input autocomplete="country">', 'NL'],
    ['<input autocomplete="country-name">', 'Netherlands'],
    ['<input name="first_name">', 'Ada'],
    ['<input name="firstName">', 'Ada'],
    ['<input name="billing[first_name]">', 'Ada'],
    ['<input name="x" id="customer-last-name">', 'Lovelace'],
    ['<input name="given_name" autocomplete="off">', 'Ada'],
    ['<input name="phone">', '+31201234567'],
    ['<input name="address_city">', 'Amsterdam'],
    ['<input name="shippingZip">', '1015 CJ'],
    ['<select name="country"><option value=""></option><option value="nl">x</option></select>', 'nl'],
    ['<select name="country"><option value=""></option><option value="7">Netherlands</option></select>', '7'],
    ['<select autocomplete="country"><option value=""></option><option>Nétherlands</option></select>', 'Nétherlands'],
    ['<input autocomplete="bday">', '1990-05-07'],
    ['<input type="date" name="birthday">', '1990-05-07'],
    ['<input type="date" name="customer[date_of_birth]">', '1990-05-07'],
    ['<input id="dob" maxlength="10">', '1990-05-07'],
    ['<input autocomplete="bday-day" type="number" min="1" max="31">', '7'],
    ['<input autocomplete="bday-month" maxlength="2">', '5'],
    ['<input autocomplete="bday-year" type="number">', '1990'],
    ['<input name="birth_year">', '1990'],
    ['<select autocomplete="bday-day"><option value=""></option><option>07</option></select>', '07'],
    ['<select name="birth_day"><option value=""></option><option>6</option><option>7</option></select>', '7'],
    ['<select name="birth_month"><option value=""></option><option>04</option><option>05</option></select>', '05'],
    ['<select name="dob-month"><option value=""></option><option value="m5">May</option></select>', 'm5'],
    [
      '<select autocomplete="bday-month"><option value=""></option><option value="4">May</option>' +
        '<option value="5">June</option></select>',
      '4',
    ],
    ['<select autocomplete="bday-year"><option value=""></option><option>1990</option></select>', '1990'],
    ['<select name="language"><option value=""></option><option value="nl">x</option></select>', 'nl'],
  ];
  for (const [control, value] of rows) {
    it(control, async () => {
      expect(await filled(control)).to.equal(value);
    });
  }
});

describe('a control is left alone', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['that holds a value', '<input name="email" value="mine@example.org">'],
    ['that is disabled', '<input name="email" disabled>'],
    ['in a disabled fieldset', '<fieldset disabled><input name="email"></fieldset>'],
    ['that is read-only', '<input name="email" readonly>'],
    ['that is hidden', '<input type="hidden" name="email">'],
    ['for a password', '<input type="password" name="email">'],
    ['that is a checkbox', '<input type="checkbox" name="email" value="">'],
    ['that nobody sees, because it may be a trap for robots', '<input name="email" style="display: none">'],
    ['that nobody can reach', '<input name="email" tabindex="-1">'],
    ['that is hidden from screen readers', '<div aria-hidden="true"><input name="email"></div>'],
    ['for something else by autocomplete', '<input name="name" autocomplete="organization">'],
    ['for a user name', '<input name="username">'],
    ['for a user_name', '<input name="user_name">'],
    ['for a company', '<input name="company_name">'],
    ['for a card', '<input name="name" autocomplete="cc-name">'],
    ['that has the name of a prototype’s property', '<input name="constructor" autocomplete="toString">'],
    ['that is too short for the value', '<input name="email" maxlength="5">'],
    ['that is too short for a date', '<input name="birthday" maxlength="8">'],
    ['that is a number where a date is known', '<input type="number" name="birthday">'],
    ['that is a date with another meaning', '<input type="date" name="delivery_date">'],
    ['that is a date for a name', '<input type="date" name="name">'],
    [
      'that does not offer the value',
      '<select name="country"><option value=""></option><option>Belgium</option></select>',
    ],
  ];
  for (const [title, control] of rows) {
    it(title, async () => {
      const form = await fixture<HTMLFormElement>(html`<form></form>`);
      form.innerHTML = control;
      expect(await fillForm(form, ada)).to.deep.equal([]);
    });
  }
  it('in which somebody has chosen', async () => {
    watchTyping();
    const form = await fixture<HTMLFormElement>(html`<form></form>`);
    form.innerHTML = '<select name="country"><option>US</option><option>BE</option><option>NL</option></select>';
    const select = form.elements[0] as HTMLSelectElement;
    select.value = 'BE';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    expect(await fillForm(form, ada)).to.deep.equal([]);
    expect(select.value).to.equal('BE');
  });
  it('when the value was not shared', async () => {
    expect(await filled('<input name="email">', { iss: ada.iss, sub: 'u', isNewUser: false })).to.equal('');
  });
});

describe('a form whose controls hide its own properties', () => {
  it('is filled', async () => {
    const form = await fixture<HTMLFormElement>(html`<form lang="nl"></form>`);
    form.innerHTML = '<input name="elements"><input name="closest"><input name="getAttribute"><input name="country">';
    const filled = await fillForm(form, ada);
    expect(filled.map(({ control }) => (control as HTMLInputElement).value)).to.deep.equal(['Nederland']);
  });
});

describe('frameworks notice', () => {
  it('with input and change events that bubble', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><input name="email" /></form>`);
    const events: string[] = [];
    for (const type of ['input', 'change']) form.addEventListener(type, (event) => events.push(event.type));
    expect(await fillForm(form, ada)).to.deep.equal([{ control: form.elements[0], claim: 'email' }]);
    expect(events).to.deep.equal(['input', 'change']);
  });

  it('even if a framework puts its own setter on the control, as React does', async () => {
    const form = await fixture<HTMLFormElement>(html`<form><input name="email" /></form>`);
    const input = form.elements[0] as HTMLInputElement;
    let tracked = 0;
    const native = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value') as PropertyDescriptor;
    Object.defineProperty(input, 'value', {
      get: () => native.get?.call(input),
      set: () => {
        tracked += 1;
      },
    });
    await fillForm(form, ada);
    expect([input.value, tracked]).to.deep.equal(['ada@example.org', 0]);
  });
});
