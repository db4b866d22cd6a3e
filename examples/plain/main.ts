// The element works without this code: it fills the form, and the form submits the credential. This only shows what happens.
import type {} from 'signup-with-platform';

const form = document.querySelector('form') as HTMLFormElement;
const element = document.querySelector('signup-with-platform') as HTMLElementTagNameMap['signup-with-platform'];
const say = (text: string) => {
  (document.querySelector('#notice') as HTMLElement).textContent = text;
};

element.addEventListener('signup-success', ({ detail }) => say(`Nice to meet you, ${detail.user?.given_name}.`));
element.addEventListener('signup-cancel', () => say('No problem: fill in the form yourself.'));
element.addEventListener('signup-error', ({ detail }) => say(`That did not work: ${detail.message}`));

form.addEventListener('submit', (event) => {
  // A real page submits the form to its backend, which verifies the credential.
  event.preventDefault();
  const { name, email, credential } = Object.fromEntries(new FormData(form));
  say(`Welcome, ${name} <${email}>${credential ? ', vouched for by the platform' : ''}.`);
});
