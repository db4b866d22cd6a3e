import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../run.ts';
import { bundle } from './bundle.ts';

/** What a release runs, in an empty directory, with links to what this checkout has in the place of copies: for tests and measurements. */
export async function linkRelease(directory: string): Promise<void> {
  await bundle(directory);
  cpSync(join(import.meta.dirname, 'files'), directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  mkdirSync(join(directory, 'widget'));
  for (const path of ['node_modules', 'messages', 'widget/dist']) symlinkSync(join(ROOT, path), join(directory, path));
}
