import type { Plugin } from 'vite';

/** No script of a page can hide these (HTML, `LegacyUnforgeable`, and ECMAScript section 19.1). */
const UNFORGEABLE = new Set([
  'window',
  'document',
  'location',
  'top',
  'undefined',
  'NaN',
  'Infinity',
  'arguments',
  // Lit writes it itself.
  'litPropertyMetadata',
]);
/** Reading these throws where storage is blocked, so the code reads them itself where it can do without. */
const THROWING = ['localStorage', 'sessionStorage'];

/**
 * A page's `let open` or `const crypto` hides the browser's own from every script, modules too, because both are looked up by their bare
 * names in one scope. `window.open` is not hidden. So each chunk reads every global that it uses from `window`, once, when it starts: what
 * the page does to one of them later is not noticed either. This holds for Lit and jose, too.
 */
export function ownGlobals(): Plugin {
  return {
    name: 'own-globals',
    enforce: 'post',
    renderChunk(code) {
      const names = freeNames(this.parse(code));
      const throwing = THROWING.find((name) => names.has(name));
      if (throwing) throw new Error(`Write window.${throwing}, within try.`);
      // On the first line, so that the source map still fits.
      return names.size > 0 ? { code: `const{${[...names].join()}}=window;${code}`, map: null } : null;
    },
  };
}

/** The names that a module uses and that no scope of it declares. */
export function freeNames(program: unknown): Set<string> {
  const declared = new Set<string>(UNFORGEABLE);
  const used = new Set<string>();
  const visit = (value: unknown, binds: boolean): void => {
    if (Array.isArray(value)) for (const one of value) visit(one, binds);
    if (!isNode(value)) return;
    if (value.type === 'Identifier') (binds ? declared : used).add(String(value['name']));
    else for (const [key, child] of Object.entries(value)) visitChild(value, key, child, binds);
  };
  const visitChild = (node: Node, key: string, child: unknown, binds: boolean): void => {
    const isName = node['computed'] !== true && NAMES[node.type] === key;
    // Of `{ a }`, key and value are the same.
    if (isName || LABELS.has(node.type)) return;
    visit(child, BINDINGS[node.type]?.includes(key) || (binds && PATTERNS[node.type] === key));
  };
  visit(program, false);
  return new Set([...used].filter((name) => !declared.has(name)).sort());
}

type Node = { readonly type: string } & { readonly [key: string]: unknown };

/** Where an identifier is only the name of a member. */
const NAMES: Readonly<Record<string, string>> = {
  MemberExpression: 'property',
  Property: 'key',
  PropertyDefinition: 'key',
  MethodDefinition: 'key',
  AccessorProperty: 'key',
  MetaProperty: 'property',
};
const LABELS = new Set(['BreakStatement', 'ContinueStatement', 'MetaProperty', 'ExportAllDeclaration']);
/** Where identifiers are declared. */
const BINDINGS: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  ClassDeclaration: ['id'],
  ClassExpression: ['id'],
  CatchClause: ['param'],
  LabeledStatement: ['label'],
  ImportSpecifier: ['imported', 'local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  ExportSpecifier: ['exported'],
};
/** The parts of a pattern that are declared when the pattern is. */
const PATTERNS: Readonly<Record<string, string>> = {
  ObjectPattern: 'properties',
  Property: 'value',
  ArrayPattern: 'elements',
  AssignmentPattern: 'left',
  RestElement: 'argument',
};

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
