import { fileURLToPath } from 'node:url';
import { type BuildEnvironmentOptions, defineConfig, type Plugin } from 'vite';
import { compactTemplates } from './widget/build/compact-templates.ts';
import { foldStyles } from './widget/build/fold-styles.ts';
import { inlineWords } from './widget/build/inline-words.ts';
import { languageChunk } from './widget/build/language-files.ts';
import { minifyMore } from './widget/build/minify-more.ts';
import { ownCopies } from './widget/build/own-copies.ts';
import { ownGlobals } from './widget/build/own-globals.ts';
import { plainDynamicImport } from './widget/build/plain-dynamic-import.ts';
import { stripJose } from './widget/build/strip-jose.ts';
import { stripLit } from './widget/build/strip-lit.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** What every build for browsers has in common, those of the examples included (`examples/vite.config.ts`). */
export const browserBuild = {
  emptyOutDir: true,
  target: 'es2022',
  reportCompressedSize: false,
} satisfies BuildEnvironmentOptions;

/**
 * `widget/dist/widget.js`: one ES module that registers the element, at an address that stays. Beside it is what is loaded after the
 * click, at addresses that change with the content, so that they may be cached forever.
 */
const widget: BuildEnvironmentOptions = {
  ...browserBuild,
  outDir: path('widget/dist'),
  copyPublicDir: false,
  sourcemap: true,
  // Nothing is preloaded, because the chunks have no dependencies of their own.
  modulePreload: false,
  rolldownOptions: {
    // On a busy machine it would tell people who only start the platform how long our plugins take.
    checks: { bundlerTimings: false },
    input: { widget: path('widget/signup-with-platform.define.ts') },
    output: {
      entryFileNames: '[name].js',
      chunkFileNames: ({ facadeModuleId = null }) => languageChunk(facadeModuleId) ?? 'widget/[name]-[hash].js',
    },
  },
};

/** `demo/dist`: the script, the style sheet and the pictures of the demo store, at addresses that stay. */
const demo: BuildEnvironmentOptions = {
  ...browserBuild,
  outDir: path('demo/dist'),
  // The first versions with `light-dark()`, so that it is not rewritten for older ones, which the widget does not support either.
  cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
  rolldownOptions: {
    input: { registration: path('demo/browser/registration.ts'), store: path('demo/browser/store.css') },
    output: { entryFileNames: '[name].js', assetFileNames: '[name][extname]' },
  },
};

const widgetPlugins = [
  ownCopies(),
  inlineWords(),
  foldStyles(),
  compactTemplates(),
  plainDynamicImport(),
  stripLit(),
  stripJose(),
  ownGlobals(),
  minifyMore(),
].map((plugin): Plugin => ({ ...plugin, applyToEnvironment: ({ name }) => name === 'widget' }));

/**
 * Builds what browsers load: `vite build` runs each environment. The scripts in the platform's pages are not among them: they are functions
 * that are sent by their source, inline and allowed by their hash (`server/pages/inline.ts`). docs/decisions/0003-runtime.md says why.
 */
export default defineConfig({
  root: path('.'),
  publicDir: path('demo/public'),
  // A language is taken as a whole: a name for each of its words would be bytes for nobody.
  json: { namedExports: false },
  plugins: widgetPlugins,
  environments: {
    widget: { consumer: 'client', build: widget },
    demo: { consumer: 'client', build: demo },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['widget', 'demo']) {
        const environment = builder.environments[name];
        if (environment) await builder.build(environment);
      }
    },
  },
});
