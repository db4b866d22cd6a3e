import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compactTemplates } from './build/compact-templates.ts';
import { foldStyles } from './build/fold-styles.ts';
import { plainDynamicImport } from './build/plain-dynamic-import.ts';

const widget = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * `dist/widget.js`: one ES module that registers the element, at an address that stays; beside it what is loaded after the
 * click, at addresses that change with the content, so that they may be cached forever.
 */
export default defineConfig({
  root: widget('.'),
  publicDir: false,
  plugins: [foldStyles(), compactTemplates(), plainDynamicImport()],
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
        chunkFileNames: 'widget/[name]-[hash].js',
      },
    },
  },
});
