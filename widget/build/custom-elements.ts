import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

const WIDGET = fileURLToPath(new URL('..', import.meta.url));
const SOURCE = 'signup-with-platform.ts';

/** Of https://github.com/webcomponents/custom-elements-manifest, as far as it is read here. */
export interface Manifest {
  schemaVersion: string;
  modules: { path: string; declarations: ElementDeclaration[] }[];
}
export interface ElementDeclaration {
  name: string;
  tagName: string;
  description: string;
  attributes: (Documented & { fieldName?: string })[];
  events: Documented[];
  slots: Documented[];
  cssParts: Documented[];
  cssProperties: Documented[];
  members: (Documented & { kind: string; privacy?: string; static?: boolean })[];
}
interface Documented {
  name: string;
  description?: string;
  type?: { text: string };
}

/**
 * What the class and its comment promise, for editors and catalogues (custom-elements.json).
 *
 * @param modulePath where the package has the module of the class
 */
export async function describeElement(modulePath: string): Promise<Manifest> {
  const argv = ['analyze', '--litelement', '--globs', SOURCE, '--quiet'];
  const analyzed = (await cli({ argv, cwd: WIDGET, noWrite: true })) as Manifest;
  // Its paths are those of the source.
  const manifest = JSON.parse(
    JSON.stringify(analyzed).replaceAll(`"${SOURCE}"`, JSON.stringify(modulePath)),
  ) as Manifest;
  for (const module of manifest.modules) {
    module.declarations = module.declarations.filter(({ tagName }) => tagName);
    for (const element of module.declarations) {
      // What the analyzer finds in the code beside what is promised: private members, browser callbacks, a variable for an event's name.
      element.members = element.members.filter(
        ({ name, privacy }) =>
          privacy !== 'private' && privacy !== 'protected' && !/Callback$|^timings$|^words$/.test(name),
      );
      element.events = element.events.filter(({ description }) => description);
    }
  }
  return manifest;
}

/** The same for VS Code's HTML editor: its setting `html.customData` (https://github.com/microsoft/vscode-custom-data). */
export function htmlDataOf({ modules }: Manifest): object {
  const elements = modules.flatMap(({ declarations }) => declarations);
  return {
    version: 1.1,
    tags: elements.map(({ tagName, description, attributes }) => ({
      name: tagName,
      description,
      attributes: attributes.map(({ name, description, type }) => ({
        name,
        description,
        ...(type?.text === 'boolean' && { valueSet: 'v' }),
        ...(type?.text.includes("'") && { values: valuesOf(type.text).map((value) => ({ name: value })) }),
      })),
    })),
  };
}

function valuesOf(union: string): string[] {
  return [...union.matchAll(/'([^']+)'/g)].map(([, value = '']) => value);
}
