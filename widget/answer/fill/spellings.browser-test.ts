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

async function fill(labels: readonly string[], lang: string): Promise<string[]> {
  const form = await fixture<HTMLFormElement>(html`<form lang=${lang}></form>`);
  form.innerHTML = labels.map((label) => `<label>${label} <input></label>`).join('');
  await fillForm(form, jane);
  return [...form.querySelectorAll('input')].map(({ value }) => value);
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

  it('is loaded for a form that only says that it is English', async () => {
    expect(await fill(['Voornaam', 'Achternaam', 'E-mail'], 'en')).to.deep.equal(['Jane', 'Doe', 'jane@example.com']);
    expect(hasLearned()).to.equal(true);
  });
});
