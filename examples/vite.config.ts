import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const example = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One for all: `vite --config examples/vite.config.ts --mode react`. */
export default defineConfig(({ mode: name }) => ({
  root: example(name),
  base: './',
  publicDir: false,
  plugins: [
    name === 'vue' &&
      vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'signup-with-platform' } } }),
    name === 'svelte' && svelte(),
  ],
  build: {
    outDir: example(`dist/${name}`),
    emptyOutDir: true,
    // For top-level await.
    target: 'es2022',
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1_000,
    rolldownOptions:
      name === 'ssr' ? { input: example('ssr/browser.ts'), output: { entryFileNames: 'browser.js' } } : {},
  },
}));
