import { expect, fixture, html } from '@open-wc/testing';
import { hasLearned } from '../fields/learn-spellings.ts';
import { fillForm } from './fill-form.ts';

// In a page of its own, because what has been learned stays.

const jane = {
  iss: 'https://platform.example',
  sub: '1',
  isNewUser: true,
  given_name: 'Jane',
  family_name: 'Doe',
  email: 'jane@example.com',
};

async function place(markup: string, lang: string): Promise<HTMLFormElement> {
  const form = await fixture<HTMLFormElement>(html`<form lang=${lang}></form>`);
  form.innerHTML = markup;
  return form;
}

const valuesOf = (form: HTMLFormElement) => [...form.querySelectorAll('input')].map(({ value }) => value);

async function fill(labels: readonly string[], lang: string): Promise<string[]> {
  const form = await place(labels.map((label) => `<label>${label} <input></label>`).join(''), lang);
  await fillForm(form, jane);
  return valuesOf(form);
}

describe('what fields are called in other languages', () => {
  it('is not loaded for a form that English explains', async () => {
    expect(await fill(['First name', 'Last name', 'Email'], 'en-GB')).to.deep.equal([
      'Jane',
      'Doe',
      'jane@example.com',
    ]);
    expect(hasLearned()).to.equal(false);
  });

  it('is loaded for a form that only says that it is English, though English explains what its controls are called', async () => {
    const form = await place(
      '<label>Voornaam <input name="first_name"></label><label>E-mail van een vriend <input name="email"></label>',
      'en',
    );
    await fillForm(form, jane);
    expect(valuesOf(form)).to.deep.equal(['Jane', '']);
    expect(hasLearned()).to.equal(true);
  });

  it('is loaded for a form that only says that it is English', async () => {
    expect(await fill(['Voornaam', 'Achternaam', 'E-mail'], 'en')).to.deep.equal(['Jane', 'Doe', 'jane@example.com']);
    expect(hasLearned()).to.equal(true);
  });
});
