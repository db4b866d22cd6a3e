import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { DEFAULT_TEMPLATE } from '../../mail/default-template.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import { mailPreview } from './mail.ts';

const env = { PLATFORM_NAME: 'Acme' };

describe('mail preview', () => {
  it('writes every mail as text and HTML, and the template, into a folder that need not be there', async () => {
    const directory = join(temporaryDirectory(), 'new');
    const { json, text, exitCode } = await mailPreview.runBare([directory, '--language', 'nl'], env);
    const { mails } = json as { mails: number };
    const files = readdirSync(directory);
    assert.equal(files.length, 2 * mails + 1);
    assert.deepEqual([exitCode, text.includes(directory)], [0, true]);
    assert.match(
      readFileSync(join(directory, 'confirm-address.txt'), 'utf8'),
      /^Bevestig je e-mailadres voor Acme\n\n/,
    );
    assert.match(readFileSync(join(directory, 'confirm-address.html'), 'utf8'), /<html lang="nl" dir="ltr">/);
    assert.equal(readFileSync(join(directory, 'mail.html.mustache'), 'utf8'), DEFAULT_TEMPLATE);
  });

  it('says which languages there are', async () => {
    await assert.rejects(mailPreview.runBare(['x', '--language', 'xx'], env), /--language: is one of en, nl, de/);
    await assert.rejects(mailPreview.runBare([], env), /Usage: mail preview DIRECTORY/);
  });
});
