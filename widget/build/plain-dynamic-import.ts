import type { Plugin } from 'vite';

const HELPER = '\0vite/preload-helper.js';

/**
 * Vite wraps each `import()` into a kilobyte that preloads its style sheets. Ours has none, and pages pay for every byte. Each module
 * gets a copy of what is left, or the chunks would import it from the entry.
 */
export function plainDynamicImport(): Plugin {
  return {
    name: 'plain-dynamic-import',
    enforce: 'pre',
    resolveId: (id, importer) => (id === HELPER ? `${HELPER}?${encodeURIComponent(importer ?? '')}` : null),
    load: (id) => (id.startsWith(HELPER) ? 'export const __vitePreload = (load) => load();' : null),
  };
}
