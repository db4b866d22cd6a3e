import { parseAst } from 'vite';

/** A node of ESTree, and those around it, the innermost first. */
type Node = { readonly type: string } & { readonly [key: string]: unknown };
type Around = readonly Node[];

const COLLECTIONS: ReadonlySet<unknown> = new Set(['Map', 'Set']);
const ADDING: ReadonlySet<unknown> = new Set(['set', 'add', 'push', 'unshift']);
const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);
/** These call what they are given before they return, so that a collection which that fills is still one call's own. */
const AT_ONCE: ReadonlySet<unknown> = new Set([
  'map',
  'flatMap',
  'forEach',
  'filter',
  'every',
  'some',
  'reduce',
  'sort',
  'replaceAll',
]);

/**
 * Finds the collections of a file that live longer than one call and grow: those of modules, those of objects, and those of a function that
 * are filled by another one, which is called later. A WeakMap lives as long as its keys do, and is not among them.
 */
export function growingCollections(text: string): string[] {
  const made: { name: string; owner: Node | undefined }[] = [];
  const additions: { name: string; around: Around }[] = [];
  walk(parseAst(text, { lang: 'ts' }), [], (node, around) => {
    const name = nameOfCollection(node);
    if (name !== undefined) made.push({ name, owner: around.find(isOwner) });
    const grown = nameOfGrown(node);
    if (grown !== undefined) additions.push({ name: grown, around });
  });
  const growing = made.filter(({ name, owner }) =>
    additions.some((addition) => addition.name === name && isLater(addition.around, owner)),
  );
  return [...new Set(growing.map(({ name }) => name))];
}

function walk(value: unknown, around: Around, visit: (node: Node, around: Around) => void): void {
  if (Array.isArray(value)) for (const each of value) walk(each, around, visit);
  if (!isNode(value)) return;
  visit(value, around);
  const inner = [value, ...around];
  for (const child of Object.values(value)) walk(child, inner, visit);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

function isOwner({ type }: Node): boolean {
  return type === 'ClassBody' || FUNCTIONS.has(type);
}

/** What a collection is called that is made here: `const seen = new Map()`, `readonly #line: Waiting[] = []`. */
function nameOfCollection({ type, id, key, value, init }: Node): string | undefined {
  if (type === 'PropertyDefinition') return isCollection(value) ? nameOf(key) : undefined;
  return type === 'VariableDeclarator' && isCollection(init) ? nameOf(id) : undefined;
}

function isCollection(value: unknown): boolean {
  if (!isNode(value)) return false;
  if (value.type === 'ArrayExpression') return Array.isArray(value['elements']) && value['elements'].length === 0;
  return value.type === 'NewExpression' && COLLECTIONS.has(nameOf(value['callee']));
}

/** What a collection is called that something is added to here: `seen.set(…)`, `this.#line.push(…)`. */
function nameOfGrown({ type, callee }: Node): string | undefined {
  if (type !== 'CallExpression' || !isNode(callee) || !ADDING.has(nameOf(callee['property']))) return undefined;
  const { object } = callee;
  if (!isNode(object)) return undefined;
  return nameOf(object.type === 'MemberExpression' ? object['property'] : object);
}

function nameOf(node: unknown): string | undefined {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : undefined;
}

/** Whether something is added in another call than the one that has made the collection. */
function isLater(around: Around, owner: Node | undefined): boolean {
  const inner = owner ? around.slice(0, around.indexOf(owner)) : around;
  if (owner && !around.includes(owner)) return false;
  return inner.some((node, index) => FUNCTIONS.has(node.type) && !isCalledAtOnce(node, inner[index + 1] ?? owner));
}

function isCalledAtOnce(callback: Node, call: Node | undefined): boolean {
  if (call?.type !== 'CallExpression' || !Array.isArray(call['arguments'])) return false;
  const { callee } = call;
  return call['arguments'].includes(callback) && isNode(callee) && AT_ONCE.has(nameOf(callee['property']));
}
