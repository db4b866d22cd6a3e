import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { installedPath } from '../../process/installation.ts';

/** The output of `npm run build` for the npm packages. */
export const PACKAGES_DIRECTORY = installedPath('dist/packages/');

const schema = z.object({
  packages: z.array(
    z.object({
      /** As it is imported. */
      name: z.string(),
      version: z.string(),
      /** The archive, beside the list. */
      file: z.string().regex(/^[\w.+-]+\.tgz$/),
      /** The hash that npm writes into lock files. */
      integrity: z.string().regex(/^sha512-/),
    }),
  ),
});

/** An npm package for vendors, packed. This server does not use it. */
export type BuiltPackage = z.infer<typeof schema>['packages'][number];

/** @throws Error when the packages have not been built */
export function readBuiltPackages(directory = PACKAGES_DIRECTORY): readonly BuiltPackage[] {
  let text: string;
  try {
    text = readFileSync(join(directory, 'packages.json'), 'utf8');
  } catch (cause) {
    throw new Error('The npm packages have not been built. Run `npm run build` first.', { cause });
  }
  return schema.parse(JSON.parse(text)).packages;
}

/** The hash that npm writes into lock files (https://www.w3.org/TR/sri-2/). */
export function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
}

/**
 * The bytes of a package, read now.
 * @throws Error when they are not those of the list, which lock files would refuse: the build was interrupted, or is not done yet
 */
export function readPackage({ file, integrity }: BuiltPackage, directory = PACKAGES_DIRECTORY): Buffer {
  const bytes = readFileSync(join(directory, file));
  if (integrityOf(bytes) !== integrity)
    throw new Error(`${file} has not the hash that packages.json says. Run \`npm run build\` again.`);
  return bytes;
}
