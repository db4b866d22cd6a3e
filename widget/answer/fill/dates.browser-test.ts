import { expect, fixture, html } from '@open-wc/testing';
import type { SignupUser } from '../../attempt/signup-flow.ts';
import { fillForm } from './fill-form.ts';

const born = (birthdate: string): SignupUser => ({
  iss: 'https://platform.example',
  sub: birthdate,
  isNewUser: true,
  birthdate,
});
const jane = born('1990-05-17');

async function place(markup: string, lang = 'en'): Promise<HTMLFormElement> {
  const form = await fixture<HTMLFormElement>(html`<form lang=${lang}></form>`);
  form.innerHTML = markup;
  return form;
}

/** @returns what stands in the controls */
async function fill(markup: string, { user = jane, lang = 'en' } = {}): Promise<string[]> {
  const form = await place(markup, lang);
  await fillForm(form, user);
  return [...form.elements].map((one) => ('value' in one ? String(one.value) : ''));
}

describe('a date of birth is written as the page says', () => {
  const rows: readonly (readonly [markup: string, value: string, lang?: string])[] = [
    ['<label>Date of birth (MM/DD/YYYY) <input name="dob" maxlength="10"></label>', '05/17/1990'],
    ['<input name="dob" placeholder="DD/MM/YYYY">', '17/05/1990'],
    ['<input name="dob" placeholder="YYYY-MM-DD">', '1990-05-17', 'de'],
    ['<label>Geburtsdatum <input placeholder="TT.MM.JJJJ"></label>', '17.05.1990', 'de'],
    ['<label>Date de naissance <input placeholder="JJ/MM/AAAA"></label>', '17/05/1990', 'fr'],
    ['<label>Geboortedatum <input placeholder="DD-MM-JJJJ"></label>', '17-05-1990', 'nl'],
    ['<label>Geburtsdatum <input></label>', '17.05.1990', 'de'],
    ['<label>Date of birth <input></label>', '05/17/1990', 'en-US'],
    ['<label>Date of birth <input></label>', '17/05/1990', 'en-GB'],
    ['<label>Date of birth <input></label>', '1990-05-17', 'en_US'],
    ['<label>Date of birth (DD/MM/YYYY) <input type="date"></label>', '1990-05-17'],
    ['<input name="user[birth]">', '1990-05-17'],
    // Two digits of the year.
    ['<input name="dob" placeholder="dd/mm/yy">', '17/05/90'],
    ['<label>Date of birth (MM-DD-YY) <input name="dob" maxlength="8"></label>', '05-17-90'],
    ['<input name="dob" placeholder="TT.MM.JJ">', '17.05.90', 'de'],
    ['<input name="dob" placeholder="jj/mm/aa">', '17/05/90', 'fr'],
    ['<input name="dob" placeholder="yy.mm.dd">', '90.05.17'],
    // Letters of other languages.
    ['<input name="dob" placeholder="GG/AA/YYYY">', '17/05/1990', 'tr'],
    ['<input name="dob" placeholder="gg.aa.yy">', '17.05.90', 'tr'],
    ['<input name="dob" placeholder="gg/mm/aaaa">', '17/05/1990', 'it'],
    ['<input name="dob" placeholder="DD/MM/AAAA">', '17/05/1990', 'es'],
    ['<input name="dob" placeholder="dd.mm.rrrr">', '17.05.1990', 'pl'],
    ['<input name="dob" placeholder="дд.мм.гггг">', '17.05.1990', 'ru'],
    ['<input name="dob" placeholder="年/月/日">', '1990/05/17', 'ja'],
    ['<input name="dob" placeholder="日/月/年">', '17/05/1990', 'ja'],
    ['<input name="dob" placeholder="YYYY年MM月DD日">', '1990年05月17日', 'ja'],
    ['<input name="dob" placeholder="يوم/شهر/سنة">', '17/05/1990', 'ar'],
    // Words, and spaces around the signs between.
    ['<input name="dob" placeholder="day / month / year">', '17 / 05 / 1990'],
    ['<input name="dob" placeholder="Jour/Mois/Année">', '17/05/1990', 'fr'],
    ['<input name="dob" placeholder="gün.ay.yıl">', '17.05.1990', 'tr'],
    ['<label>Date of birth (day/month/year) <input name="dob"></label>', '17/05/1990'],
    // The form of an example, where it has only one meaning.
    ['<input name="dob" placeholder="31/12/1990">', '17/05/1990'],
    ['<input name="dob" placeholder="e.g. 12/31/1990">', '05/17/1990'],
    ['<input name="dob" placeholder="1990.12.31">', '1990.05.17'],
    ['<input name="dob" placeholder="01/02/1990">', '1990-05-17'],
    // What is no form of a date.
    ['<label>Date of birth (no day/month needed) <input name="dob"></label>', '1990-05-17'],
    ['<label>Date of birth (mm-yyyy, or as in my.id.ab) <input name="dob"></label>', '1990-05-17'],
  ];
  for (const [markup, value, lang] of rows) {
    it(`${lang ?? 'en'}: ${markup}`, async () => {
      expect(await fill(markup, { lang: lang ?? 'en' })).to.deep.equal([value]);
    });
  }
  it('in the three lists of Rails', async () => {
    const list = (part: number, ...values: number[]) =>
      `<select name="user[birthdate(${part}i)]" id="user_birthdate_${part}i"><option value="">-</option>${values
        .map((one) => `<option>${one}</option>`)
        .join('')}</select>`;
    expect(await fill(list(3, 5, 16, 17) + list(2, 4, 5, 6) + list(1, 1989, 1990))).to.deep.equal(['17', '5', '1990']);
  });
  it('or not at all, where a mask makes another date of the same digits', async () => {
    const form = await place('<input name="dob">');
    const [input] = form.elements;
    if (!(input instanceof HTMLInputElement)) throw new Error('no input');
    input.addEventListener('input', () => {
      const [, day = '', month = '', year = ''] = /^(\d{2})(\d{2})(\d{4})$/.exec(input.value.replace(/\D/g, '')) ?? [];
      input.value = day && `${day}/${month}/${year}`;
    });
    await fillForm(form, born('2010-12-05'));
    expect(input.value).to.equal('');
  });
});
