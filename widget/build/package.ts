import { execFile } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build, createBuilder } from 'vite';
import { compactTemplates } from './compact-templates.ts';
import { describeElement, htmlDataOf } from './custom-elements.ts';
import { foldStyles } from './fold-styles.ts';
import { inlineWords } from './inline-words.ts';

const WIDGET = fileURLToPath(new URL('..', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const COMPILER = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));

/** Names in `exports` and their sources, which have the same path in the package, under `esm/widget`. */
const ENTRIES = {
  '.': 'index',
  './signup-with-platform': 'signup-with-platform',
  './server': 'server',
  './hydrate': 'hydrate',
  './react': 'frameworks/react',
  './react-18': 'frameworks/react-18',
  './vue': 'frameworks/vue',
  './svelte': 'frameworks/svelte',
} as const;

/** Not bundled, so that a page has each of them only once, even if other code uses it too. */
const DEPENDENCIES = ['lit', 'jose'];
const OPTIONAL_PEERS = ['@lit-labs/ssr', '@lit-labs/ssr-client', '@types/react', 'svelte', 'vue'];

/**
 * Builds the package that is published: modules for bundlers and servers, with declarations and source maps; the script `/widget.js`, for
 * pages without a bundler; descriptions for editors. Within the repository the sources are used without a build.
 */
export async function buildPackage(dist = `${WIDGET}build/dist`): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const declarations = join(dist, 'declarations');
  const [manifest] = await Promise.all([
    describeElement('esm/widget/'),
    buildModules(join(dist, 'esm')),
    buildScript(join(dist, 'browser')),
    promisify(execFile)(process.execPath, [COMPILER, '-p', `${WIDGET}tsconfig.build.json`, '--outDir', declarations]),
  ]);
  for (const file of globSync('**/*.d.ts', { cwd: declarations })) {
    const target = join(dist, 'esm', file);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, withSpecifiers(readFileSync(join(declarations, file), 'utf8'), file));
  }
  rmSync(declarations, { recursive: true });
  // The script exports nothing, and importing it registers the tag.
  writeFileSync(
    join(dist, 'browser/widget.d.ts'),
    "import type {} from '../esm/widget/signup-with-platform.js';\nexport {};\n",
  );
  writeJson(join(dist, 'custom-elements.json'), manifest);
  writeJson(join(dist, 'html-data.json'), htmlDataOf(manifest));
  writeJson(join(dist, 'package.json'), packageJson());
  copyFileSync(`${WIDGET}README.md`, join(dist, 'README.md'));
  copyFileSync(`${ROOT}LICENSE`, join(dist, 'LICENSE'));
}

/** Writes one file for each source, so that bundlers can leave out what is not used, and load later what is needed later. */
async function buildModules(outDir: string): Promise<void> {
  await build({
    root: WIDGET,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    json: { namedExports: false },
    plugins: [inlineWords(), foldStyles(), compactTemplates()],
    ssr: { noExternal: true, external: [...DEPENDENCIES, '@lit-labs/ssr-client'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: Object.values(ENTRIES).map((entry) => `${WIDGET}${entry}.ts`),
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: ROOT,
          // By its tag, which is what a vendor's bundler names a file after.
          entryFileNames: ({ facadeModuleId }) => {
            const tag = /messages\/([\w-]+)\/widget\.json$/.exec(facadeModuleId ?? '')?.[1];
            return tag ? `widget/strings/${tag}.js` : '[name].js';
          },
        },
      },
    },
  });
}

/** Builds the script `/widget.js` as the root's `vite.config.ts` does, but into another folder than `widget/dist`. */
export async function buildScript(outDir: string): Promise<void> {
  const builder = await createBuilder({
    configFile: `${ROOT}vite.config.ts`,
    logLevel: 'error',
    environments: { widget: { build: { outDir } } },
  });
  const { widget } = builder.environments;
  if (!widget) throw new Error('vite.config.ts has no environment for the widget.');
  await builder.build(widget);
}

/** Makes specifiers relative, with the extension that files have at run time. */
function withSpecifiers(source: string, file: string): string {
  const protocol = relative(dirname(file), 'protocol/index.ts');
  return (
    source
      .replaceAll("'@signup-with-platform/protocol'", `'${protocol.startsWith('.') ? '' : './'}${protocol}'`)
      // `lit` re-exports it. Not every package manager allows an import of a dependency's dependency.
      .replaceAll('import("lit-html")', 'import("lit")')
      .replaceAll(/(from |import |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2')
  );
}

function packageJson(): object {
  const { name, version, description, license, dependencies, sideEffects } = JSON.parse(
    readFileSync(`${WIDGET}package.json`, 'utf8'),
  ) as Record<string, unknown> & { dependencies: Record<string, string>; sideEffects: string[] };
  /** Where a source is in the package. */
  const builtFrom = (source: string) =>
    source === './dist/widget.js' ? './browser/widget.js' : source.replace(/^\.\/(.*)\.ts$/, './esm/widget/$1.js');
  const entries = Object.entries(ENTRIES).map(([path, entry]) => [
    path,
    { types: `./esm/widget/${entry}.d.ts`, default: `./esm/widget/${entry}.js` },
  ]);
  return {
    name,
    version,
    description,
    keywords: ['sign-up', 'openid-connect', 'web-components', 'custom-element', 'lit'],
    license,
    type: 'module',
    customElements: 'custom-elements.json',
    sideEffects: sideEffects.map(builtFrom),
    exports: {
      ...Object.fromEntries(entries),
      './widget.js': { types: './browser/widget.d.ts', default: './browser/widget.js' },
      './custom-elements.json': './custom-elements.json',
      './html-data.json': './html-data.json',
      './package.json': './package.json',
    },
    files: ['esm', 'browser', 'custom-elements.json', 'html-data.json'],
    // For the day on which it is on npm: by a workflow whose identity npm shows.
    publishConfig: { access: 'public', provenance: true },
    dependencies: Object.fromEntries(DEPENDENCIES.map((dependency) => [dependency, dependencies[dependency]])),
    peerDependencies: Object.fromEntries(OPTIONAL_PEERS.map((peer) => [peer, '*'])),
    peerDependenciesMeta: Object.fromEntries(OPTIONAL_PEERS.map((peer) => [peer, { optional: true }])),
  };
}

function writeJson(file: string, value: object): void {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
}

if (import.meta.main) await buildPackage();
