import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sampleContext, sampleForm } from './page-samples.ts';
import { signUpPage } from './sign-up-page.ts';

const empty = { ...sampleForm, values: {}, errors: {}, minPasswordLength: 8 };

describe('the sign-up page', () => {
  const { html } = signUpPage(sampleContext, empty);

  test('asks for a name that may be left out, an email and a password', () => {
    assert.match(
      html,
      /<label for="given_name">First name<\/label> <span id="given_name-optional"><span class="tag">Optional<\/span>/,
    );
    assert.match(
      html,
      /<label for="family_name">Last name<\/label> <span id="family_name-optional"><span class="tag">Optional<\/span>/,
    );
    assert.doesNotMatch(html, /<input id="(given|family)_name"[^>]* required/);
    assert.match(html, /<input id="email"[^>]* required/);
    assert.match(html, /<input id="password"[^>]* autocomplete="new-password"\s+minlength="8"[^>]* required/);
    assert.match(html, /At least 8 characters\./);
    assert.match(html, /<button class="button primary" form="sign-up">Create account<\/button>/);
  });

  test('leads back to sign-in', () => {
    assert.match(html, /<a href="\/interaction\/abc\/sign-in">Sign in instead<\/a>/);
  });

  test('hides what only a script can do', () => {
    assert.match(html, /<button class="toggle"[^>]* hidden>Show<\/button>/);
    assert.match(html, /<div class="strength"[^>]* hidden>/);
  });
});

test('each wrong field says what is wrong with it, and the first has the focus', () => {
  const { html } = signUpPage(sampleContext, {
    ...empty,
    values: { email: 'ada' },
    errors: { email: 'valid_email', password: 'too_short' },
  });
  assert.match(html, /role="alert"/);
  assert.match(html, /<input id="email"[^>]* autofocus aria-invalid="true" aria-describedby="email-error"/);
  assert.match(html, /<p class="error" id="email-error">Enter an email address/);
  assert.match(html, /<p class="error" id="password-error">Use at least 8 characters\.<\/p>/);
  assert.doesNotMatch(html, /<input id="given_name"[^>]* aria-invalid/);
});
