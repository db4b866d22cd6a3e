import assert from 'node:assert/strict';
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { LANGUAGES } from '@signup-with-platform/messages';
import { CLAIMS, WIDGET_ERRORS } from '@signup-with-platform/protocol';
import { startTestIssuer } from '../client/testing.ts';
import { anchorOf } from '../docs/site/slugs.ts';
import { BARE_COMMANDS, COMMANDS } from '../server/delivery/cli/commands.ts';
import { SUBJECTS } from '../server/delivery/cli/doctor/finding.ts';
import { codeSpans, tableOf, withoutFences } from './markdown.ts';
import { ROOT } from './run.ts';

// Documentation is a promise, so what it names must exist, and what exists must be in it.

const DOCUMENTS = globSync(['*.md', 'docs/**/*.md'], { cwd: ROOT, exclude: ['docs/dist'] }).sort();
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const fences = (markdown: string, language: string) =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, code = '']) => code);
const capturesOf = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, capture = '']) => capture);
const sorted = (values: Iterable<string>) => [...new Set(values)].sort();

const element = read('widget/signup-with-platform.ts');
const documented = (tag: string) => capturesOf(element, new RegExp(`^ \\* @${tag} (?:\\{[^}]*\\} )?([\\w-]+)`, 'gm'));

const firstSpan = (cell = '') => codeSpans(cell)[0] ?? cell;

/** The names after `Label:` in a sentence such as "Parts: `container`, `button`." */
function listOf(markdown: string, label: string): string[] {
  const [sentence = ''] = capturesOf(withoutFences(markdown), new RegExp(`\\b${label}: ([^.]*)\\.`, 'g'));
  assert.notEqual(sentence, '', `there is no sentence "${label}: …"`);
  return codeSpans(sentence);
}

