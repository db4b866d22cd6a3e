import { fileURLToPath } from 'node:url';
import { cli } from '@custom-elements-manifest/analyzer/cli.js';

const WIDGET = fileURLToPath(new URL('..', import.meta.url));
/** The element, and the class that it extends, from which it inherits members. */
const SOURCES = ['signup-with-platform.ts', 'form-associated-element.ts'];

/** The parts of https://github.com/webcomponents/custom-elements-manifest that are read here. */
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
 * Describes what the class and its comment promise, for editors and catalogues (custom-elements.json).
 *
 * @param folder where the package has the modules, with a trailing slash
 */
export async function describeElement(folder: string): Promise<Manifest> {
  const argv = ['analyze', '--litelement', '--globs', ...SOURCES, '--quiet'];
  const analyzed = (await cli({ argv, cwd: WIDGET, noWrite: true })) as Manifest;
  // The analyzer's paths are those of the sources.
  const published = SOURCES.reduce(
    (text, source) => text.replaceAll(`"${source}"`, JSON.stringify(folder + source.replace('.ts', '.js'))),
    JSON.stringify(analyzed),
  );
  const manifest = JSON.parse(published) as Manifest;
  for (const module of manifest.modules) module.declarations = module.declarations.filter(({ tagName }) => tagName);
  manifest.modules = manifest.modules.filter(({ declarations }) => declarations.length > 0);
  for (const module of manifest.modules) {
    for (const element of module.declarations) {
      // The analyzer also finds what is not promised: private members, callbacks of the browser, a variable with an event's name.
      element.members = element.members.filter(
        ({ name, privacy }) =>
          privacy !== 'private' && privacy !== 'protected' && !/Callback$|^timings$|^words$/.test(name),
      );
      element.events = element.events.filter(({ description }) => description);
    }
  }
  return manifest;
}

/** The same for the setting `html.customData` of VS Code (https://github.com/microsoft/vscode-custom-data). */
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
