import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { LANGUAGES } from '@signup-with-platform/messages';
import { LIST_FILE } from '../../server/domain/breaches/list.ts';
import { ROOT } from '../run.ts';
import { bundle } from './bundle.ts';

const LINKED = [
  ...['node_modules', 'widget/dist', 'docs/dist', 'dist/packages', 'examples/backends'],
  LIST_FILE,
  ...LANGUAGES.map(({ tag }) => `messages/${tag}`),
];

/** What a release runs, in an empty directory, with links to what this checkout has in the place of copies: for tests and measurements. */
export async function linkRelease(directory: string): Promise<void> {
  await bundle(directory);
  cpSync(join(import.meta.dirname, 'files'), directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  for (const path of LINKED) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    symlinkSync(join(ROOT, path), join(directory, path));
  }
}
