import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compactTemplates } from './build/compact-templates.ts';
import { foldStyles } from './build/fold-styles.ts';
import { inlineWords } from './build/inline-words.ts';
import { plainDynamicImport } from './build/plain-dynamic-import.ts';
import { stripLit } from './build/strip-lit.ts';

const widget = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One hash for all languages: the entry names each file, and eleven hashes of their own would be a hundred bytes that nothing compresses. */
const languageFiles = globSync(widget('../messages/*/widget.json')).sort();
const languagesHash = createHash('sha256');
for (const file of languageFiles) languagesHash.update(readFileSync(file));
const LANGUAGES_HASH = languagesHash.digest('base64url').slice(0, 8);

/**
 * `dist/widget.js`: one ES module that registers the element, at an address that stays; beside it what is loaded after the
 * click, at addresses that change with the content, so that they may be cached forever.
 */
export default defineConfig({
  root: widget('.'),
  publicDir: false,
  // A language is taken as a whole: a name for each of its words would be bytes for nobody.
  json: { namedExports: false },
  plugins: [inlineWords(), foldStyles(), compactTemplates(), plainDynamicImport(), stripLit()],
  build: {
    outDir: widget('dist'),
    emptyOutDir: true,
    target: 'es2022',
    sourcemap: true,
    // Nothing is preloaded: the chunk has no dependencies of its own.
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { widget: widget('signup-with-platform.define.ts') },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: ({ facadeModuleId = null }) =>
          facadeModuleId !== null && languageFiles.includes(facadeModuleId)
            ? `widget/${basename(dirname(facadeModuleId))}-${LANGUAGES_HASH}.js`
            : 'widget/[name]-[hash].js',
      },
    },
  },
});
