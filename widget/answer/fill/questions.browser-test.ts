import { expect, fixture, html } from '@open-wc/testing';
import type { SignupUser } from '../../attempt/signup-flow.ts';
import { fillForm } from './fill-form.ts';

const jane: SignupUser = {
  iss: 'https://platform.example',
  sub: 'jane',
  isNewUser: true,
  name: 'Jane Doe',
  given_name: 'Jane',
  family_name: 'Doe',
  email: 'jane@example.com',
  phone_number: '+31205550101',
  address: {
    street_address: '12 Canal Street\nApartment 4',
    postal_code: '1012 AB',
    locality: 'Amsterdam',
    country: 'NL',
  },
};
const [mail, zip, town] = [jane.email, jane.address?.postal_code, jane.address?.locality];
const at = (locality: string, postal_code: string, country: string): SignupUser => ({
  ...jane,
  address: { locality, postal_code, country },
});

async function fill(markup: string, { user = jane, lang = 'en' } = {}): Promise<string[]> {
  const form = await fixture<HTMLFormElement>(html`<form lang=${lang}></form>`);
  form.innerHTML = markup;
  await fillForm(form, user);
  return [...form.elements].map((one) => ('value' in one ? String(one.value) : ''));
}

describe('a box that asks two things', () => {
  const rows: readonly (readonly [
    markup: string,
    values: readonly unknown[],
    as?: { user?: SignupUser; lang?: string },
  ])[] = [
    ['<label>Postcode / plaats <input></label>', ['1012 AB Amsterdam'], { lang: 'nl' }],
    ['<label>PLZ / Ort <input name="plz_ort"></label>', ['1012 AB Amsterdam'], { lang: 'de' }],
    ['<label>PLZ, Ort <input name="ort"></label>', ['1012 AB Amsterdam'], { lang: 'de' }],
    ['<input placeholder="CAP e città">', ['1012 AB Amsterdam'], { lang: 'it' }],
    ['<input placeholder="Ville, code postal">', ['1012 AB Amsterdam'], { lang: 'fr' }],
    ['<label>Zip/City <input name="zip"></label>', ['1012 AB Amsterdam']],
    ['<label>Town and postcode <input></label>', ['1012 AB Amsterdam']],
    ['<label>Town and postcode <input></label>', ['London SW1A 1AA'], { user: at('London', 'SW1A 1AA', 'GB') }],
    ['<label>Town and postcode <input></label>', [''], { user: at('London', '', 'GB') }],
    ['<label>Town and postcode <input maxlength="8"></label>', ['']],
    // Two boxes under one label.
    ['<label for="z">PLZ / Ort</label><input id="z" name="plz"><input name="ort">', [zip, town], { lang: 'de' }],
    ['<label for="z">Zip / City</label><input id="z" name="zip"><input name="city">', [zip, town]],
    [
      '<label for="z">PLZ / Ort</label><input id="z"><label for="o">PLZ / Ort</label><input id="o" name="ort">',
      ['', town],
      { lang: 'de' },
    ],
    // Three things.
    ['<label>City, state, ZIP <input></label>', ['']],
    ['<label>Straße, PLZ, Ort <input></label>', [''], { lang: 'de' }],
  ];
  for (const [markup, values, as] of rows)
    it(`${as?.user?.address?.country ?? 'NL'}: ${markup}`, async () => {
      expect(await fill(markup, as)).to.deep.equal(values);
    });
});

describe('a unit, a flat and a floor are the second line', () => {
  const asked = [
    'Unit',
    'Unit number',
    'Unit #',
    'Flat',
    'Flat or floor',
    'Apartment, suite, unit, etc. (optional)',
    'Apt / Unit',
    'Floor number',
  ];
  for (const label of asked)
    it(label, async () => {
      expect(await fill(`<label>${label} <input></label>`)).to.deep.equal(['Apartment 4']);
    });
  for (const name of ['unit_number', 'shippingUnit', 'address_unit', 'address[flat]', 'floor_no'])
    it(`called ${name}`, async () => {
      expect(await fill(`<input name="${name}">`)).to.deep.equal(['Apartment 4']);
    });
  const others = [
    'Unit of measure',
    'Business unit',
    'Unit cost',
    'Units',
    'Community',
    'United States',
    'Flat rate',
    'Flat fee',
    'Floor area',
    'How many floors has your flat?',
    'Unit tests passed',
    'Organisational unit name',
  ];
  for (const label of others)
    it(`not: ${label}`, async () => {
      expect(await fill(`<label>${label} <input></label>`)).to.deep.equal(['']);
    });
});

describe('what stands in brackets', () => {
  const refused: readonly (readonly [label: string, lang?: string])[] = [
    ['Email (friend’s)'],
    ['Email (partner)'],
    ['Name (of your partner)'],
    ['Phone (emergency contact)'],
    ['Name (parent or guardian)'],
    ['Email (your child’s)'],
    ['Name (Freund)', 'de'],
    ['Naam (vriend)', 'nl'],
  ];
  for (const [label, lang] of refused)
    it(`may say that it is somebody else’s: ${label}`, async () => {
      expect(await fill(`<label>${label} <input name="x"></label>`, { lang: lang ?? 'en' })).to.deep.equal(['']);
    });
  const explained = [
    'Email (also used for password reset)',
    'Email (we never give it to a partner or friend)',
    'Email (for promo codes)',
    'Email (optional)',
    'Email (as on your card)',
  ];
  for (const label of explained)
    it(`most often explains: ${label}`, async () => {
      expect(await fill(`<label>${label} <input name="email"></label>`)).to.deep.equal([mail]);
    });
});
