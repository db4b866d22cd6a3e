import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { ConfigError, readConfig } from '../config.ts';
import { DEFAULT_TEMPLATE } from '../mail/default-template.ts';
import { temporaryDirectory } from '../testing/temporary-directory.ts';

const parent = temporaryDirectory();
function folder(files: Record<string, string>): string {
  const directory = mkdtempSync(join(parent, 'templates-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(directory, name), content);
  return directory;
}
const templatesIn = (MAIL_TEMPLATES: string) => readConfig({ MAIL_TEMPLATES }).mailTemplates;
const MINIMAL = '{{#blocks}}{{#lines}}{{line}}{{/lines}}{{#button}}{{link}} {{label}}{{/button}}{{code}}{{/blocks}}';

describe('an operator’s mail templates', () => {
  it('are the HTML, or words, or both', () => {
    assert.deepEqual(templatesIn(folder({})), { words: new Map() });
    const html = `\uFEFF${MINIMAL}`;
    const words = { confirmAddress: { subject: 'Hi {platform}', text: 'Please:\n\n{link}' } };
    const templates = templatesIn(folder({ 'mail.html': html, 'de.json': JSON.stringify(words), '.gitkeep': '' }));
    assert.equal(templates?.html, MINIMAL);
    assert.deepEqual(
      [...(templates?.words.get('de') ?? [])],
      [
        ['confirmAddress.subject', 'Hi {platform}'],
        ['confirmAddress.text', 'Please:\n\n{link}'],
      ],
    );
  });

  it('may be ours, changed', () =>
    assert.equal(templatesIn(folder({ 'mail.html': DEFAULT_TEMPLATE }))?.html, DEFAULT_TEMPLATE));

  const confirm = (text: string) => JSON.stringify({ confirmAddress: { text } });
  const rows: [files: Record<string, string>, mentioned: RegExp][] = [
    [{ 'mail.htm': MINIMAL }, /mail\.htm is none of mail\.html, en\.json, nl\.json/],
    [{ 'xx.json': '{}' }, /xx\.json is none of/],
    [{ 'mail.html': '<p>{{#blocks}}' }, /mail\.html is no Mustache template \(Unclosed section "blocks"/],
    [{ 'mail.html': `${MINIMAL}{{vendor}}` }, /mail\.html shows \{\{vendor\}\}, which is none of language, /],
    [{ 'mail.html': MINIMAL.replace('{{code}}', '') }, /mail\.html does not show \{\{code\}\}/],
    [{ 'mail.html': MINIMAL.replace('{{link}}', '') }, /mail\.html does not show \{\{link\}\}/],
    [{ 'mail.html': `${MINIMAL}{{{subject}}}` }, /mail\.html shows \{\{\{subject\}\}\} unescaped/],
    [{ 'mail.html': `${MINIMAL}{{&subject}}` }, /mail\.html shows \{\{\{subject\}\}\} unescaped/],
    [{ 'mail.html': `${MINIMAL}{{>footer}}` }, /includes \{\{>footer\}\}/],
    [{ 'mail.html': MINIMAL.padEnd(300_000) }, /mail\.html is larger than 262144 bytes/],
    [{ 'en.json': '{' }, /en\.json: .*JSON/],
    [{ 'en.json': '[]' }, /en\.json: it must be a text, or an object of texts/],
    [{ 'en.json': '{"confirmAddress":{"subject":5}}' }, /en\.json: confirmAddress\.subject must be a text/],
    [{ 'en.json': '{"confirm":{"subject":"x"}}' }, /en\.json: confirm\.subject is no message of ours/],
    [{ 'en.json': '{"__proto__":{"subject":"x"}}' }, /en\.json: __proto__\.subject is no message of ours/],
    [{ 'en.json': confirm('Hello {platform}') }, /confirmAddress\.text needs \{link\}/],
    [
      { 'en.json': confirm('{link} {name}') },
      /confirmAddress\.text has no \{name\} to show: there is platform, link, duration/,
    ],
    [{ 'en.json': confirm('{link') }, /confirmAddress\.text is no ICU message/],
    [{ 'en.json': confirm(' ') }, /confirmAddress\.text is empty/],
  ];
  for (const [files, mentioned] of rows)
    it(`are refused: ${String(mentioned).slice(0, 90)}`, () => {
      assert.throws(
        () => templatesIn(folder(files)),
        (error: unknown) => {
          assert.ok(error instanceof ConfigError, String(error));
          assert.match(error.message, /MAIL_TEMPLATES: /);
          assert.match(error.message, mentioned);
          return true;
        },
      );
    });

  it('are a folder that can be read', () => {
    assert.throws(() => templatesIn(join(parent, 'nowhere')), /MAIL_TEMPLATES: .*nowhere cannot be read \(ENOENT\)/);
    const directory = folder({});
    mkdirSync(join(directory, 'mail.html'));
    assert.throws(() => templatesIn(directory), /MAIL_TEMPLATES: mail\.html cannot be read \(EISDIR\)/);
  });
});
