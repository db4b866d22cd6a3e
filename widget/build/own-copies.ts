import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/** Folders of which each is a part that is loaded by itself. */
const PARTS = ['attempt', 'answer', 'debug'].map((part) => ({
  folder: fileURLToPath(new URL(`../${part}/`, import.meta.url)),
  copy: `?${part}`,
}));

/**
 * A module that two chunks share becomes a third chunk, for which whoever loads one of the two waits another round trip. So what a part
 * imports from elsewhere is copied into it. Such a module must keep no state.
 */
export function ownCopies(): Plugin {
  return {
    name: 'own-copies',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      const part = PARTS.find(({ folder, copy }) => importer?.startsWith(folder) || importer?.endsWith(copy));
      if (!importer || !part || options.kind === 'dynamic-import') return null;
      const resolved = await this.resolve(source, importer.replace(part.copy, ''), { ...options, skipSelf: true });
      if (!resolved?.id.endsWith('.ts') || resolved.id.startsWith(part.folder)) return resolved;
      return { ...resolved, id: resolved.id + part.copy };
    },
  };
}
