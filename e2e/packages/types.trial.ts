import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../../scripts/run.ts';
import { expect, type RunningPlatform, test } from '../support/test.ts';
import { binOfNode } from './nodes.ts';
import { ShopFolder } from './shop-folder.ts';

// What the packages say of themselves, as each framework's own checker understands it. In the sources below, a line that ends in WRONG has to be
// an error, and no other line may be one.

/** The last TypeScript that other programs can call: the checkers of templates need it. */
const TYPESCRIPT = 'typescript@5.9';
const example = (path: string) => readFileSync(join(ROOT, 'examples', path), 'utf8');

interface Check {
  title: string;
  /** What is installed beside the two packages of ours. */
  packages: readonly string[];
  files: Readonly<Record<string, string>>;
  /** Prints errors, and where they are, in the way of {@link PLACES}. */
  commands: readonly string[];
}

/** How checkers say where an error is: `file(line,column)`, `file:line:column`, and Svelte's. */
const PLACES = [/^(\S+?)\((\d+),\d+\): error/gm, /^(\S+?):(\d+):\d+ - .*error/gm, /ERROR "(\S+?)" (\d+):\d+/gm];

const CLIENT = `import createClient, { type CredentialPayload, CredentialError, verifyCredential } from '@signup-with-platform/client';
import { createTestIssuer } from '@signup-with-platform/client/testing';
export async function emailOf(form: FormData, nonces: string[]): Promise<string | undefined> {
  const options = { clientId: 'c', issuer: 'https://id.example.com', nonce: nonces };
  const payload: CredentialPayload = await verifyCredential(form.get('credential'), options);
  const user = await createClient('sk_test_x', { baseUrl: 'https://id.example.com' }).users.get(payload.sub);
  return user.email ?? payload.email;
}
export const code = (error: unknown) => (error instanceof CredentialError ? error.code : undefined);
export const issuer = createTestIssuer({ clientId: 'c' });
export const noOptions = verifyCredential('x'); // WRONG
`;
const COMMON_JS = `import createClient = require('@signup-with-platform/client');
export const user = createClient('sk_test_x', { baseUrl: 'https://id.example.com' }).users.get('x');
export const kind: createClient.CredentialErrorCode = 'no such code'; // WRONG
`;
const ELEMENT = `import 'signup-with-platform';
import type { SignupErrorEvent } from 'signup-with-platform';
const element = document.createElement('signup-with-platform');
element.addEventListener('signup-success', ({ detail }) => detail.user?.email?.trim());
element.addEventListener('signup-error', (event: SignupErrorEvent) => event.detail.code);
element.text = 'register'; // WRONG
`;
const tsc = (words: string) =>
  `npx tsc --noEmit --strict --target es2022 --lib es2023,dom,dom.iterable --types node ${words}`;
const ESM = tsc('--module nodenext client.mts element.mts');
const BUNDLED = tsc('--module esnext --moduleResolution bundler client.mts element.mts');
const REQUIRED = tsc('--module node16 client.cts');

