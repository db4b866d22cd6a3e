import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig } from '../../config.ts';
import { DEFAULT_TEMPLATE } from '../../mail/default-template.ts';
import { temporaryDirectory } from '../../testing/temporary-directory.ts';
import type { CommandContext } from './command.ts';
import { mailPreview } from './mail.ts';

const context = { config: readConfig({ PLATFORM_NAME: 'Acme' }) } as CommandContext;

describe('mail preview', () => {
  it('writes every mail as text and HTML, and the template, into a folder that need not be there', async () => {
    const directory = join(temporaryDirectory(), 'new');
    const { mails } = await mailPreview.run([directory, '--language', 'nl'], context);
    const files = readdirSync(directory);
    assert.equal(files.length, 2 * Number(mails) + 1);
    assert.match(
      readFileSync(join(directory, 'confirm-address.txt'), 'utf8'),
      /^Bevestig je e-mailadres voor Acme\n\n/,
    );
    assert.match(readFileSync(join(directory, 'confirm-address.html'), 'utf8'), /<html lang="nl" dir="ltr">/);
    assert.equal(readFileSync(join(directory, 'mail.html.mustache'), 'utf8'), DEFAULT_TEMPLATE);
  });

  it('says which languages there are', async () => {
    await assert.rejects(mailPreview.run(['x', '--language', 'xx'], context), /--language: is one of en, nl, de/);
    await assert.rejects(mailPreview.run([], context), /Usage: mail preview DIRECTORY/);
  });
});
