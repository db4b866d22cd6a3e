import { type BuiltPackage, readBuiltPackages } from './built-packages.ts';

/**
 * Whether the packages are on npm under these names by us. Until then the platform serves them itself, and no page and no document may tell
 * anybody to install them by name: whoever takes the name there would be run by every vendor.
 */
export const PUBLISHED: boolean = false;

/** The package for vendors' backends, and the element for pages with a bundler. */
export const CLIENT_PACKAGE = '@signup-with-platform/client';
export const ELEMENT_PACKAGE = 'signup-with-platform';
export type PackageName = typeof CLIENT_PACKAGE | typeof ELEMENT_PACKAGE;

/** The command that installs a package of this platform's version, for example `npm install https://id.example/packages/client-1.2.0.tgz`. */
export function installCommand(publicUrl: string, name: PackageName): string {
  const built = builtPackage(name);
  return `npm install ${PUBLISHED ? `${name}@${built.version}` : packageUrl(publicUrl, built.file)}`;
}

/** Where this platform serves a package. */
export function packageUrl(publicUrl: string, file: string): string {
  return `${publicUrl}/packages/${file}`;
}

let packages: readonly BuiltPackage[] | undefined;
/** Read once, because a page of every app prints it. */
function builtPackage(name: PackageName): BuiltPackage {
  packages ??= readBuiltPackages();
  const built = packages.find((candidate) => candidate.name === name);
  if (!built) throw new Error(`The package ${name} has not been built. Run \`npm run build\` first.`);
  return built;
}
