import { cruise, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { codeSpans, tableOf } from './markdown.ts';
import { ROOT } from './run.ts';

/** A row of ARCHITECTURE.md's tables: a folder or a file, from the root, and what it may import from. */
export interface Room {
  readonly path: string;
  /** Paths from the root; undefined where it may import anything. */
  readonly mayImport: readonly string[] | undefined;
  /** Packages that nobody else imports, but for their types. */
  readonly ownPackages: readonly string[];
  readonly knowsNoHttp: boolean;
}

/** @throws Error when a table is missing, or a cell says nothing */
export function roomsOf(architecture: string): Room[] {
  const folders = tableOf(architecture, 'Folder').map(([path = '', may = '', what = '']) =>
    roomOf('', path, may, 'none', what),
  );
  const rooms = tableOf(architecture, 'Room').map(([path = '', may = '', packages = '', what = '']) =>
    roomOf('server/', path, may, packages, what),
  );
  return [...folders, ...rooms];
}

function roomOf(prefix: string, cell: string, may: string, packages: string, what: string): Room {
  const [path] = codeSpans(cell);
  if (!path || !may || !packages || !what) throw new Error(`a row of the table is not filled in: ${cell}`);
  return {
    path: prefix + path,
    mayImport: may === 'anything' ? undefined : codeSpans(may).map((other) => prefix + other),
    ownPackages: codeSpans(packages),
    knowsNoHttp: what.includes('knows no HTTP'),
  };
}

/** The pairs that point up: what a room may import from stands below it in its table. */
export function upwardArrows(rooms: readonly Room[]): string[] {
  return rooms.flatMap(({ path, mayImport = [] }, row) =>
    mayImport
      .filter((other) => !rooms.slice(row).some((below) => below.path.startsWith(other)) || isAbove(rooms, other, row))
      .map((other) => `${path} -> ${other}`),
  );
}

const isAbove = (rooms: readonly Room[], other: string, row: number) =>
  rooms.slice(0, row + 1).some(({ path }) => path.startsWith(other));

/** Beginnings of paths; packages lie below a folder of ours, and are none of it. */
const pattern = (paths: readonly string[]) =>
  `^(?!.*node_modules/)(${paths.map((path) => path.replaceAll('.', '\\.')).join('|')})`;

/** Tests and what serves them alone. They may look everywhere, and nobody else may look at them. */
const TESTS =
  '\\.(test|spec|browser-test)\\.tsx?$|/testing(-support)?/|^client/testing\\.ts$|^demo/testing\\.ts$|^server/upgrade/|^e2e/|^bench/';

/** The tables as rules for dependency-cruiser, and those that hold everywhere. */
export function rulesOf(rooms: readonly Room[]): IForbiddenRuleType[] {
  const folders = foldersOf(rooms);
  const walls = rooms.flatMap(({ path, mayImport }): IForbiddenRuleType[] => {
    if (!mayImport) return [];
    // What a folder may import, its rooms may.
    const { mayImport: shared = [] } = folders.find((folder) => isInside(path, folder.path)) ?? {};
    return [
      {
        name: `${path} imports from ${mayImport.join(', ') || 'nothing else'}`,
        severity: 'error',
        from: { path: pattern([path]), pathNot: TESTS },
        to: { path: pattern(folders.map((folder) => folder.path)), pathNot: pattern([path, ...mayImport, ...shared]) },
      },
    ];
  });
  const packages = rooms.flatMap(({ path, ownPackages }) =>
    ownPackages.map((name): IForbiddenRuleType => {
      const module = name.startsWith('node:') ? `^(node:)?${name.slice('node:'.length)}$` : `node_modules/${name}/`;
      return {
        name: `only ${path} uses ${name}`,
        severity: 'error',
        from: { path: '^server/', pathNot: `${pattern([path])}|${TESTS}` },
        to: { path: module },
      };
    }),
  );
  const ignorant = rooms.filter(({ knowsNoHttp }) => knowsNoHttp).map(({ path }) => path);
  return [
    ...walls,
    ...packages,
    {
      name: 'rooms that know no HTTP import neither servers nor pages',
      severity: 'error',
      from: { path: pattern(ignorant), pathNot: TESTS },
      to: { path: 'node_modules/(fastify|@fastify|@lit-labs|lit)/|^(node:)?https?2?$' },
    },
    {
      name: 'what runs imports nothing of the tests',
      severity: 'error',
      from: { pathNot: `${TESTS}|^scripts/` },
      to: { path: TESTS },
    },
    { name: 'no circle of files', severity: 'error', from: { pathNot: TESTS }, to: { circular: true } },
  ];
}

const isInside = (path: string, folder: string) => path !== folder && path.startsWith(folder);

/** The rows that lie in no other row: what stands at the top. */
export function foldersOf(rooms: readonly Room[]): Room[] {
  return rooms.filter(({ path }) => !rooms.some((other) => isInside(path, other.path)));
}

/** Files of a folder that has rooms which are in none of them: no wall would hold them. */
export function filesWithoutRoom(files: readonly string[], rooms: readonly Room[]): string[] {
  const divided = foldersOf(rooms).filter(({ path }) => rooms.some((room) => isInside(room.path, path)));
  return files.filter(
    (file) =>
      !new RegExp(TESTS).test(file) &&
      divided.some(({ path }) => isInside(file, path)) &&
      !rooms.some((room) => divided.every(({ path }) => path !== room.path) && file.startsWith(room.path)),
  );
}

/** Ways to import that dependency-cruiser does not follow: `import('…')` as a type, and a path that is put together. */
const UNSEEN = [
  /\btypeof import\(/,
  /(?:[:=<|&]|\bextends)\s*import\('[^']+'\)\.(?!then\b|catch\b)/,
  /\bimport\((?!\s*['"])/,
];

/** The lines of a file with an import that nobody would see. */
export function unseenImports(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return code.split('\n').filter((line) => UNSEEN.some((way) => way.test(line)));
}

/** Every import that breaks one of the rules, as "file -> file: rule". @param paths folders and files, from the root */
export async function brokenRules(
  paths: readonly string[],
  rules: IForbiddenRuleType[],
  directory = ROOT,
): Promise<{ files: number; violations: string[] }> {
  const { output } = await cruise([...paths], {
    baseDir: directory,
    // TypeScript 7 has no interface for other programs, so the files are read by SWC, which takes no JSX here.
    parser: 'swc',
    tsPreCompilationDeps: true,
    // Test files are imported by nobody.
    exclude: { path: '\\.(test|spec|browser-test)\\.ts$|/dist/|/web-test-runner\\.config|\\.tsx$|\\.svelte$|\\.vue$' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default', 'types'] },
    validate: true,
    ruleSet: { forbidden: rules },
  });
  const { summary } = output as ICruiseResult;
  return {
    files: summary.totalCruised,
    violations: summary.violations.map(({ from, to, rule }) => `${from} -> ${to}: ${rule.name}`),
  };
}
