import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { en } from '../strings/en.ts';
import { labels } from '../strings/labels.ts';
import { sharedFields } from './done-line.ts';

const who = { iss: 'https://id.example', sub: 'u', isNewUser: false };
const strings = { ...en, ...labels };

describe('what was shared, in a sentence', () => {
  it('names each field once, as in the middle of a sentence', () => {
    const address = { locality: 'Amsterdam' };
    const user = { ...who, name: 'Jane Doe', given_name: 'Jane', email: 'jane@example.com', address };
    assert.equal(sharedFields(user, strings), 'name, email, address');
  });

  it('calls a part of a name a name', () => {
    assert.equal(sharedFields({ ...who, family_name: 'Doe' }, strings), 'name');
  });

  it('is empty when nothing was shared', () => {
    assert.equal(sharedFields(who, strings), '');
  });
});