for (const document of DOCUMENTS) {
  describe(document, () => {
    const markdown = read(document);

    it('names only files that exist', () => {
      const topLevel = new Set(readdirSync(ROOT));
      // The table of the server's rooms names them from there.
      const folders = document === 'ARCHITECTURE.md' ? ['', 'server'] : [''];
      const isPath = (code: string) =>
        /^[\w.*-]+(\/[\w.*-]+)*\/?$/.test(code) &&
        (topLevel.has(code) || /\/.*\.(ts|mjs|js|json|md)$/.test(code) || topLevel.has(code.split('/', 1)[0] ?? ''));
      // What is made here by running is not in a new clone.
      const isMade = (code: string) => /^(data|dist|node_modules)\//.test(code);
      // What a link is called may be the file's name in the reader's own folder; where it leads is the next test's.
      const missing = codeSpans(markdown.replaceAll(/\[`[^`\n]+`\]\(/g, '('))
        .filter((code) => code.includes('/') && isPath(code) && !isMade(code))
        .filter((path) =>
          path.includes('*')
            ? globSync(path, { cwd: ROOT }).length === 0
            : !folders.some((folder) => existsSync(join(ROOT, folder, path))),
        );
      assert.deepEqual(missing, []);
    });

    it('links to files and headings that exist', () => {
      const broken = capturesOf(withoutFences(markdown), /\]\(([^)\s]+)\)/g)
        // What the platform serves beside the documents is checked by docs/site/site.test.ts.
        .filter((link) => !/^([a-z]+:|\/)/.test(link))
        .filter((link) => {
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? document : normalize(join(dirname(document), path));
          if (!existsSync(join(ROOT, target))) return true;
          return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
        });
      assert.deepEqual(broken, []);
    });

    it('names only npm scripts that exist', () => {
      const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
      const named = capturesOf(markdown, /npm (?:run )?((?<=run )[\w:]+|start|test)\b/g);
      assert.deepEqual(
        named.filter((name) => !(name in scripts)),
        [],
      );
    });
  });
}

/** The anchors that GitHub makes of headings. */
function anchorsOf(markdown: string): string[] {
  return capturesOf(withoutFences(markdown), /^#+ (.*)$/gm).map(anchorOf);
}

describe('the reference of the settings', () => {
  it('has every setting, with its default', () => {
    const [, schema = ''] = read('server/config.ts').split('const schema = z.object({');
    const settings = [...(schema.split('\n});', 1)[0] ?? '').matchAll(/^ {2}([A-Z_]+): ([\s\S]*?),$/gm)];
    assert.ok(settings.length > 0);
    const rows = new Map(
      tableOf(read('docs/settings.md'), 'Variable').map(([name, value]) => [firstSpan(name), firstSpan(value)]),
    );
    assert.deepEqual(sorted(rows.keys()), sorted(settings.map(([, name = '']) => name)));
    for (const [, name = '', definition = ''] of settings) {
      const [standard] = capturesOf(definition, /\.default\('?([^')]*)'?\)/g);
      if (standard !== undefined) assert.equal(rows.get(name), standard, name);
    }
  });
});

describe('the reference of the commands', () => {
  it('has every command', () => {
    // `audit` alone is another way to say `audit list`.
    const commands = [...COMMANDS, ...BARE_COMMANDS].map(({ name }) => name).filter((name) => name !== 'audit');
    assert.deepEqual(
      sorted(tableOf(read('docs/command-line.md'), 'Command').flatMap(([cell = '']) => codeSpans(cell))),
      sorted(commands),
    );
  });
});

describe('the README', () => {
  it('shows pictures that are there and small', () => {
    const pictures = capturesOf(read('README.md'), /(?:src|srcset)="(docs\/[^"]+)"/g);
    assert.ok(pictures.length >= 2);
    for (const picture of pictures) assert.ok(statSync(join(ROOT, picture)).size <= 150 * 1024, picture);
  });

  it('is one page', () => {
    assert.ok(read('README.md').split('\n').length <= 120);
  });

  const readme = read('README.md');

  it('shows a page whose tag has attributes of the element', () => {
    const [page = ''] = fences(readme, 'html');
    const [attributes = ''] = capturesOf(page, /<signup-with-platform ([^>]*)>/g);
    const used = capturesOf(attributes, /([\w-]+)="/g);
    assert.ok(used.includes('client-id'));
    assert.deepEqual(
      used.filter((name) => !documented('attr').includes(name)),
      [],
    );
    assert.ok(page.trim().split('\n').length <= 10, 'it promises ten lines or fewer');
  });

  it('shows a backend that verifies a credential, and refuses another', async () => {
    await using issuer = await startTestIssuer('/sandbox');
    const directory = mkdtempSync(join(tmpdir(), 'readme-'));
    const before = { ...process.env };
    try {
      const [source = ''] = fences(readme, 'js');
      const file = join(directory, 'backend.mjs');
      writeFileSync(
        file,
        source.replace('@signup-with-platform/client', import.meta.resolve('@signup-with-platform/client')),
      );
      const { personOf } = (await import(pathToFileURL(file).href)) as {
        personOf(form: { credential: string }, nonce: string): Promise<{ id: string; isNew: boolean; email: string }>;
      };
      Object.assign(process.env, { CLIENT_ID: 'a-shop', ISSUER: issuer.issuer });
      const credential = await issuer.sign({ aud: 'a-shop', nonce: 'n-1', sub: 'jane', email: 'jane@example.com' });
      assert.deepEqual(await personOf({ credential }, 'n-1'), {
        id: `${issuer.issuer} jane`,
        isNew: true,
        email: 'jane@example.com',
      });
      await assert.rejects(personOf({ credential }, 'n-2'), { code: 'wrong_nonce' });
    } finally {
      process.env = before;
      rmSync(directory, { recursive: true });
    }
  });
});

describe('the reference of the element', () => {
  const reference = read('docs/element.md');

  it('has every attribute, event, part, slot and custom property of the element', () => {
    assert.deepEqual(
      tableOf(reference, 'Attribute')
        .map(([name]) => firstSpan(name))
        .sort(),
      sorted(documented('attr')),
    );
    assert.deepEqual(
      tableOf(reference, 'Event')
        .map(([name]) => firstSpan(name))
        .sort(),
      sorted(documented('fires')),
    );
    assert.deepEqual(sorted(listOf(reference, 'Parts')), sorted(documented('csspart')));
    assert.deepEqual(sorted(listOf(reference, 'Slots')), sorted(documented('slot')));
    assert.deepEqual(sorted(listOf(reference, 'Custom properties')), sorted(documented('cssproperty')));
  });

  it('has every state, error code and claim', () => {
    const [, union = ''] = read('widget/attempt/signup-flow.ts').split('export type SignupFlow =');
    const states = capturesOf(union.split('export type', 1)[0] ?? '', /name: ((?:'[a-z-]+'(?: \| )?)+)/g);
    const [beginning = '', ending = ''] = capturesOf(reference, /^States: ([\s\S]*?)\.$/gm)[0]?.split(', then ') ?? [];
    assert.deepEqual(
      sorted([...codeSpans(beginning), ...codeSpans(ending)]),
      sorted(states.flatMap((names) => capturesOf(names, /'([a-z-]+)'/g))),
    );
    assert.deepEqual(sorted(listOf(reference, 'Codes')), sorted(Object.values(WIDGET_ERRORS)));
    const [, , meaning = ''] = tableOf(reference, 'Attribute').find(([name]) => firstSpan(name) === 'fields') ?? [];
    assert.deepEqual(sorted(firstSpan(meaning).split(' ')), sorted(CLAIMS));
  });

  it('has every language', () => {
    const [, , meaning = ''] = tableOf(reference, 'Attribute').find(([name]) => firstSpan(name) === 'language') ?? [];
    assert.deepEqual(sorted((meaning.split(': ')[1] ?? '').split(', ')), sorted(LANGUAGES.map(({ tag }) => tag)));
  });

  it('has methods and properties that the element has', () => {
    for (const method of listOf(reference, 'Methods'))
      if (method.endsWith('()')) assert.match(element, new RegExp(`^ {2}${method.slice(0, -2)}\\(`, 'm'), method);
    const inherited = read('widget/form-associated-element.ts');
    for (const property of listOf(reference, 'Properties'))
      assert.match(element + inherited, new RegExp(`^ {2}get ${property}\\(\\)`, 'm'), property);
  });
});

describe('the element', () => {
  const source = read('widget/signup-with-platform.ts');

  it('documents each attribute that it observes, and each event that it has', () => {
    const [properties = ''] = capturesOf(source, /static override properties = \{([\s\S]*?)\n {2}\};/g);
    const observed = [...properties.matchAll(/^ {4}(\w+): \{(?:.*attribute: '([\w-]+)')?/gm)].map(
      ([, name = '', attribute]) => attribute ?? name,
    );
    assert.ok(observed.length > 0);
    const attributes = capturesOf(source, /^ \* @attr (?:\{[^}]*\} )?([\w-]+)/gm);
    assert.deepEqual(
      observed.filter((name) => !attributes.includes(name)),
      [],
    );
    const events = capturesOf(read('widget/events.ts'), /^ +'(signup-[\w-]+)': Signup\w+Event;/gm);
    assert.deepEqual(sorted(capturesOf(source, /^ \* @fires \{\w+\} ([\w-]+)/gm)), sorted(events));
  });
});

describe('the architecture', () => {
  it('guards each invariant by a test', () => {
    const invariants = tableOf(read('ARCHITECTURE.md'), '#');
    const numbers = invariants.map(([number]) => Number(number));
    assert.deepEqual(
      numbers,
      [...new Set(numbers)].sort((a, b) => a - b),
    );
    assert.ok(numbers.length >= 13);
    for (const [number, , holders = '', guards = ''] of invariants) {
      assert.ok(codeSpans(holders).length > 0 && codeSpans(guards).length > 0, `invariant ${number}`);
      for (const guard of codeSpans(guards)) assert.match(guard, /(test|spec|-contract)\.ts$/);
    }
  });
});

describe('the page about conformance', () => {
  it('has each module of the conformance suite that is a test', () => {
    const page = read('docs/conformance.md');
    const tests = codeSpans(page).filter((path) => path.startsWith('server/') && path.endsWith('.test.ts'));
    const titles = tests.flatMap((path) => capturesOf(read(path), /'(oidcc-[\w-]+)'/g));
    const modules = titles.filter((title) => !title.endsWith('-plan'));
    const rows = tableOf(page, 'Module').map(([name]) => firstSpan(name));
    assert.ok(rows.length > 0);
    assert.deepEqual(sorted(rows), sorted(modules));
  });
});

describe('the page for operators', () => {
  const page = read('docs/operate.md');

  it('has every subject of the doctor, in order', () => {
    const codes = tableOf(page, 'Code').map(([name]) => firstSpan(name));
    assert.deepEqual(codes, [...SUBJECTS]);
  });

  it('prints the samples of proxies as they are tested', () => {
    for (const [language, file] of [
      ['nginx', 'nginx.conf'],
      ['caddy', 'Caddyfile'],
      ['yaml', 'traefik.yml'],
    ] as const) {
      assert.ok(fences(page, language).includes(read(`deploy/${file}`)), file);
    }
  });

  it('prints the sample of a load balancer as it is tested', () => {
    assert.ok(fences(read('docs/scaling.md'), 'haproxy').includes(read('deploy/haproxy.cfg')));
  });

  it('names metrics that there are', () => {
    const source = ['requests', 'attempts', 'outbox', 'resources', 'traces', 'bounds', 'bot-checks', 'directory']
      .map((name) => read(`server/metrics/${name}.ts`))
      .join('');
    const named = capturesOf(page, /`([a-z]+(?:_[a-z]+)+_(?:total|waiting|seconds)(?:_count)?)`/g);
    assert.ok(named.length > 2);
    for (const name of named) assert.match(source, new RegExp(`\\b${name.replace(/_count$/, '')}\\b`));
  });
});

describe('the decisions', () => {
  const files = readdirSync(join(ROOT, 'docs/decisions'))
    .filter((name) => /^\d{4}-.*\.md$/.test(name))
    .sort();

  it('say from when they are, and whether they hold', () => {
    for (const name of files)
      assert.match(read(`docs/decisions/${name}`), /^# .+\n\nDate: \d{4}-\d\d-\d\d\. .*\bStatus: /, name);
  });

  it('are all in their index, in order, with their own titles', () => {
    const rows = tableOf(read('docs/decisions/README.md'), '#').map(
      ([link = '', title = '']) => `${/\((.*)\)/.exec(link)?.[1]}: ${title}`,
    );
    const titles = files.map((name) => {
      const [number = '', title = ''] = capturesOf(read(`docs/decisions/${name}`), /^# (.*)$/gm)[0]?.split(': ') ?? [];
      assert.equal(number, name.slice(0, 4));
      return `${name}: ${title}`;
    });
    assert.deepEqual(rows, titles);
  });
});
