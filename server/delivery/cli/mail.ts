import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { LANGUAGES } from '@signup-with-platform/messages';
import { z } from 'zod';
import { DEFAULT_TEMPLATE } from '../../mail/default-template.ts';
import { sampleMails } from '../../mail/mail-samples.ts';
import { createMailRenderer } from '../../mail/render-mail.ts';
import { type Command, parseWordAndOptions } from './command.ts';

const USAGE = 'mail preview DIRECTORY [--language TAG]';

/** Writes every mail as it would be sent, for whoever changes the template or the words, and the template that is used. */
export const mailPreview: Command = {
  name: 'mail preview',
  usage: USAGE,
  async run(words, { config }) {
    const tags = LANGUAGES.map(({ tag }) => tag);
    const schema = z.object({ language: z.enum(tags, `is one of ${tags.join(', ')}`).default('en') });
    const { word, options } = parseWordAndOptions(words, { language: { type: 'string' } }, schema, USAGE);
    const directory = resolve(word);
    const { brand, mailTemplates, publicUrl } = config;
    const render = createMailRenderer(brand, mailTemplates?.html);
    await mkdir(directory, { recursive: true });
    const mails = sampleMails(options.language, config.platformName, publicUrl);
    for (const [name, mail] of mails) {
      const { text, html = '' } = render(mail);
      await writeFile(join(directory, `${name}.txt`), `${mail.subject}\n\n${text}`);
      await writeFile(join(directory, `${name}.html`), html);
    }
    await writeFile(join(directory, 'mail.html.mustache'), mailTemplates?.html ?? DEFAULT_TEMPLATE);
    return { directory, mails: mails.size, template: 'mail.html.mustache' };
  },
};
