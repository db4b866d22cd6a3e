import { fileURLToPath } from 'node:url';

/**
 * Path of a file or folder that is read while a server runs. Folders lie alike in a checkout and in a release. Only this module may say where
 * they are: a bundle puts the others elsewhere, and leaves this one in its place (`scripts/release/bundle.ts`).
 *
 * @param path from the root of either, such as `widget/dist/`
 */
export function installedPath(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
