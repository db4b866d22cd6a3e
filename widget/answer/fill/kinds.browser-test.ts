import { expect, fixture, html } from '@open-wc/testing';
import type { SignupUser } from '../../attempt/signup-flow.ts';
import { until } from '../../testing/until.ts';
import { fillForm } from './fill-form.ts';
import { watchTyping } from './ledger.ts';

const jane: SignupUser = {
  iss: 'https://platform.example',
  sub: 'jane',
  isNewUser: true,
  name: 'Jane Doe',
  given_name: 'Jane',
  family_name: 'Doe',
  email: 'jane@example.com',
  phone_number: '+31205550101',
  birthdate: '1990-05-17',
  address: {
    street_address: '12 Canal Street\nApartment 4',
    postal_code: '1012 AB',
    locality: 'Amsterdam',
    country: 'NL',
  },
};
const sam: SignupUser = {
  iss: 'https://platform.example',
  sub: 'sam',
  isNewUser: true,
  name: 'Sam van den Berg',
  email: 'sam@example.com',
  phone_number: '+12125550101',
  address: { postal_code: '94105-1234', locality: 'San Francisco', region: 'California', country: 'US' },
};
/** Shares an email address alone. */
const uma: SignupUser = { iss: 'https://platform.example', sub: 'uma', isNewUser: true, email: 'uma@example.com' };

async function place(markup: string, lang = 'en'): Promise<HTMLFormElement> {
  const form = await fixture<HTMLFormElement>(html`<form lang=${lang}></form>`);
  form.innerHTML = markup;
  return form;
}

const valuesOf = (form: HTMLFormElement) =>
  [...form.elements].flatMap((one) => ('value' in one && one.tagName !== 'FIELDSET' ? String(one.value) : []));

/** @returns what stands in the controls */
async function fill(markup: string, { user = jane, lang = 'en' } = {}): Promise<string[]> {
  const form = await place(markup, lang);
  await fillForm(form, user);
  return valuesOf(form);
}

/** Each label with its control. */
const labelled = (labels: readonly string[]) => labels.map((label) => `<label>${label} <input></label>`).join('');
const options = (...texts: string[]) =>
  texts.map((text, index) => `<option value="${index + 1}">${text}</option>`).join('');

describe('labels are read', () => {
  const [mail, phone, zip, town] = ['jane@example.com', '+31205550101', '1012 AB', 'Amsterdam'];
  const rows: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    nl: {
      Voornaam: 'Jane',
      Achternaam: 'Doe',
      'E-mailadres': mail,
      Straat: 'Canal Street',
      Huisnummer: '12',
      Toevoeging: 'Apartment 4',
      Postcode: zip,
      Woonplaats: town,
      Telefoonnummer: phone,
    },
    de: {
      'Vorname*': 'Jane',
      'Name*': 'Doe',
      'E-Mail': mail,
      'Straße und Hausnummer': '12 Canal Street, Apartment 4',
      PLZ: zip,
      Ort: town,
      Telefon: phone,
      Land: 'Niederlande',
    },
    fr: {
      Nom: 'Doe',
      Prénom: 'Jane',
      'Adresse e-mail': mail,
      Adresse: '12 Canal Street',
      'Complément d’adresse': 'Apartment 4',
      'Code postal': zip,
      Ville: town,
      Téléphone: phone,
      Pays: 'Pays-Bas',
    },
    es: {
      Nombre: 'Jane',
      Apellidos: 'Doe',
      'Correo electrónico': mail,
      'Código postal': zip,
      Ciudad: town,
      Provincia: '',
      Teléfono: phone,
    },
    it: {
      Nome: 'Jane',
      Cognome: 'Doe',
      Indirizzo: 'Canal Street',
      'Numero civico': '12',
      CAP: zip,
      Città: town,
      Cellulare: phone,
    },
    pt: {
      'Nome completo': 'Jane Doe',
      CEP: zip,
      Endereço: 'Canal Street',
      Número: '12',
      Complemento: 'Apartment 4',
      Bairro: '',
      Cidade: town,
    },
    pl: {
      Imię: 'Jane',
      Nazwisko: 'Doe',
      'Adres e-mail': mail,
      Ulica: 'Canal Street',
      'Nr domu': '12',
      'Kod pocztowy': zip,
      Miejscowość: town,
    },
    tr: { Ad: 'Jane', Soyad: 'Doe', 'E-posta': mail, 'Posta Kodu': zip, Telefon: phone },
    ja: {
      姓: 'Doe',
      名: 'Jane',
      フリガナ: '',
      メールアドレス: mail,
      郵便番号: zip,
      都道府県: '',
      市区町村: town,
      電話番号: phone,
    },
    ar: {
      'الاسم الأول': 'Jane',
      'اسم العائلة': 'Doe',
      'البريد الإلكتروني': mail,
      'الرمز البريدي': zip,
      المدينة: town,
      'رقم الهاتف': phone,
    },
    he: { 'שם פרטי': 'Jane', 'שם משפחה': 'Doe', 'דוא"ל': mail, מיקוד: zip, עיר: town, טלפון: phone },
    en: {
      'Your name': 'Jane Doe',
      Company: '',
      'Promo code': '',
      'Leave this field empty': '',
      'Friend’s email': '',
      'Date of birth': '1990-05-17',
    },
  };
  for (const [lang, row] of Object.entries(rows)) {
    it(`in ${lang}`, async () => {
      expect(await fill(labelled(Object.keys(row)), { lang })).to.deep.equal(Object.values(row));
    });
  }

  it('in tables, lists and paragraphs', async () => {
    const markup = `<table><tr><td>First name:</td><td><input></td></tr></table><dl><dt>Email<dd><input></dl><p>Zip: <input></p>`;
    expect(await fill(markup)).to.deep.equal(['Jane', 'jane@example.com', '1012 AB']);
  });
});

