import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PageContext } from '#pages/models.ts';
import { handedToScripts } from '#testing/http-journey.ts';
import { consentPage } from './consent-page.ts';
import { deliverPage } from './deliver-page.ts';
import { errorPage } from './error-page.ts';
import { formPostPage } from './form-post-page.ts';
import { leavingPage } from './leaving-page.ts';
import { sampleConsent, sampleConsentWithGaps, sampleContext, sampleSignIn } from './page-samples.ts';
import { passkeyOfferPage } from './passkey-offer-page.ts';
import { signInPage } from './sign-in-page.ts';
import { signUpPage } from './sign-up-page.ts';

/** Whatever a vendor, a person or a request brings along arrives as text. */

const HOSTILE = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</title><img src=x onerror=alert(1)>',
  '</textarea><b>',
  '</option></select><b>',
  '"><svg onload=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '{vendor} {{alert(1)}}',
  '?lit$1234$<!--?lit$-->',
  'line\u2028separator\u2029',
  '\u202egnp.elpmaxe\u2066',
  '&lt;b&gt; & &#60;',
  '\0\n\r\t',
];

function everyPage(text: string): string[] {
  const context: PageContext = {
    ...sampleContext,
    platformName: text,
    realm: 'sandbox',
    languages: [text],
    vendor: { name: text, origin: text, logoUri: text, privacyPolicyUri: text, termsUri: text },
    ready: { state: text, origin: 'https://bonsai.example' },
    formTargets: [text],
  };
  const form = { action: '/interaction/abc', csrf: text };
  const gaps = sampleConsentWithGaps.fields.map((row) => ({
    ...row,
    inputs: row.inputs.map((input) => ({ ...input, value: text })),
  }));
  const values = sampleConsent.fields.map((row) => ({ ...row, value: text }));
  return [
    signInPage(context, {
      ...form,
      passkey: { challenge: text, rpId: text },
      email: text,
      personas: [{ key: text, name: text, trait: 'complete' }],
    }),
    passkeyOfferPage(context, {
      ...form,
      creation: {
        challenge: text,
        rp: { name: text },
        user: { id: text, name: text, displayName: text },
        pubKeyCredParams: [],
      },
    }),
    signUpPage(context, {
      ...form,
      values: { given_name: text, family_name: text, email: text },
      errors: {},
      minPasswordLength: 8,
    }),
    consentPage(context, { ...sampleConsent, ...form, account: { name: text, email: text }, fields: values }),
    consentPage(context, { ...sampleConsentWithGaps, ...form, fields: gaps }),
    deliverPage(context, {
      message: { type: 'signup-with-platform:response', state: text, iss: text, error_description: text },
      targetOrigin: 'https://bonsai.example',
    }),
    errorPage(context, { code: 'invalid_request', developerHint: text, requestId: text }),
    formPostPage(context, { address: 'https://bonsai.example/back', fields: { state: text, error_description: text } }),
    leavingPage(context, { address: 'https://bonsai.example/back', fields: { state: text } }),
  ].map(({ html, contentSecurityPolicy }) => {
    assert.doesNotMatch(contentSecurityPolicy, /alert|script>|[\0\n]/);
    return html;
  });
}

/** The tags of a page, without attributes: what the browser would build. */
const structure = (html: string) =>
  [...html.replace(/(<(script|style)\b[^>]*>)[\s\S]*?(?=<\/\2>)/g, '$1').matchAll(/<\/?[a-z][a-z\d-]*/gi)].map(String);

const harmless = everyPage('harmless').map(structure);
// A text with line breaks is set in lines; nothing else about the structure may depend on a text.
const withoutLines = (tags: string[]) => tags.filter((tag) => !/^<\/?(br|bdi)$/.test(tag));

for (const text of HOSTILE) {
  test(`the structure of each page is the same with ${JSON.stringify(text)}`, () => {
    for (const [index, html] of everyPage(text).entries())
      assert.deepEqual(withoutLines(structure(html)), withoutLines(harmless[index] ?? []));
  });
}

describe('a name', () => {
  const override = '\u202eevil\u202d';
  test('that turns the direction around is isolated wherever it stands in text', () => {
    const context = { ...sampleContext, vendor: { name: override, origin: 'https://bonsai.example' } };
    const { html } = signInPage(context, {
      ...sampleSignIn,
      personas: [{ key: 'a', name: override, trait: 'complete' }],
    });
    const { html: consent } = consentPage(context, { ...sampleConsent, account: { name: override } });
    for (const page of [html, consent]) {
      const all = page.split(override).length - 1;
      assert.ok(all > 0);
      assert.equal(page.split(`<bdi>${override}</bdi>`).length - 1, all);
    }
  });
});

test('a message arrives in the script’s data as it was sent', () => {
  for (const text of HOSTILE.filter((candidate) => !candidate.includes('\0'))) {
    const message = { type: 'signup-with-platform:response', state: text, iss: 'https://acme.example' } as const;
    const { ready: _, ...context } = sampleContext;
    const { html } = deliverPage(context, { message, targetOrigin: 'https://bonsai.example' });
    assert.deepEqual(handedToScripts(html), [{ message, targetOrigin: 'https://bonsai.example' }]);
  }
});
