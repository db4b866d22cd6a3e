import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LANGUAGES } from '@signup-with-platform/messages';
import { z } from 'zod';
import { readConfig } from '../../config.ts';
import { DEFAULT_TEMPLATE } from '../../mail/default-template.ts';
import { sampleMails } from '../../mail/mail-samples.ts';
import { mailStyleOf } from '../../mail/render-mail.ts';
import { type BareCommand, parseWordAndOptions } from './command.ts';

const USAGE = 'mail preview DIRECTORY [--language TAG]';

/**
 * Writes every mail as it would be sent, for whoever changes the template or the words, and the template that is used. It needs the settings
 * alone, so it touches no database: whoever looks at the mails of a new version has not upgraded yet.
 */
export const mailPreview: BareCommand = {
  name: 'mail preview',
  usage: USAGE,
  async runBare(words, env) {
    const tags = LANGUAGES.map(({ tag }) => tag);
    const schema = z.object({ language: z.enum(tags, `is one of ${tags.join(', ')}`).default('en') });
    const { word, options } = parseWordAndOptions(words, { language: { type: 'string' } }, schema, USAGE);
    const directory = resolve(word);
    const config = readConfig(env, { sendsMail: false });
    const { render, pickLanguage } = mailStyleOf(config);
    await mkdir(directory, { recursive: true });
    const mails = sampleMails(pickLanguage([options.language], ['mail']), config.platformName, config.publicUrl);
    for (const [name, mail] of mails) {
      const { text, html = '' } = render(mail);
      await writeFile(join(directory, `${name}.txt`), `${mail.subject}\n\n${text}`);
      await writeFile(join(directory, `${name}.html`), html);
    }
    await writeFile(join(directory, 'mail.html.mustache'), config.mailTemplates?.html ?? DEFAULT_TEMPLATE);
    const json = { directory, mails: mails.size, template: 'mail.html.mustache' };
    return { json, text: `${mails.size} mails and the template (${json.template}) are in ${directory}.`, exitCode: 0 };
  },
};
