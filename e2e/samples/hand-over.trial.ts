import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { NotHere } from '../clients/client.ts';
import { debianPackages } from '../clients/install.ts';
import { openHandOverScene } from '../support/hand-over-scene.ts';
import { openPopup, share } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** What a website in PHP has already: a login, which here asks nothing. */
const SIGN_IN = `<?php session_start(); $_SESSION['member'] = ['id' => 'member-1', 'signed_in_at' => time(), 'email' => 'ada@website.example',
'email_verified' => true, 'given_name' => 'Ada', 'family_name' => 'Byron']; echo '<h1>Hello</h1>';`;

test('[PHP] the sample page hands a member over', async ({ page }) => {
  try {
    await debianPackages('/usr/bin/php', 'php-cli');
  } catch (error) {
    if (error instanceof NotHere) test.skip(true, error.message);
    throw error;
  }
  const folder = temporaryDirectory();
  copyFileSync(join(ROOT, 'examples/hand-over/hand-over.php'), join(folder, 'hand-over.php'));
  writeFileSync(join(folder, 'sign-in.php'), SIGN_IN);
  const words = (port: number) => ['-S', `127.0.0.1:${port}`, '-t', folder];
  const scene = await openHandOverScene({ key: 'rsa', path: '/hand-over.php', command: 'php', words });
  try {
    await page.goto(`${scene.website}/sign-in.php`);
    await page.goto(`${scene.shop}/register`);
    await share(await openPopup(page));
    await expect(page.getByLabel('Email')).toHaveValue('ada@website.example');
  } finally {
    await scene.close();
  }
});
