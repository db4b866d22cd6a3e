import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** Writes the compiler's declarations for both kinds of module, beside the JavaScript of each. */
export function writeDeclarations(from: string, dist: string): void {
  for (const file of globSync('**/*.d.ts', { cwd: from })) {
    const source = readFileSync(join(from, file), 'utf8');
    const path = file.replace(/^client\//, '');
    write(join(dist, 'esm', path), withSpecifiers(source, path, 'js'));
    const forRequire = joseFromCommonJs(withSpecifiers(source, path, 'cjs'));
    if (path !== 'index.d.ts') {
      write(join(dist, 'cjs', path.replace(/\.d\.ts$/, '.d.cts')), forRequire);
    } else {
      write(join(dist, 'cjs', 'named.d.cts'), withoutTypeModifiers(forRequire));
      write(join(dist, 'cjs', 'index.d.cts'), functionWithNames(source));
    }
  }
}

/** Makes specifiers relative, with the extension that this kind of module has at run time. */
function withSpecifiers(source: string, path: string, extension: string): string {
  const toProtocol = relative(dirname(path), 'protocol/index') || 'protocol/index';
  return source
    .replaceAll("'@signup-with-platform/protocol'", `'${toProtocol.startsWith('.') ? '' : './'}${toProtocol}.ts'`)
    .replaceAll(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, `$1$2$3.${extension}$2`);
}

/** jose has only ESM types, so CommonJS declarations have to import them with an attribute (TypeScript's error 1541). */
function joseFromCommonJs(source: string): string {
  return source.replaceAll(
    /import (?:type )?\{([^}]*)\} from 'jose';/g,
    (_statement, names: string) =>
      `import type {${names.replaceAll(/\btype /g, '')}} from 'jose' with { 'resolution-mode': 'import' };`,
  );
}

/** An alias cannot be made of a name that was exported as a type only (TypeScript's error 1379). */
function withoutTypeModifiers(index: string): string {
  return index.replaceAll(/export (?:type )?\{[^}]*\}/g, (list) => list.replaceAll(/\btype /g, ''));
}

/** `module.exports` is the function, and everything else is a property of it: values and types. */
function functionWithNames(index: string): string {
  const names = [...index.matchAll(/export (?:type )?\{([^}]*)\}/g)]
    .flatMap(([, list = '']) => list.split(','))
    .map((name) => name.trim().replace(/^type /, ''))
    .filter((name) => name !== '' && !name.includes(' as '))
    .sort();
  return `import * as named from './named.cjs';

/** See {@link named.createClient}. */
declare function createClient(secretKey: string | undefined, options?: named.ClientOptions): named.PlatformClient;
declare function createClient(options: named.ClientOptions): named.PlatformClient;
declare namespace createClient {
${names.map((name) => `  export import ${name} = named.${name};`).join('\n')}
}
export = createClient;
`;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
