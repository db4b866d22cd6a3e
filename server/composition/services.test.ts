import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { readConfig } from '../config.ts';
import { addressKnownMail } from '../mail/messages.ts';
import { migrate, openDatabase } from '../storage/database.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { createServices } from './services.ts';

it('mails of each platform in a process speak its own operator’s words', async (test) => {
  const folderOf = (subject: string) => {
    const folder = temporaryDirectory();
    writeFileSync(join(folder, 'en.json'), JSON.stringify({ addressKnown: { subject } }));
    return { MAIL_TEMPLATES: folder };
  };
  const open = async (settings: Record<string, string>) => {
    const config = readConfig({ ...settings, DATA_DIR: temporaryDirectory() });
    const database = openDatabase(config);
    await migrate(database.db);
    const services = await createServices(config, database, { warn: () => {}, error: () => {}, info: () => {} });
    test.after(async () => {
      await services.mailer.close();
      await database.close();
    });
    return services;
  };
  const platforms = [await open(folderOf('Known at {platform}')), await open({}), await open(folderOf('{platform}!'))];
  const subjects = platforms.map(
    ({ mailer }) => addressKnownMail('ada@example.com', mailer.languageFor(['en-GB']), 'Acme').subject,
  );
  assert.deepEqual(subjects, ['Known at Acme', 'You already have an account at Acme', 'Acme!']);
});
