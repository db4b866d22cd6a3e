import type { Plugin } from 'vite';

/** Vite wraps each `import()` into a kilobyte that preloads its style sheets. Ours has none, and pages pay for every byte. */
export function plainDynamicImport(): Plugin {
  return {
    name: 'plain-dynamic-import',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  };
}
