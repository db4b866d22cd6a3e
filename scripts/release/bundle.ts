import { isBuiltin } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { build, type Plugin } from 'vite';
import { ROOT } from '../run.ts';
import { asciiTemplates, placesKept, withoutCopiedGlobals, withoutUndici } from './bundle-plugins.ts';

/** What is started, by the path that it has in the repository and, ending with `.js`, in the release. */
const ENTRIES = ['server/main', 'server/delivery/cli/platform', 'demo/main', 'scripts/start'] as const;

/**
 * The packages that the release installs. The first two have native code. The others are words that attackers try, half a megabyte, which
 * `require` loads for the first password (`server/domain/accounts/password-strength.ts`).
 */
export const INSTALLED = [
  'sharp',
  '@node-rs/argon2',
  '@node-rs/bcrypt',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
] as const;

/** Never there: pg asks for it, and takes it when it is; and what builds a checkout is not asked for in a release (`scripts/build-first.ts`). */
const ABSENT = ['pg-native', './build.ts', 'scripts/build.ts'];

/** Modules that look for files beside them: each is a file of its own, where it is in the repository. */
const KEPT_PLACES = new Set(['process/installation', 'messages/catalogue']);
const pathOf = (id: string) => relative(ROOT, id).replaceAll(sep, posix.sep).replace(/\.ts$/, '');
const keepsPlace = (id: string) => KEPT_PLACES.has(pathOf(id));

/**
 * Compiles the platform, its commands and the demo store to JavaScript, with every package that is no native code. It is not minified, so
 * that a stack trace can be read, and so that the pages' scripts, which are functions sent by their source, stay what was tested.
 *
 * @param directory is emptied
 */
export async function bundle(directory: string): Promise<void> {
  await build({
    ...{ configFile: false, root: ROOT, logLevel: 'error', publicDir: false },
    plugins: [
      withoutUndici(),
      withoutCopiedGlobals(),
      placesKept(ROOT, keepsPlace),
      asciiTemplates(),
      nothingForgotten(),
    ],
    json: { stringify: true, namedExports: false },
    // The same files as Node would choose, and not those for bundlers.
    resolve: { conditions: ['node'], mainFields: ['main'], dedupe: ['mime-db'] },
    ssr: { noExternal: true, external: [...INSTALLED, ...ABSENT], resolve: { conditions: ['node'] } },
    build: {
      ...{ ssr: true, outDir: directory, emptyOutDir: true, minify: false, target: 'node24' },
      rolldownOptions: {
        external: [...INSTALLED, ...ABSENT],
        input: Object.fromEntries(ENTRIES.map((name) => [name, join(ROOT, `${name}.ts`)])),
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: ({ name }) => (KEPT_PLACES.has(name) ? '[name].js' : 'chunks/[name]-[hash].js'),
          codeSplitting: { groups: [{ test: keepsPlace, name: pathOf }] },
          comments: false,
          // Of a file with one character beyond ASCII, V8 keeps two bytes a character (see `asciiTemplates`).
          charset: 'ascii',
        },
      },
    },
  });
}

/** Fails when a module would be looked for that neither Node nor the release has. */
function nothingForgotten(): Plugin {
  const known = new Set<string>([...INSTALLED, ...ABSENT]);
  return {
    name: 'nothing-forgotten',
    generateBundle(_options, chunks) {
      for (const chunk of Object.values(chunks)) {
        if (chunk.type !== 'chunk') continue;
        const forgotten = [...chunk.imports, ...chunk.dynamicImports].find(
          (name) => !isBuiltin(name) && !known.has(name) && !Object.hasOwn(chunks, name),
        );
        if (forgotten) throw new Error(`${chunk.fileName} imports ${forgotten}, which the release does not have.`);
      }
    },
  };
}