describe('names are read', () => {
  const rows: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['Rails', ['user[email]', 'address[address1]', 'user[city]'], ['jane@example.com', '12 Canal Street', 'Amsterdam']],
    ['Magento', ['firstname', 'street[0]', 'street[1]', 'street[2]'], ['Jane', '12 Canal Street', 'Apartment 4', '']],
    ['PHP', ['street[]', 'street[]', 'plz'], ['12 Canal Street', 'Apartment 4', '1012 AB']],
    [
      'camel case',
      ['order.billing.firstName', 'order.billing.postalCode', 'customerEmail'],
      ['Jane', '1012 AB', 'jane@example.com'],
    ],
    ['glued', ['txtEmail', 'billingcity', 'shippingzip'], ['jane@example.com', 'Amsterdam', '1012 AB']],
    ['email, twice', ['email', 'phone', 'email_confirm'], ['jane@example.com', '+31205550101', 'jane@example.com']],
    ['a second phone', ['phone', 'city', 'mobile'], ['+31205550101', 'Amsterdam', '']],
    ['a second person', ['first_name', 'last_name', 'p2_first_name', 'p2_last_name'], ['Jane', 'Doe', '', '']],
    ['shipping and billing', ['billing_city', 'billing_zip', 'shipping_city'], ['Amsterdam', '1012 AB', 'Amsterdam']],
  ];
  for (const [title, names, values] of rows) {
    it(title, async () => {
      expect(await fill(names.map((name) => `<input name="${name}">`).join(''))).to.deep.equal(values);
    });
  }

  it('a whole name is taken apart', async () => {
    expect(await fill('<input name="first_name"><input name="last_name">', { user: sam })).to.deep.equal([
      'Sam',
      'van den Berg',
    ]);
  });
  it('autocomplete says more: username on an email field, nonsense nothing, others something else', async () => {
    const markup = `<input type="email" autocomplete="username"><input name="city" autocomplete="nope"><input name="name" autocomplete="organization">`;
    expect(await fill(markup)).to.deep.equal(['jane@example.com', 'Amsterdam', '']);
  });
});

describe('an option is found', () => {
  const rows: readonly (readonly [string, string, string, SignupUser?])[] = [
    ['by alpha-3', '<select name="country"><option value="">-<option>BEL<option>NLD</select>', 'NLD'],
    ['by a flag and a name', `<select name="country">${options('🇧🇪 Belgium', '🇳🇱 Netherlands')}</select>`, '2'],
    ['by a prefix', `<select name="country">${options('BE - Belgium', 'NL - Netherlands')}</select>`, '2'],
    [
      'by a name with its article',
      `<select name="country">${options('Netherlands Antilles', 'Netherlands (the)')}</select>`,
      '2',
    ],
    ['by another language’s name', `<select name="country">${options('Belgia', 'Holandia')}</select>`, '2'],
    ['though one is preselected', '<select name="country"><option selected>US<option>NL</select>', 'NL'],
    ['by a state’s code', '<select name="state"><option value="">-<option>AL<option>CA</select>', 'CA', sam],
    ['by a calling code', `<select autocomplete="tel-country-code">${options('+1 (US)', '+31 (NL)')}</select>`, '2'],
    [
      'in a datalist',
      '<input name="country" list="c"><datalist id="c"><option value="Netherlands (the)"></datalist>',
      'Netherlands (the)',
    ],
    [
      'not in a language list, which is the page’s choice',
      '<select name="language"><option selected>en<option>nl</select>',
      'en',
    ],
  ];
  for (const [title, markup, value, user] of rows) {
    it(title, async () => {
      expect((await fill(markup, { user: user ?? jane }))[0]).to.equal(value);
    });
  }
});

