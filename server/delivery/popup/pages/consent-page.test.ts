import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { consentPage } from './consent-page.ts';
import { sampleConsent, sampleConsentWithGaps, sampleContext, sampleForm } from './page-samples.ts';

describe('the consent page', () => {
  const { html } = consentPage(sampleContext, sampleConsent);

  test('shows with whom, at which address, and as whom', () => {
    assert.match(html, /<h1 ?>Share your details with <bdi>Bonsai &amp; Bark<\/bdi>\?<\/h1>/);
    const [, card = ''] = html.split('<div class="vendor">');
    assert.match(
      card,
      /^.*?class="name"><span class="clamp"><bdi>Bonsai &amp; Bark<\/bdi>.*?<bdi dir="ltr">https:\/\/bonsai\.example<\/bdi>/s,
    );
    assert.match(html, /Signed in as<\/span> <b><bdi>Ada Lovelace<\/bdi><\/b>/);
    assert.match(
      html,
      /action="\/interaction\/abc\/switch-account".*<button class="link">Use another account<\/button>/s,
    );
  });

  test('tells an address once: not as the account, when it is among what is shared', () => {
    assert.equal(html.match(/ada@example\.com/g)?.length, 1);
    const { fields } = sampleConsent;
    const withoutEmail = { ...sampleConsent, fields: fields.filter(({ field }) => field !== 'email') };
    const account = /<b><bdi>Ada Lovelace<\/bdi><\/b><\/p>\n<p class="muted"><bdi dir="ltr">ada@example\.com<\/bdi>/;
    assert.match(consentPage(sampleContext, withoutEmail).html, account);
  });

  test('names the group of what can be ticked', () => {
    const legend = '<legend class="hidden" id="receives"><bdi>Bonsai &amp; Bark</bdi> will receive</legend>';
    const [, group = ''] = html.split(`<fieldset>${legend}`);
    assert.equal(html.match(/type="checkbox"/g)?.length, group.match(/type="checkbox"/g)?.length);
  });

  test('links to what the vendor promises, without telling it who looks', () => {
    assert.match(
      html,
      /<a href="https:\/\/bonsai\.example\/privacy" target="_blank" rel="noopener noreferrer">Privacy policy/,
    );
    assert.match(
      html,
      /<a href="https:\/\/bonsai\.example\/terms" target="_blank" rel="noopener noreferrer">Terms of service/,
    );
  });

  test('shows the very values', () => {
    assert.match(html, /<bdi>Keizersgracht 174<\/bdi><br><bdi>1016 DW Amsterdam<\/bdi><br><bdi>Netherlands<\/bdi>/);
    assert.match(html, /<bdi dir="ltr">\+31612345678<\/bdi>/);
  });

  test('says why the shop asks, in its own words, as text', () => {
    assert.match(
      html,
      /<p class="reason small muted" dir="auto" id="share-phone_number-reason"><bdi>The courier &lt;b&gt;rings&lt;\/b&gt; when/,
    );
    assert.match(
      html,
      /id="share-phone_number"[^>]*aria-describedby="share-phone_number-value share-phone_number-reason"/,
    );
    assert.equal(html.match(/class="reason/g)?.length, 1);
  });

  test('says which address has not been confirmed', () => {
    assert.match(html, /<bdi dir="ltr">ada@example\.com<\/bdi> <span class="tag warn">Not confirmed yet<\/span>/);
  });

  test('lets optional fields be refused, and no required one', () => {
    assert.match(html, /<input type="checkbox" id="share-address" name="share" value="address" checked/);
    assert.match(
      html,
      /<input type="checkbox" id="share-phone_number" name="share" value="phone_number"\s+aria-describedby/,
    );
    assert.match(html, /<input type="hidden" name="share" value="email">/);
    assert.doesNotMatch(html, /<input type="checkbox"[^>]*value="(name|email)"/);
  });

  test('sends with one button, and leaves with another form', () => {
    assert.match(
      html,
      /<form class="stack" id="consent" method="post" action="\/interaction\/abc\/consent"\s+data-deliberate="[^"]+"\s*>/,
    );
    assert.match(html, /<button class="button primary" form="consent">Share and continue<\/button>/);
    assert.match(html, /<form\s+method="post" action="\/interaction\/abc\/cancel"\s*>/);
  });
});

describe('what the account lacks', () => {
  const page = consentPage(sampleContext, sampleConsentWithGaps);

  test('is asked for in place, under the names of the contract', () => {
    for (const name of ['given_name', 'family_name', 'phone_number', 'postal_code', 'locality', 'region'])
      assert.match(page.html, new RegExp(`<input id="${name}" name="${name}"`));
    assert.match(page.html, /<textarea id="street_address" name="street_address"/);
    assert.match(
      page.html,
      /<select id="country" name="country"[\s\S]*<option value="NL" selected>Netherlands<\/option>/,
    );
  });

  test('is insisted on by the browser only where the field cannot be refused', () => {
    assert.match(page.html, /<input id="given_name"[^>]* required/);
    assert.doesNotMatch(page.html, /<input id="phone_number"[^>]* required/);
    assert.doesNotMatch(page.html, /<input id="region"[^>]* required/);
  });

  test('says what is wrong below the input, and starts at the first', () => {
    assert.match(
      page.html,
      /<input id="given_name"[^>]* autofocus aria-invalid="true" aria-describedby="given_name-error"/,
    );
    assert.match(page.html, /<p class="error" id="phone_number-error">Enter the number with its country code/);
  });

  test('summarises what is known to the vendor already', () => {
    assert.match(page.html, /Shared before and sent again: email address and language\./);
  });

  test('allows the picture it shows, and no other', () => {
    assert.match(page.contentSecurityPolicy, /img-src 'self' data: https:\/\/pictures\.example;/);
  });
});

test('a picture that cannot be shown safely is shown as its address', () => {
  const { html } = consentPage(sampleContext, {
    ...sampleConsent,
    fields: [{ field: 'picture', required: true, checked: true, value: 'http://elsewhere.example/a.png', inputs: [] }],
  });
  assert.match(html, /<bdi>http:\/\/elsewhere\.example\/a\.png<\/bdi>/);
});

test('with nothing to share it says that only an ID travels', () => {
  const { html } = consentPage(sampleContext, { ...sampleForm, account: {}, fields: [], alreadyShared: [] });
  assert.match(html, /Only an ID made for <bdi>Bonsai &amp; Bark<\/bdi>/);
});

test('what the vendor says about a refusal is text, between its name and the form', () => {
  const message = '</p><script>alert(1)</script> \u202e!';
  const { html } = consentPage(sampleContext, { ...sampleConsent, vendorRefusal: { message } });
  const [, alert = ''] = /role="alert"[^>]*>(.*)<form class="stack" id="consent"/s.exec(html) ?? [];
  const said = 'Your account at <bdi>Bonsai &amp; Bark</bdi> couldn’t be created. The shop says:';
  const shown = '<bdi>&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt; \u202e!</bdi>';
  assert.ok(alert.includes(`${said}<br>${shown}`), alert);
});

test('a vendor that cannot be reached is said so in our words', () => {
  const { html } = consentPage(sampleContext, { ...sampleConsent, vendorRefusal: {} });
  assert.match(html, /role="alert".*<bdi>Bonsai &amp; Bark<\/bdi> couldn’t be created just now/s);
});

test('links that are none are left out', () => {
  const vendor = { name: 'V', origin: 'https://v.example', privacyPolicyUri: 'javascript:alert(1)', termsUri: 'terms' };
  const { html } = consentPage({ ...sampleContext, vendor }, sampleConsent);
  assert.doesNotMatch(html, /Privacy policy|Terms of service/);
});
