import { posix, relative, sep } from 'node:path';
import type { Plugin } from 'vite';
import { ROOT } from '../run.ts';

const OWN_PLACE = /\bimport\.meta\.(dirname|url)\b/g;

/**
 * Lets our modules find the files that lie beside them (`widget/dist/`, `messages/`). What a module says of its own place becomes that place
 * in the release, whose folders lie as the repository's do.
 */
export function keepPlaces(): Plugin {
  return {
    name: 'keep-places',
    enforce: 'post',
    transform(code, id) {
      const path = relative(ROOT, id).split(sep).join(posix.sep);
      if (path.startsWith('..') || path.includes('node_modules/') || !code.includes('import.meta.')) return undefined;
      const place = (file: string) => `new URL(${JSON.stringify(`./${file}`)}, RELEASE_ROOT)`;
      const told = code.replaceAll(OWN_PLACE, (_, member: string) =>
        member === 'url'
          ? `${place(path)}.href`
          : `process.getBuiltinModule("node:url").fileURLToPath(${place(posix.dirname(path))})`,
      );
      return { code: told, map: null };
    },
    renderChunk(code, { fileName }) {
      const root = `new URL(${JSON.stringify(`${posix.relative(posix.dirname(fileName), '.')}/`)}, import.meta.url)`;
      return code.includes('RELEASE_ROOT') ? { code: code.replaceAll('RELEASE_ROOT', root), map: null } : undefined;
    },
  };
}

/** Copies every global of Node into a `window` that nothing of ours reads. */
const COPIES_GLOBALS = 'Object.assign(this, globalThis, {';
const IMPORT_OF_HTTP = /^import (.+) from "(node:https?)";$/gm;
// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
const BEYOND_ASCII = /[^\x00-\x7f]/g;

/**
 * What a start need not pay for.
 *
 * - To export `node:http` to modules, Node reads all its members, and with `WebSocket` loads undici: 30 ms and 13 MB.
 * - The browser's `window` that `@lit-labs/ssr` imitates reads every global, undici's among them.
 * - V8 keeps a source with one character beyond Latin-1 in two bytes a character.
 */
export function quickStart(): Plugin {
  return {
    name: 'quick-start',
    transform(code, id) {
      if (!id.includes('/@lit-labs/ssr-dom-shim/index.js')) return undefined;
      if (!code.includes(COPIES_GLOBALS)) throw new Error(`${id} has changed: does it still copy all globals?`);
      return { code: code.replace(COPIES_GLOBALS, 'Object.assign(this, {'), map: null };
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          chunk.code = chunk.code
            .replaceAll(IMPORT_OF_HTTP, (_, names: string, module: string) => {
              return `const ${names.replaceAll(' as ', ': ')} = process.getBuiltinModule("${module}");`;
            })
            .replaceAll(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
        }
      },
    },
  };
}