describe('a phone number is right, or not there', () => {
  const code = (...codes: string[]) =>
    `<select name="dial" autocomplete="tel-country-code">${options(...codes)}</select>`;
  const rows: readonly (readonly [string, string, readonly string[], { user?: SignupUser; lang?: string }?])[] = [
    ['national, where it is asked for', '<input autocomplete="tel-national">', ['0205550101']],
    ['beside its calling code', `${code('+1', '+31')}<input name="phone">`, ['2', '205550101']],
    ['beside other calling codes', `${code('+1', '+44')}<input name="phone">`, ['1', '']],
    ['in another country’s form', '<input name="phone" maxlength="10">', ['']],
    ['in its own country’s form', '<input name="phone" maxlength="10">', ['0205550101'], { lang: 'nl' }],
    [
      'in three boxes',
      '<input name="phone1" maxlength="3"><input name="phone2" maxlength="3"><input name="phone3" maxlength="4">',
      ['212', '555', '0101'],
      { user: sam },
    ],
    [
      'in three boxes of another country',
      '<input name="phone1" maxlength="3"><input name="phone2" maxlength="3"><input name="phone3" maxlength="4">',
      ['', '', ''],
    ],
    ['against the page’s pattern', '<input name="phone" pattern="[0-9]{10}">', ['']],
  ];
  for (const [title, markup, values, as] of rows) {
    it(title, async () => {
      expect(await fill(markup, as)).to.deep.equal(values);
    });
  }

  it('under a mask that cuts it', async () => {
    const form = await place('<input name="phone">');
    const input = form.elements[0] as HTMLInputElement;
    input.addEventListener('input', () => {
      const [, a = '', b = '', c = ''] = /^(\d{0,3})(\d{0,3})(\d{0,4})/.exec(input.value.replace(/\D/g, '')) ?? [];
      input.value = a && `(${a}) ${b}-${c}`;
    });
    expect(await fillForm(form, jane)).to.deep.equal([]);
    expect(input.value).to.equal('');
    await fillForm(form, sam);
    expect(input.value).to.equal('(212) 555-0101');
  });
});

describe('one form never shows two people', () => {
  it('formatted or drawn again meanwhile', async () => {
    const form = await place('<input name="email"><input name="phone"><input name="postcode">');
    await fillForm(form, jane);
    const drawn = valuesOf(form).map((value) => value.toUpperCase().replace(' ', ''));
    form.innerHTML = '<input name="email"><input name="phone"><input name="postcode">';
    for (const [index, value] of drawn.entries()) (form.elements[index] as HTMLInputElement).value = value;
    await fillForm(form, uma);
    expect(valuesOf(form)).to.deep.equal(['uma@example.com', '', '']);
  });
  it('hidden meanwhile', async () => {
    const form = await place('<p><input name="city"></p><input name="email">');
    await fillForm(form, jane);
    (form.firstElementChild as HTMLElement).hidden = true;
    await fillForm(form, uma);
    expect(valuesOf(form)).to.deep.equal(['', 'uma@example.com']);
  });
  it('with a list back at its default', async () => {
    const form = await place('<select name="country"><option>US<option>NL</select>');
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['NL']);
    await fillForm(form, uma);
    expect(valuesOf(form)).to.deep.equal(['US']);
  });
  it('and after form.reset()', async () => {
    const form = await place('<input name="email">');
    await fillForm(form, jane);
    form.reset();
    await fillForm(form, uma);
    expect(valuesOf(form)).to.deep.equal(['uma@example.com']);
  });
});

