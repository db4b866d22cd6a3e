import type { Plugin } from 'vite';

const HELPER = '\0vite/preload-helper.js';
const NAME = String.raw`\b__vitePreload(?:\$\d+)?`;

/** The two forms that Vite writes: around an import and what follows it, and around an import of which some names are read. */
const WRAPPED = [
  String.raw`${NAME}\(\(\) => (?<plain>import\([\s\S]*?), __VITE_PRELOAD__\)`,
  String.raw`${NAME}\(async \(\) => \{\s*const \{[^}]*\} = await (?<plain>import\([^)]*\));\s*return \{[^}]*\};\s*\}, __VITE_PRELOAD__\)`,
].map((pattern) => new RegExp(pattern, 'g'));

/**
 * Vite wraps each `import()` in a kilobyte of code that preloads its style sheets. The widget has none, and pages pay for every byte. So
 * the helper is replaced with one that does nothing (a copy for each module, because otherwise the chunks would import it from the entry),
 * and then the wrapping is removed. Where Vite writes it differently, the build fails: what is left of it would not run.
 */
export function plainDynamicImport(): Plugin {
  return {
    name: 'plain-dynamic-import',
    enforce: 'pre',
    resolveId: (id, importer) => (id === HELPER ? `${HELPER}?${encodeURIComponent(importer ?? '')}` : null),
    load: (id) => (id.startsWith(HELPER) ? 'export const __vitePreload = (load) => load();' : null),
    renderChunk: (code) => {
      const plain = WRAPPED.reduce((text, wrapped) => text.replace(wrapped, unwrap), code);
      if (plain.includes('__VITE_PRELOAD__')) throw new Error(`Vite wraps an import in another way:\n${plain}`);
      return { code: plain, map: null };
    },
  };
}

/** Keeps the number of lines, so that the source map still fits. */
function unwrap(match: string, ...captures: unknown[]): string {
  const { plain = '' } = captures.at(-1) as { plain?: string };
  return plain + '\n'.repeat(match.split('\n').length - plain.split('\n').length);
}
