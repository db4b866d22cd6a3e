import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compactTemplates } from './build/compact-templates.ts';
import { foldStyles } from './build/fold-styles.ts';
import { plainDynamicImport } from './build/plain-dynamic-import.ts';
import { stripLit } from './build/strip-lit.ts';

const widget = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One hash for all languages: the entry names each file, and eleven hashes of their own would be a hundred bytes that nothing compresses. */
const languageFiles = globSync(widget('strings/*.ts')).sort();
const languagesHash = createHash('sha256');
for (const file of languageFiles) languagesHash.update(readFileSync(file));
const LANGUAGES_HASH = languagesHash.digest('base64url').slice(0, 8);
const isLanguage = (id: string | null) =>
  id !== null && languageFiles.includes(id) && /^[a-z]{2}\.ts$/.test(basename(id));

/**
 * `dist/widget.js`: one ES module that registers the element, at an address that stays; beside it what is loaded after the
 * click, at addresses that change with the content, so that they may be cached forever.
 */
export default defineConfig({
  root: widget('.'),
  publicDir: false,
  plugins: [foldStyles(), compactTemplates(), plainDynamicImport(), stripLit()],
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
          `widget/[name]-${isLanguage(facadeModuleId) ? LANGUAGES_HASH : '[hash]'}.js`,
      },
    },
  },
});
