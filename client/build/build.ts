import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'vite';
import { writeDeclarations } from './declarations.ts';

const CLIENT = fileURLToPath(new URL('..', import.meta.url));
const COMPILER = fileURLToPath(new URL('bin/tsc', import.meta.resolve('typescript/package.json')));

/**
 * Builds the package that is published, in `dist`: JavaScript for `import` and for `require`, and declarations for both, with the wire
 * shapes of `protocol/` inlined. Within the repository the sources are used without a build.
 */
export async function buildPackage(dist = `${CLIENT}dist`): Promise<void> {
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  const declarations = `${dist}/declarations`;
  await Promise.all([
    bundle(`${dist}/esm`, 'es'),
    bundle(`${dist}/cjs`, 'cjs'),
    promisify(execFile)(process.execPath, [COMPILER, '-p', `${CLIENT}tsconfig.build.json`, '--outDir', declarations]),
  ]);
  writeDeclarations(declarations, dist);
  rmSync(declarations, { recursive: true });
  writeFileSync(`${dist}/package.json`, `${JSON.stringify(manifest(), undefined, 2)}\n`);
  copyFileSync(`${CLIENT}README.md`, `${dist}/README.md`);
  copyFileSync(`${CLIENT}../LICENSE`, `${dist}/LICENSE`);
}

/** `require` returns the function itself, with everything else as its properties, as `index.cjs` does for the sources. */
const FUNCTION_AS_MODULE = 'module.exports = Object.assign(exports.default, exports);';

async function bundle(outDir: string, format: 'es' | 'cjs'): Promise<void> {
  const extension = format === 'es' ? 'js' : 'cjs';
  await build({
    root: CLIENT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: ['jose'] },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      // Node 20 understands this.
      target: 'es2022',
      minify: false,
      rolldownOptions: {
        input: { index: `${CLIENT}index.ts`, testing: `${CLIENT}testing.ts` },
        output: {
          format,
          exports: 'named',
          entryFileNames: `[name].${extension}`,
          chunkFileNames: `[name].${extension}`,
          footer: ({ name }) => (format === 'cjs' && name === 'index' ? FUNCTION_AS_MODULE : ''),
        },
      },
    },
  });
}

function manifest(): object {
  const { name, version, description, license, keywords, dependencies } = JSON.parse(
    readFileSync(`${CLIENT}package.json`, 'utf8'),
  ) as Record<string, unknown> & { dependencies: Record<string, string> };
  const entry = (file: string) => ({
    import: { types: `./esm/${file}.d.ts`, default: `./esm/${file}.js` },
    require: { types: `./cjs/${file}.d.cts`, default: `./cjs/${file}.cjs` },
  });
  return {
    name,
    version,
    description,
    keywords,
    license,
    type: 'module',
    // The first versions that can `require` jose, which is ESM only.
    engines: { node: '^20.19 || >=22.12' },
    sideEffects: false,
    main: './cjs/index.cjs',
    types: './cjs/index.d.cts',
    exports: { '.': entry('index'), './testing': entry('testing'), './package.json': './package.json' },
    files: ['cjs', 'esm'],
    // For the day on which it is on npm: by a workflow whose identity npm shows.
    publishConfig: { access: 'public', provenance: true },
    dependencies: { jose: dependencies['jose'] },
  };
}

if (import.meta.main) await buildPackage();
