import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const IMPORT = /^import (?<name>\w+) from '(?<file>[^']+\/widget\.json)' with \{ type: 'json' \};$/m;

/**
 * Puts each English word where it is read, as `words.signup`: what the button says belongs into the entry and the rest into what is loaded
 * after the click, while a JSON file is imported as a whole.
 */
export function inlineWords(): Plugin {
  return {
    name: 'inline-words',
    enforce: 'pre',
    async transform(code, id) {
      const { name, file = '' } = IMPORT.exec(code)?.groups ?? {};
      if (name === undefined) return null;
      const resolved = await this.resolve(file, id);
      if (!resolved) return null;
      this.addWatchFile(resolved.id);
      const words: Readonly<Record<string, string>> = JSON.parse(readFileSync(resolved.id, 'utf8'));
      // No line is added or lost, so the source map of what follows still fits.
      const inlined = code
        .replace(IMPORT, '')
        .replaceAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'), (_match, key: string) => {
          const text = words[key];
          if (text === undefined) throw new Error(`${file} has no "${key}"`);
          return JSON.stringify(text);
        });
      return { code: inlined, map: null };
    },
  };
}
