import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listening, whatToTry } from './what-to-try.ts';

const URL = 'http://localhost:4000';
const DOCS = `${URL}/docs`;

describe('what npm start prints', () => {
  it('is one place a line, aligned, and what to try', () => {
    const developer = { email: 'developer@example.com', password: 'abcde-fghjk' };
    const text = whatToTry(
      { url: URL, docs: DOCS, mailPage: `${URL}/dev/mail?token=x`, developer },
      { url: 'http://localhost:4100' },
    );
    assert.ok(
      text.startsWith(`
  Platform     http://localhost:4000
  Account      http://localhost:4000/account
  Developers   http://localhost:4000/account/apps
               sign in as developer@example.com, password abcde-fghjk
  Docs         http://localhost:4000/docs
  Demo store   http://localhost:4100
  Test people  http://localhost:4000/sandbox/account
  Mail         http://localhost:4000/dev/mail?token=x

  Try it
`),
      text,
    );
    assert.ok(text.endsWith('\n\n  Stop with Ctrl+C.\n'));
  });

  it('is what there is in production: no demo, no mail, nobody to sign in as', () => {
    const text = whatToTry({ url: 'https://id.example', docs: 'https://id.example/docs' });
    assert.doesNotMatch(text, /Demo|Mail|sign in|Try it/);
    assert.match(text, /^ {2}Docs {9}https:\/\/id\.example\/docs$/m);
  });

  it('does not name a password that is another one by now', () => {
    const text = whatToTry({ url: URL, docs: DOCS, developer: { email: 'developer@example.com' } });
    assert.match(text, /sign in as developer@example\.com, with the password that you have set/);
  });

  it('needs to hear where the program listens', () => {
    assert.deepEqual(listening({ url: URL }), { url: URL });
    for (const message of [undefined, {}, { url: 4000 }]) assert.throws(() => listening(message), /not where/);
  });
});
