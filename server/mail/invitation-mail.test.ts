import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LANGUAGES, pickLanguage } from '@signup-with-platform/messages';
import { invitationMail } from './invitation-mail.ts';

const invitation = {
  platform: 'Platform',
  app: 'Fern & Field',
  inviter: 'Ada',
  inviterEmail: 'ada@example.com',
  link: 'https://id.example/account/invitation?code=c',
  lifetimeSeconds: 7 * 24 * 60 * 60,
};

describe('an invitation by mail', () => {
  for (const { tag } of LANGUAGES) {
    it(`says who, to what and where, in ${tag}`, () => {
      const { to, subject, text } = invitationMail('grace@example.com', pickLanguage([tag]), invitation);
      assert.equal(to, 'grace@example.com');
      for (const word of ['Ada', 'Fern & Field']) {
        assert.ok(subject.includes(word) && text.includes(word));
      }
      assert.ok(text.includes('ada@example.com'), 'by an address that cannot be chosen');
      assert.ok(text.includes(`\n\n${invitation.link}\n\n`) && text.includes('7'));
      assert.doesNotMatch(subject + text, /[{}]/);
    });
  }

  it('keeps names within their sentence', () => {
    const { subject, text } = invitationMail('grace@example.com', pickLanguage(['xx']), {
      ...invitation,
      app: 'Shop\r\nBcc: x@example.com',
      inviter: 'Ada\n\nhttps://evil.example\u202e{link}',
    });
    const seen = (words: string) => words.replaceAll('\u200b', '');
    assert.equal(seen(subject), '“Ada https://evil.example {link}” invites you to the app “Shop Bcc: x@example.com”');
    assert.ok(seen(text).startsWith('“Ada https://evil.example {link}” (ada@example.com) invites you'));
    assert.doesNotMatch(text, /evil\.example/, 'no mail program makes a link of it');
  });
});