const CHECKS: readonly Check[] = [
  ...[TYPESCRIPT, 'typescript@latest'].map((version) => ({
    title: `${version} reads both packages strictly, from ES modules, CommonJS and a bundler`,
    packages: [version, '@types/node@24'],
    files: { 'client.mts': CLIENT, 'client.cts': COMMON_JS, 'element.mts': ELEMENT },
    commands: [ESM, BUNDLED, REQUIRED],
  })),
  {
    title: 'React 19',
    packages: [TYPESCRIPT, 'react@19', '@types/react@19', '@types/react-dom@19'],
    files: {
      'example.tsx': example('react/registration-form.tsx'),
      'uses.tsx': `import type {} from 'signup-with-platform/react';
export const right = <signup-with-platform client-id="c" required className="x" onsignup-success={({ detail }) => detail.user?.email?.trim()} />;
export const theme = <signup-with-platform client-id="c" theme="pink" />; // WRONG
export const name = <signup-with-platform clientId="c" />; // WRONG
export const cancel = <signup-with-platform onsignup-cancel={({ detail }) => detail.credential} />; // WRONG
`,
    },
    commands: [
      'npx tsc --noEmit --strict --jsx react-jsx --module esnext --moduleResolution bundler --target es2022 example.tsx uses.tsx',
    ],
  },
  {
    title: 'React 18',
    packages: [TYPESCRIPT, 'react@18', '@types/react@18'],
    files: {
      'uses.tsx': `import { useEffect, useRef } from 'react';
import type { SignupWithPlatform } from 'signup-with-platform';
import type {} from 'signup-with-platform/react-18';
export function Right() {
  const element = useRef<SignupWithPlatform>(null);
  useEffect(() => element.current?.addEventListener('signup-success', ({ detail }) => detail.user?.email?.trim()), []);
  return <signup-with-platform ref={element} client-id="c" class="x" required="" aria-label="y" />;
}
export const classes = <signup-with-platform client-id="c" className="x" />; // WRONG
export const absent = <signup-with-platform client-id="c" required={false} />; // WRONG
export const listener = <signup-with-platform client-id="c" onsignup-success={() => {}} />; // WRONG
`,
    },
    commands: [
      'npx tsc --noEmit --strict --jsx react-jsx --module esnext --moduleResolution bundler --target es2022 uses.tsx',
    ],
  },
  {
    title: 'Vue, by vue-tsc',
    packages: [TYPESCRIPT, 'vue@3', 'vue-tsc@3'],
    files: {
      'example.vue': example('vue/registration-form.vue'),
      'uses.vue': `<script setup lang="ts">
import type {} from 'signup-with-platform/vue';
</script>
<template>
  <signup-with-platform client-id="c" class="x" @signup-success="$event.detail.user?.email?.trim()" />
  <signup-with-platform client-id="c" theme="pink" /> <!-- WRONG -->
  <signup-with-platform client-id="c" @signup-start="$event.detail.user" /> <!-- WRONG -->
</template>
`,
      'tsconfig.json': `{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022",
  "lib": ["es2023", "dom", "dom.iterable"], "noEmit": true, "skipLibCheck": true, "types": [] }, "include": ["*.vue"] }`,
    },
    commands: ['npx vue-tsc --noEmit --pretty false'],
  },
  {
    title: 'Svelte, by svelte-check',
    packages: [TYPESCRIPT, 'svelte@5', 'svelte-check@4'],
    files: {
      'example.svelte': example('svelte/registration-form.svelte'),
      'uses.svelte': `<script lang="ts">
import type {} from 'signup-with-platform/svelte';
</script>
<signup-with-platform client-id="c" class="x" onsignup-success={({ detail }) => detail.user?.email?.trim()}></signup-with-platform>
<signup-with-platform client-id="c" variant="loud"></signup-with-platform> <!-- WRONG -->
<signup-with-platform client-id="c" onsignup-start={({ detail }) => detail.user}></signup-with-platform> <!-- WRONG -->
`,
      'tsconfig.json': `{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022",
  "lib": ["es2023", "dom", "dom.iterable"], "noEmit": true, "skipLibCheck": true, "types": [], "verbatimModuleSyntax": true }, "include": ["*.svelte"] }`,
    },
    commands: ['npx svelte-check --tsconfig ./tsconfig.json --output machine --threshold error'],
  },
  {
    title: 'Angular, by its own compiler',
    packages: [
      TYPESCRIPT,
      ...['core', 'common', 'compiler', 'compiler-cli', 'platform-browser'].map((name) => `@angular/${name}@20`),
      'rxjs@7',
    ],
    files: {
      'settings.ts': example('angular/settings.ts'),
      'registration-form.ts': example('angular/registration-form.ts').replace("'./settings.ts'", "'./settings'"),
      'uses.ts': `import { Component, CUSTOM_ELEMENTS_SCHEMA } from '@angular/core';
import type { SignupSuccessEvent } from 'signup-with-platform';
@Component({
  selector: 'app-uses',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`
    <signup-with-platform (signup-success)="succeed($event)" (signup-error)="note($event.detail.message)"></signup-with-platform>
    <signup-with-platform (signup-cancel)="succeed($event)"></signup-with-platform> <!-- WRONG -->
    <signup-with-platform (signup-error)="note($event.detail.user)"></signup-with-platform> <!-- WRONG -->
  \`,
})
export class Uses {
  succeed(event: SignupSuccessEvent): void { this.note(event.detail.credential ?? ''); }
  note(text: string): void { void text; }
}
`,
      'tsconfig.json': `{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022",
  "lib": ["es2023", "dom", "dom.iterable"], "noEmit": true, "skipLibCheck": true, "types": [], "experimentalDecorators": true, "useDefineForClassFields": false },
  "angularCompilerOptions": { "strictTemplates": true }, "files": ["registration-form.ts", "uses.ts"] }`,
    },
    commands: ['npx ngc -p tsconfig.json'],
  },
];

for (const { title, packages, files, commands } of CHECKS) {
  test(`[types] ${title}`, async ({ platform }) => {
    const shop = await folderWith(packages, platform);
    for (const [name, source] of Object.entries(files)) {
      mkdirSync(dirname(join(shop.path, name)), { recursive: true });
      writeFileSync(join(shop.path, name), source);
    }
    const found = new Set<string>();
    let said = '';
    for (const command of commands) said += `${stripVTControlCharacters(await shop.type(`${command} 2>&1 || true`))}\n`;
    for (const place of PLACES)
      for (const [, file, line] of said.matchAll(place)) found.add(`${file?.replace(/^\.\//, '')}:${line}`);
    expect([...found].sort(), said).toEqual(wrongLines(files));
  });
}

async function folderWith(packages: readonly string[], platform: RunningPlatform): Promise<ShopFolder> {
  const shop = new ShopFolder(await binOfNode(24));
  shop.write('package.json', '{ "private": true, "type": "module" }');
  const list = (await (await fetch(`${platform.url}/packages/packages.json`)).json()) as {
    packages: { url: string }[];
  };
  const ours = list.packages.map(({ url }) => url);
  await shop.type(`npm install --no-audit --no-fund ${[...ours, ...packages].map((word) => `'${word}'`).join(' ')}`);
  return shop;
}

function wrongLines(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files)
    .flatMap(([name, source]) =>
      source.split('\n').flatMap((line, index) => (/WRONG( -->)?$/.test(line) ? [`${name}:${index + 1}`] : [])),
    )
    .sort();
}