describe('what a browser sends', () => {
  it('is sent for each control in turn, and the focus stays', async () => {
    const form = await place('<input name="email"><input name="city"><input name="note">');
    (form.elements[2] as HTMLInputElement).focus();
    const heard: string[] = [];
    for (const type of ['focus', 'keydown', 'beforeinput', 'input', 'keyup', 'change', 'blur']) {
      form.addEventListener(type, ({ target }) => heard.push(`${(target as HTMLInputElement).name} ${type}`), true);
    }
    await fillForm(form, jane);
    const each = ['focus', 'keydown', 'beforeinput', 'input', 'keyup', 'change', 'blur'];
    expect(heard).to.deep.equal(['email', 'city'].flatMap((name) => each.map((type) => `${name} ${type}`)));
    expect(document.activeElement).to.equal(form.elements[2]);
  });
  it('comes in a task of its own, so that what a framework renders late is not lost', async () => {
    const form = await place('<input name="email"><input name="city">');
    let state: Readonly<Record<string, string>> = { email: '', city: '' };
    form.addEventListener('input', ({ target }) => {
      const { name, value } = target as HTMLInputElement;
      const seen = state;
      queueMicrotask(() => {
        state = { ...seen, [name]: value };
      });
    });
    await fillForm(form, jane);
    expect(state).to.deep.equal({ email: 'jane@example.com', city: 'Amsterdam' });
  });
  it('does not stop where a page throws', async () => {
    const form = await place('<input name="email"><input name="city">');
    const stop = (event: Event) => event.preventDefault();
    window.addEventListener('error', stop);
    const { onerror } = window;
    window.onerror = null;
    form.addEventListener('input', () => {
      throw new Error('the page’s own');
    });
    await fillForm(form, jane);
    window.onerror = onerror;
    window.removeEventListener('error', stop);
    expect(valuesOf(form)).to.deep.equal(['jane@example.com', 'Amsterdam']);
  });
});

describe('fields that appear because of the filling', () => {
  it('are filled too', async () => {
    const form = await place('<select name="country"><option>US<option>NL</select><p></p>');
    form.addEventListener('change', () => {
      const p = form.querySelector('p');
      if (p && !p.firstChild) setTimeout(() => (p.innerHTML = '<input name="city">'), 100);
    });
    await fillForm(form, jane);
    await until(() => valuesOf(form)[1] === 'Amsterdam');
  });
  it('as are lists that arrive', async () => {
    const form = await place(
      '<select name="country"><option>NL<option>US</select><select name="state"><option value="">-</select>',
    );
    form.addEventListener('change', ({ target }) => {
      const state = form.elements[1] as HTMLSelectElement;
      if (target !== state) setTimeout(() => (state.innerHTML = '<option value="">-<option value="5">California'), 100);
    });
    await fillForm(form, sam);
    await until(() => valuesOf(form)[1] === '5');
  });
});

describe('what is not asked for stays empty', () => {
  const rows: readonly (readonly [lang: string, ...labels: string[]])[] = [
    ['en', 'Place of birth', 'Country of birth', 'City of birth', 'Birth name', 'State of birth'],
    [
      'en',
      'Project name',
      'Event name',
      'Hotel name',
      'Employer name',
      'Building name',
      'Color name',
      'Name of your project',
    ],
    [
      'en',
      'Venue address',
      'Address of the venue',
      'Address instructions',
      'Cap size',
      'PIN code (4 digits)',
      'Unit price',
    ],
    [
      'en',
      'Land cultivated (ha)',
      'Town hall event',
      'Last 4 digits of phone',
      'Find a store near city',
      'Il tuo messaggio',
    ],
    ['en', 'Floor plan', 'State of the item', 'Manager email', 'Delivery instructions', 'Find address by postcode'],
    ['fr', 'Nom de l’école', 'Ville de naissance', 'Lieu de naissance', 'Nom de jeune fille'],
    ['de', 'Name des Unternehmens', 'Geburtsort', 'Geburtsname'],
  ];
  for (const [lang, ...labels] of rows) {
    it(`${lang}: ${labels.join(', ')}`, async () => {
      expect(await fill(labelled(labels), { lang })).to.deep.equal(labels.map(() => ''));
    });
  }
  it('though the control is called as if it were', async () => {
    const markup =
      '<label>Hotel name <input name="name"></label><label>Venue address <input name="address"></label><input name="delivery_instructions">';
    expect(await fill(markup)).to.deep.equal(['', '', '']);
  });
});

describe('what is asked for in passing words is filled', () => {
  const rows: readonly (readonly [markup: string, value: string, lang?: string])[] = [
    ['<label>Email (also used for password reset) <input type="email" name="email"></label>', 'jane@example.com'],
    ['<label>Mobile phone (for verification by SMS) <input type="tel" name="phone"></label>', '+31205550101'],
    ['<label>First name (as on your ID card) <input name="first_name"></label>', 'Jane'],
    ['<label>First name, as on your tax return <input name="first_name"></label>', 'Jane'],
    ['<label>Address (no PO boxes, see notes) <input name="address1"></label>', '12 Canal Street'],
    ['<input type="email" name="message[email]" id="message_email" placeholder="Email">', 'jane@example.com'],
    ['<input name="message[name]" placeholder="Your name">', 'Jane Doe'],
    ['<label>Guest name <input name="guest_name"></label>', 'Jane Doe'],
    ['<label>Mobilnummer <input></label>', '+31205550101', 'de'],
    ['<label>Contact number <input></label>', '+31205550101'],
    ['<label>C.P. <input></label>', '1012 AB', 'es'],
  ];
  for (const [markup, value, lang] of rows) {
    it(markup, async () => {
      expect(await fill(markup, { lang: lang ?? 'en' })).to.deep.equal([value]);
    });
  }
  it('a house’s name or number is no person’s name', async () => {
    expect(await fill(labelled(['House name or number', 'Street', 'Town', 'Postcode']))).to.deep.equal([
      '12',
      'Canal Street',
      'Amsterdam',
      '1012 AB',
    ]);
  });
  it('a floor and a door are the second line', async () => {
    expect(await fill(labelled(['Dirección', 'Piso, puerta']), { lang: 'es' })).to.deep.equal([
      '12 Canal Street',
      'Apartment 4',
    ]);
  });
});

