import type { Plugin } from 'vite';

const HELPER = '\0vite/preload-helper.js';
const NAME = String.raw`\b__vitePreload(?:\$\d+)?`;

/** As Vite writes it: around an import and what follows it, or around one of which a part is read. */
const WRAPPED = [
  String.raw`${NAME}\(\(\) => (?<plain>import\([\s\S]*?), __VITE_PRELOAD__\)`,
  String.raw`${NAME}\(async \(\) => \{\s*const (?<read>\{[^}]*\}) = await (?<plain>import\([^)]*\));\s*return \k<read>;\s*\}, __VITE_PRELOAD__\)`,
].map((pattern) => new RegExp(pattern, 'g'));

/**
 * Vite wraps each `import()` into a kilobyte that preloads its style sheets. Ours has none, and pages pay for every byte: what it wraps with
 * is made to do nothing, a copy for each module or the chunks would import it from the entry, and then the wrapping is taken off. Where
 * another version of Vite writes it differently, it stays, and the byte budget tells.
 */
export function plainDynamicImport(): Plugin {
  return {
    name: 'plain-dynamic-import',
    enforce: 'pre',
    resolveId: (id, importer) => (id === HELPER ? `${HELPER}?${encodeURIComponent(importer ?? '')}` : null),
    load: (id) => (id.startsWith(HELPER) ? 'export const __vitePreload = (load) => load();' : null),
    renderChunk: (code) => ({
      code: WRAPPED.reduce((text, wrapped) => text.replace(wrapped, unwrap), code),
      map: null,
    }),
  };
}

/** As many lines as before, so that the map still fits. */
function unwrap(match: string, ...captures: unknown[]): string {
  const { plain = '' } = captures.at(-1) as { plain?: string };
  return plain + '\n'.repeat(match.split('\n').length - plain.split('\n').length);
}
