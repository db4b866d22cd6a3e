import http from 'node:http';
import https from 'node:https';
import { type ESTree, type Plugin, Visitor } from 'vite';

const BUILTINS = new Map<string, object>([
  ['node:http', http],
  ['node:https', https],
]);
/** Not in a file name, so that no other plugin takes it for one (https://rollupjs.org/plugin-development/#conventions). */
const VIRTUAL = '\0without-undici:';

/**
 * Imports `node:http` without `WebSocket` and the like. To export a built-in module, Node reads all its members, and for these loads undici:
 * 30 ms and 13 MB that a start need not pay for.
 */
export function withoutUndici(): Plugin {
  return {
    name: 'without-undici',
    enforce: 'pre',
    resolveId: (source, _importer, { kind }) =>
      BUILTINS.has(source) && kind === 'import-statement' ? VIRTUAL + source : undefined,
    load(id) {
      const name = id.startsWith(VIRTUAL) ? id.slice(VIRTUAL.length) : '';
      const builtin = BUILTINS.get(name);
      if (!builtin) return undefined;
      // What is loaded when it is asked for is a getter. Whoever imports one fails to build.
      const plain = Object.entries(Object.getOwnPropertyDescriptors(builtin)).filter(([, { get }]) => !get);
      const names = plain.map(([member]) => member).filter((member) => member !== 'default');
      return `const builtin = process.getBuiltinModule(${JSON.stringify(name)});
export default builtin;
export const { ${names.join(', ')} } = builtin;`;
    },
  };
}

/**
 * Lets the browser's `window` that `@lit-labs/ssr` imitates be without Node's globals, which nothing of ours reads there: to copy them, it reads
 * every one, undici's among them.
 */
export function withoutCopiedGlobals(): Plugin {
  return {
    name: 'without-copied-globals',
    transform: {
      filter: { id: /\/@lit-labs\/ssr-dom-shim\/index\.js$/ },
      handler(code, id) {
        const copied: ESTree.Argument[] = [];
        const visitor = new Visitor({
          CallExpression({ callee, arguments: [target, from] }) {
            if (code.slice(callee.start, callee.end) !== 'Object.assign' || target?.type !== 'ThisExpression') return;
            if (from?.type === 'Identifier' && from.name === 'globalThis') copied.push(from);
          },
        });
        visitor.visit(this.parse(code));
        const [globals] = copied;
        if (!globals || copied.length > 1) throw new Error(`${id} has changed: does it still copy all globals?`);
        return { code: `${code.slice(0, globals.start)}{}${code.slice(globals.end)}`, map: null };
      },
    },
  };
}

/**
 * Writes what is beyond ASCII in a template as an escape, as the bundler does in every other string. From a file with one such character,
 * Node makes a string of two bytes a character, which V8 keeps as long as the module lives: 2 MB for the server alone.
 */
export function asciiTemplates(): Plugin {
  return {
    name: 'ascii-templates',
    renderChunk(code) {
      const found: ESTree.TemplateElement[] = [];
      const visitor = new Visitor({
        TaggedTemplateExpression({ tag, quasi }) {
          // It hands on what is written, escapes and all.
          if (
            code.slice(tag.start, tag.end) === 'String.raw' &&
            quasi.quasis.some(({ value }) => isBeyondAscii(value.raw))
          )
            throw new Error(`String.raw has a character beyond ASCII: ${code.slice(quasi.start, quasi.end)}`);
        },
        TemplateElement(element) {
          if (isBeyondAscii(element.value.raw)) found.push(element);
        },
      });
      visitor.visit(this.parse(code));
      let [written, end] = ['', 0];
      for (const element of found.toSorted((a, b) => a.start - b.start)) {
        written += code.slice(end, element.start) + escaped(code.slice(element.start, element.end));
        end = element.end;
      }
      return { code: written + code.slice(end), map: null };
    },
  };
}

const BEYOND_ASCII = /[^\0-\x7f]/g;
const isBeyondAscii = (text: string) => text.search(BEYOND_ASCII) >= 0;
/** Each UTF-16 unit by itself, so that a character beyond the first plane is two escapes. */
const escaped = (text: string) =>
  text.replace(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** Fails when a module of ours looks for files beside itself, and does not keep its place in the bundle. */
export function placesKept(directory: string, keepsPlace: (id: string) => boolean): Plugin {
  return {
    name: 'places-kept',
    enforce: 'post',
    transform: {
      filter: { code: 'import.meta' },
      handler(code, id) {
        if (!id.startsWith(directory) || id.includes('/node_modules/') || keepsPlace(id)) return;
        const refuse = () => {
          throw new Error(
            `${id} looks for a file beside itself, and lies elsewhere in a release: ask process/installation.ts.`,
          );
        };
        const visitor = new Visitor({
          MemberExpression: (member) => isMeta(member, ['dirname', 'filename']) && refuse(),
          // To look for packages from there (`createRequire`) is right: they are found from everywhere in a release.
          NewExpression: ({ arguments: [, base] }) => base && isMeta(base, ['url']) && refuse(),
        });
        visitor.visit(this.parse(code));
      },
    },
  };
}

function isMeta(node: ESTree.Node, names: readonly string[]): boolean {
  if (node.type !== 'MemberExpression' || node.object.type !== 'MetaProperty') return false;
  return node.property.type === 'Identifier' && names.includes(node.property.name);
}