describe('traps stay empty', () => {
  const rows: readonly string[] = [
    '<div style="position:absolute;left:-9999px"><input name="email"></div>',
    '<input name="email" style="opacity:0">',
    '<input name="email" style="width:0;height:0;border:0;padding:0">',
    '<div style="height:0;overflow:hidden"><input name="email"></div>',
    '<div style="position:absolute;clip:rect(0 0 0 0)"><label>Email <input></label></div>',
    '<div style="clip-path:inset(50%)"><input name="email"></div>',
    '<div style="opacity:0"><label>Email <input></label></div>',
    '<input name="email" style="transform:translateX(-5000px)">',
    '<input name="email" style="visibility:hidden">',
    '<div style="clip-path:polygon(0 0,0 0,0 0)"><input name="email"></div>',
    '<div style="filter:opacity(0)"><input name="email"></div>',
    '<div style="position:fixed;left:200vw"><input name="email"></div>',
    '<label>Email <input name="email" style="border:0;width:2px"></label>',
    '<select name="country" style="display:none"><option value=""><option>NL</select>',
    '<input name="email" data-signup-ignore>',
    '<div data-signup-ignore><input name="email"></div>',
  ];
  for (const markup of rows)
    it(markup, async () => {
      expect(await fill(markup)).to.deep.equal(['']);
    });

  const filled: readonly (readonly [string, string])[] = [
    ['<label for="e">Email</label><input id="e" style="opacity:0;width:200px">', 'jane@example.com'],
    [
      `<select name="country" tabindex="-1" aria-hidden="true"
        style="position:absolute;clip:rect(0 0 0 0);width:1px;height:1px"><option>US<option>NL</select>
        <span role="combobox" style="display:block;height:20px">US</span>`,
      'NL',
    ],
  ];
  for (const [markup, value] of filled) {
    it(`but not ${markup}`, async () => {
      expect((await fill(markup))[0]).to.equal(value);
    });
  }
  it('but not what a box with its own scroll bar has scrolled out of sight', async () => {
    const form = await place(
      '<div style="height:100px;overflow:auto"><input name="email"><div style="height:2000px"></div></div>',
    );
    (form.firstElementChild as HTMLElement).scrollTop = 1500;
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['jane@example.com']);
  });
});

describe('components are filled', () => {
  it('by the control in their open shadow tree, and what they are called', async () => {
    const form = await place('<fill-field name="email"></fill-field>');
    const host = form.firstElementChild as HTMLElement;
    host.attachShadow({ mode: 'open' }).innerHTML = '<input>';
    const filled = await fillForm(form, jane);
    expect(filled.map(({ claim }) => claim)).to.deep.equal(['email']);
    expect(host.shadowRoot?.querySelector('input')?.value).to.equal('jane@example.com');
  });
  it('also a customized built-in, which has a setter of its own', async () => {
    class OwnInput extends HTMLInputElement {
      override set value(value: string) {
        super.value = `own ${value}`;
      }
      override get value() {
        return super.value;
      }
    }
    customElements.define('fill-own-input', OwnInput, { extends: 'input' });
    expect(await fill('<input is="fill-own-input" name="city">')).to.deep.equal(['Amsterdam']);
  });
});

describe('what a person does', () => {
  it('stays, in another filling too', async () => {
    const chosen = new WeakSet<EventTarget>();
    watchTyping(chosen);
    const form = await place('<select name="country"><option>US<option>BE<option>NL</select>');
    const select = form.elements[0] as HTMLSelectElement;
    select.value = 'BE';
    select.dispatchEvent(new Event('change', { bubbles: true }));
    await fillForm(form, jane);
    await fillForm(form, uma);
    expect(select.value).to.equal('BE');
  });
});
