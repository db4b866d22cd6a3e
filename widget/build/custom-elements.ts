import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

const WIDGET = fileURLToPath(new URL('..', import.meta.url));

/** Of https://github.com/webcomponents/custom-elements-manifest, as far as it is read here. */
export interface Manifest {
  schemaVersion: string;
  modules: { path: string; declarations?: Declaration[]; exports?: { name: string }[] }[];
}
export interface Declaration {
  kind: string;
  name: string;
  tagName?: string;
  customElement?: boolean;
  description?: string;
  attributes?: Documented[];
  events?: Documented[];
  slots?: Documented[];
  cssParts?: Documented[];
  cssProperties?: Documented[];
  members?: (Documented & { kind: string; privacy?: string; static?: boolean })[];
}
interface Documented {
  name: string;
  description?: string;
  type?: { text: string };
}

/**
 * What the class comment promises, for editors and catalogues (custom-elements.json).
 *
 * @param modulePath where the package has the module of the class
 */
export async function describeElement(modulePath: string): Promise<Manifest> {
  const argv = ['analyze', '--litelement', '--globs', 'signup-with-platform.ts', '--quiet'];
  const manifest = (await cli({ argv, cwd: WIDGET, noWrite: true })) as Manifest;
  return JSON.parse(
    JSON.stringify(manifest, (_key, value: unknown) =>
      isDeclared(value) ? withoutInternals(value) : value === 'signup-with-platform.ts' ? modulePath : value,
    ),
  ) as Manifest;
}
