import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { browserBuild } from '../vite.config.ts';

const example = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** One configuration for all examples; the mode chooses: `vite --config examples/vite.config.ts --mode react`. */
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
    ...browserBuild,
    outDir: example(`dist/${name}`),
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_000,
    rolldownOptions:
      name === 'ssr' ? { input: example('ssr/browser.ts'), output: { entryFileNames: 'browser.js' } } : {},
  },
}));
