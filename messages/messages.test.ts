import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { generatedFiles } from './build/write-generated.ts';
import { readMessages, speaks } from './catalogue.ts';
import { LANGUAGES, PUBLIC_SECTIONS, SECTIONS } from './languages.ts';
import { BUTTON_LABEL_LENGTH, BUTTON_LABELS } from './testing/button-labels.ts';
import { problemsOf } from './testing/message-problems.ts';

const sectionsOf = (tag: string) => SECTIONS.filter((section) => speaks(tag, section));

for (const { tag, direction } of LANGUAGES) {
  describe(`the words in ${tag}`, () => {
    it('are there for all that people meet', () =>
      assert.deepEqual(
        PUBLIC_SECTIONS.filter((section) => !speaks(tag, section)).map((section) => `messages/${tag}/${section}.json`),
        [],
        'these files are missing',
      ));

    for (const section of sectionsOf(tag)) {
      const english = readMessages('en', section);
      const own = readMessages(tag, section);
      it(`${section}: has the messages of English, and none besides`, () =>
        assert.deepEqual([...own.keys()].sort(), [...english.keys()].sort()));
      it(`${section}: is sound`, () =>
        assert.deepEqual(
          [...own].flatMap(([path, text]) =>
            problemsOf(text, tag, english.get(path)).map((problem) => `${section}.${path} ${problem}`),
          ),
          [],
        ));
      it(`${section}: has labels that fit on a button`, () =>
        assert.deepEqual(
          BUTTON_LABELS.filter((key) => key.startsWith(`${section}.`))
            .map((key) => own.get(key.slice(section.length + 1)) ?? key)
            .filter((label) => label.length > BUTTON_LABEL_LENGTH),
          [],
        ));
    }

    it('run in the direction of their script', () =>
      assert.equal(direction, new Set(['ar', 'fa', 'he', 'ur']).has(tag) ? 'rtl' : 'ltr'));

    if (speaks(tag, 'shared')) {
      it('name no account in what a failed sign-in says', () =>
        assert.doesNotMatch(
          readMessages(tag, 'shared').get('signIn.errors.invalid_credentials') ?? 'account',
          /account|konto|compte|cuenta|conta\b|hesap|حساب|חשבון|アカウント/i,
        ));
    }
  });
}

describe('the catalogue', () => {
  it('has a folder for each language of the list, and no other', () => {
    const others = ['build', 'generated', 'testing', 'node_modules'];
    const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !others.includes(entry.name))
      .map(({ name }) => name);
    assert.deepEqual(folders.sort(), LANGUAGES.map(({ tag }) => tag).sort());
    for (const folder of folders)
      for (const file of readdirSync(join(import.meta.dirname, folder)))
        assert.ok(
          SECTIONS.some((section) => file === `${section}.json`),
          `${folder}/${file} is no section`,
        );
  });

  it('speaks at least six languages to developers', () => {
    const tags = LANGUAGES.map(({ tag }) => tag).filter((tag) => speaks(tag, 'vendor'));
    for (const tag of ['en', 'nl', 'de', 'fr', 'es', 'ar']) assert.ok(tags.includes(tag), tag);
  });

  it('has generated files that are up to date: if not, run `npm run messages`', () => {
    for (const [file, text] of generatedFiles()) assert.equal(readFileSync(file, 'utf8'), text);
  });

  it('calls nothing but the password so in English, for whoever looks for it by its label', () => {
    const labels = [...readMessages('en', 'shared')].filter(([path]) =>
      /^(inputs|fields)\.|^password\.(show|hide)$/.test(path),
    );
    assert.ok(labels.length > 10);
    for (const [path, label] of labels) assert.doesNotMatch(label, /password/i, path);
  });
});
