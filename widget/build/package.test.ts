import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'vite';
import type { ElementDeclaration, Manifest } from './custom-elements.ts';
import { buildPackage } from './package.ts';

// Tests the package as a vendor gets it: built, and installed into a project of its own.

const ROOT = join(import.meta.dirname, '../..');
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const run = (...words: string[]) =>
  promisify(execFile)(process.execPath, ['--no-warnings', ...words], { cwd: project }).catch(
    ({ stdout, stderr }: { stdout: string; stderr: string }) => ({ stdout, stderr }),
  );
const bin = (path: string) => join(ROOT, 'node_modules', path);

let project: string;
let installed: string;
before(async () => {
  project = mkdtempSync(join(tmpdir(), 'vendor-page-'));
  installed = join(project, 'node_modules/signup-with-platform');
  const dist = join(project, 'dist');
  await buildPackage(dist);
  cpSync(dist, installed, { recursive: true });
  rmSync(dist, { recursive: true });
  const places: Record<string, string> = { '@lit-labs/ssr': join(ROOT, 'examples/node_modules/@lit-labs/ssr') };
  for (const name of [
    'lit',
    'jose',
    'vue',
    'svelte',
    'react',
    '@types/react',
    '@lit-labs/ssr-client',
    '@lit-labs/ssr',
  ]) {
    const link = join(project, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(places[name] ?? bin(name), link);
  }
  writeFileSync(join(project, 'package.json'), '{"type":"module"}');
});
after(() => rmSync(project, { recursive: true }));

test('importing it in Node has no side effect, and its server entry renders', async () => {
  writeFileSync(
    join(project, 'server.js'),
    `import 'signup-with-platform';
import 'signup-with-platform/react';
import 'signup-with-platform/server';
import { html, render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
const rendered = (language) => collectResult(render(html\`<signup-with-platform
  client-id="c" language=\${language} redirect-uri="/back" response-type="code" remember required
></signup-with-platform>\`));
const [none, german] = [await rendered(''), await rendered('DE-at')];
const named = await collectResult(
  render(html\`<signup-with-platform client-id="c" platform-name="Acme <ID>"></signup-with-platform>\`),
);
console.log(JSON.stringify([
  typeof window,
  none.includes('Sign up with Platform'),
  german.includes('lang="de"'),
  none.includes('shadowrootmode="open"'),
  named.includes('Sign up with Acme &lt;ID&gt;'),
]));`,
  );
  const { stdout, stderr } = await run('server.js');
  assert.equal(stderr, '');
  assert.deepEqual(JSON.parse(stdout), ['undefined', true, true, true, true]);
});

test('Vite bundles it, with separate files for what follows a click', async () => {
  writeFileSync(join(project, 'index.html'), '<!doctype html><script type="module" src="./page.js"></script>');
  writeFileSync(join(project, 'page.js'), "import 'signup-with-platform';");
  await build({ root: project, configFile: false, logLevel: 'error', build: { outDir: 'bundle' } });
  const names = readdirSync(join(project, 'bundle/assets'));
  const [entry = ''] = names.filter((name) => name.startsWith('index-'));
  const source = read(project, 'bundle/assets', entry);
  assert.match(source, /customElements\.define\([`"']signup-with-platform/);
  assert.doesNotMatch(source, /litElementHydrateSupport=|jwtVerify/);
  for (const part of ['attempt', 'answer', 'nl'])
    assert.ok(
      names.some((name) => name.startsWith(`${part}-`)),
      part,
    );
});

const elementOf = (directory: string) => {
  const { modules } = JSON.parse(read(directory, 'custom-elements.json')) as Manifest;
  return modules[0]?.declarations[0] as ElementDeclaration;
};
const exportsOf = (directory: string) =>
  (JSON.parse(read(directory, 'package.json')) as { exports: Record<string, unknown> }).exports;

test('publint and arethetypeswrong find no problem', async () => {
  const { stdout } = await run(bin('publint/src/cli.js'), installed, '--strict', '--pack', 'npm');
  assert.match(stdout, /All good!/);
  // It is for bundlers and for ES modules in Node, because `require` has no use for an element.
  const options = ['--pack', installed, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji', '--no-color'];
  const { stdout: verdicts } = await run(bin('@arethetypeswrong/cli/dist/index.js'), ...options);
  const found = verdicts.match(/^(node16 \(from ESM\)|bundler): .*/gm) ?? [];
  assert.equal(found.length, 2 * Object.keys(exportsOf(installed)).length);
  for (const verdict of found) assert.match(verdict, /: OK/);
});

test('the files that register the element are the ones that bundlers keep unasked', () => {
  const { sideEffects } = JSON.parse(read(installed, 'package.json')) as { sideEffects: string[] };
  for (const file of sideEffects) assert.ok(read(installed, file).length > 0, file);
  const registering = globSync('esm/widget/*.js', { cwd: installed }).filter((file) =>
    /^import ["']/m.test(read(installed, file)),
  );
  assert.ok(registering.length > 2);
  for (const file of registering) assert.ok(sideEffects.includes(`./${file}`), file);
});

test('each script has a source map that contains the sources', () => {
  // Style sheets have no source, because the build evaluates them.
  const scripts = globSync('**/*.js', { cwd: installed }).filter(
    (file) => !file.endsWith('.styles.js') && /sourceMappingURL/.test(read(installed, file)),
  );
  assert.ok(scripts.length > 50, `${scripts.length}`);
  // Words are data: there is nothing to step through.
  for (const file of scripts.filter((each) => !/\/[a-z]{2}(-[\w-]{8})?\.js$/.test(each))) {
    const { sourcesContent } = JSON.parse(read(installed, `${file}.map`)) as { sourcesContent?: string[] };
    assert.ok(
      sourcesContent?.every((source) => source.length > 0),
      file,
    );
  }
});

test('correct attributes and events have types, and incorrect ones are errors', async () => {
  const files = {
    'dom.ts': `
import { SignupWithPlatform, type SignupErrorEvent } from 'signup-with-platform';
const element: SignupWithPlatform = document.createElement('signup-with-platform');
element.addEventListener('signup-success', ({ detail }) => detail.user?.email?.trim());
element.addEventListener('signup-error', (event: SignupErrorEvent) => event.detail.code === 'popup_blocked');
element.text = 'signin';
// @ts-expect-error: no such words
element.text = 'register';
// @ts-expect-error: it only tells
element.state = 'idle';`,
    'react.tsx': `
import type {} from 'signup-with-platform/react';
const success = <signup-with-platform client-id="c" required className="x" aria-label="y" ref={(element) => void element?.signUp()}
  onsignup-success={({ detail }) => detail.credential?.trim()} onsignup-error={({ detail }) => detail.message.trim()} />;
// @ts-expect-error: no such theme
const theme = <signup-with-platform client-id="c" theme="pink" />;
// @ts-expect-error: an id is text
const id = <signup-with-platform client-id={7} />;
// @ts-expect-error: the attribute is client-id
const name = <signup-with-platform clientId="c" />;
// @ts-expect-error: that event has no credential
const cancel = <signup-with-platform onsignup-cancel={({ detail }) => detail.credential} />;
export const all = [success, theme, id, name, cancel];`,
    'vue.ts': `
import type { GlobalComponents } from 'vue';
import type {} from 'signup-with-platform/vue';
type Props = InstanceType<GlobalComponents['signup-with-platform']>['$props'];
export const right: Props = { 'client-id': 'c', class: 'x', onSignupSuccess: ({ detail }) => detail.user?.name?.trim() };
// @ts-expect-error: no such mode
export const mode: Props = { mode: 'tab' };
// @ts-expect-error: that event has no user
export const start: Props = { onSignupStart: ({ detail }) => detail.user };`,
    'svelte.ts': `
import type { SvelteHTMLElements } from 'svelte/elements';
import type {} from 'signup-with-platform/svelte';
type Props = SvelteHTMLElements['signup-with-platform'];
export const right: Props = { 'client-id': 'c', class: 'x', 'onsignup-success': ({ detail }) => detail.user?.name?.trim() };
// @ts-expect-error: no such variant
export const variant: Props = { variant: 'loud' };
// @ts-expect-error: an event's listener is a function
export const start: Props = { 'onsignup-start': 'alert()' };`,
    'entries.ts': `
import { SignupWithPlatform } from 'signup-with-platform/signup-with-platform';
import { SignupWithPlatform as Hydrated } from 'signup-with-platform/hydrate';
import { SignupWithPlatform as Rendered } from 'signup-with-platform/server';
export const same: (typeof SignupWithPlatform)[] = [Hydrated, Rendered];`,
  };
  const { members, events, attributes } = elementOf(installed);
  const union = (documented: { name: string }[]) => documented.map(({ name }) => `'${name}'`).join('|');
  Object.assign(files, {
    'complete.ts': `
import type { SignupAttributes, SignupEvents, SignupListeners, SignupWithPlatform } from 'signup-with-platform';
type Lacks<Name, Types> = Exclude<Name, keyof Types>;
type Members = ${union(members.filter((member) => !member.static))};
export const members: [Lacks<Members, SignupWithPlatform>] extends [never] ? true : never = true;
export const attributes: [Lacks<${union(attributes)}, SignupAttributes>] extends ['state'] ? true : never = true;
export const events: [Lacks<${union(events)}, SignupEvents & HTMLElementEventMap>] extends [never] ? true : never = true;
export const listeners: [Lacks<\`on\${${union(events)}}\`, SignupListeners>] extends [never] ? true : never = true;`,
  });
  for (const [file, source] of Object.entries(files)) writeFileSync(join(project, file), source);
  const options =
    '--noEmit --strict --exactOptionalPropertyTypes --target es2022 --lib es2023,dom,dom.iterable --jsx react-jsx --skipLibCheck';
  const modules = ['--module nodenext', '--module esnext --moduleResolution bundler'];
  const printed = await Promise.all(
    modules.map((kind) => run(bin('typescript/bin/tsc'), ...`${options} ${kind}`.split(' '), ...Object.keys(files))),
  );
  assert.deepEqual(
    printed.map(({ stdout }) => stdout),
    ['', ''],
  );
});

describe('custom-elements.json', () => {
  const source = read(ROOT, 'widget/signup-with-platform.ts');
  const captures = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, capture = '']) => capture);
  const promised = (tag: string) =>
    captures(source, new RegExp(`^ \\* @${tag} (?:\\{[^}]*\\} )?([\\w-]+)`, 'gm')).sort();
  const names = (documented: { name: string }[]) => documented.map(({ name }) => name).sort();
  let element: ElementDeclaration;
  before(() => {
    const { modules, schemaVersion } = JSON.parse(read(installed, 'custom-elements.json')) as Manifest;
    assert.equal(schemaVersion, '1.0.0');
    assert.deepEqual(
      modules.map(({ path, declarations }) => [path, ...declarations.map(({ tagName, name }) => `${tagName} ${name}`)]),
      [['esm/widget/signup-with-platform.js', 'signup-with-platform SignupWithPlatform']],
    );
    [element] = modules.flatMap(({ declarations }) => declarations) as [ElementDeclaration];
  });

  test('has what the class comment promises, each with a description', () => {
    assert.deepEqual(names(element.attributes), promised('attr'));
    assert.deepEqual(names(element.events), promised('fires'));
    assert.deepEqual(names(element.slots), promised('slot'));
    assert.deepEqual(names(element.cssParts), promised('csspart'));
    assert.deepEqual(names(element.cssProperties), promised('cssproperty'));
  });

  test('has the observed attributes, as do the types for frameworks', () => {
    const typed = captures(
      read(ROOT, 'widget/frameworks/attributes.ts').split('\n}', 1)[0] ?? '',
      /^ {2}'?([\w-]+)'?\?:/gm,
    );
    // `state` is not to be set.
    assert.deepEqual([...typed, 'state'].sort(), names(element.attributes));
    const [properties = ''] = captures(source, /static override properties = \{([\s\S]*?)\n {2}\};/g);
    const observed = [...properties.matchAll(/^ {4}(\w+): \{(?:.*attribute: '([\w-]+)')?/gm)].map(
      ([, name = '', attribute]) => attribute ?? name,
    );
    assert.ok(observed.length > 10);
    for (const name of observed) assert.ok(names(element.attributes).includes(name), name);
  });

  test('has exactly the parts, slots and custom properties of the code, and nothing private', () => {
    const code = globSync('{,answer/,attempt/,debug/}*.ts', { cwd: join(ROOT, 'widget') })
      .filter((file) => !file.endsWith('test.ts'))
      .map((file) => read(ROOT, 'widget', file).replaceAll(/^\/?\s*\*.*$/gm, ''))
      .join('\n');
    for (const name of names(element.cssParts))
      assert.match(code, new RegExp(`part[=:]?\\s*["']?${name}\\b|part: '${name}'`), name);
    for (const name of names(element.slots)) assert.ok(code.includes(`<slot name="${name}"`), name);
    // Conversely, everything in the code that a page can use is documented.
    const unique = (found: string[]) => [...new Set(found)].sort();
    assert.deepEqual(names(element.cssParts), unique(captures(code, /\bpart(?:="|: ')([\w-]+)["']/g)));
    assert.deepEqual(names(element.slots), unique(captures(code, /<slot name="([\w-]+)"/g)));
    assert.deepEqual(names(element.cssProperties), unique(captures(code, /var\((--signup-[\w-]+)/g)));
    assert.deepEqual(
      element.members.filter(({ name }) => name.startsWith('#')),
      [],
    );
    for (const name of ['signUp', 'reset', 'user', 'credential'])
      assert.ok(names(element.members).includes(name), name);
  });

  test('has the same attributes as the description for VS Code', () => {
    const { tags } = JSON.parse(read(installed, 'html-data.json')) as {
      tags: { name: string; attributes: { name: string; values?: { name: string }[] }[] }[];
    };
    assert.equal(tags[0]?.name, 'signup-with-platform');
    assert.deepEqual(names(tags[0]?.attributes ?? []), names(element.attributes));
    const text = tags[0]?.attributes.find(({ name }) => name === 'text');
    assert.deepEqual(names(text?.values ?? []), ['continue', 'signin', 'signup']);
  });
});
