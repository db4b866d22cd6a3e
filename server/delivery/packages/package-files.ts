import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { type BuiltPackage, PACKAGES_DIRECTORY, readBuiltPackages } from '../../packages/built-packages.ts';
import { packageUrl } from '../../packages/install-command.ts';
import type { PackageFileRepository } from '../../storage/package-files.ts';

const FOREVER = 'public, max-age=31536000, immutable';
const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';
const REVALIDATED = 'no-cache';
/** Tools that run in a browser install packages, too. */
const FOR_EVERYBODY = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const TYPE = 'application/gzip';

export interface PackageFilesOptions {
  publicUrl: string;
  /** On a developer's machine, the same version is built again with other content, so nothing is kept. */
  development: boolean;
  packageFiles: PackageFileRepository;
  /** The directory of the build. */
  directory?: string;
}

/**
 * Serves the npm packages at the addresses that vendors install them from, and their list with hashes. Vendors' lock files name an address
 * with its hash, so what was served once is served for good: every version is kept in the database, and a build with the same version but
 * other content does not take its place.
 */
export async function addPackageFiles(app: FastifyInstance, options: PackageFilesOptions): Promise<void> {
  const { publicUrl, development, packageFiles, directory = PACKAGES_DIRECTORY } = options;
  const built = readBuiltPackages(directory);
  const served = development ? built : await keepAll(built, packageFiles, directory);
  const replaced = built.filter(({ integrity }) => !served.some((kept) => kept.integrity === integrity));
  for (const { file, version } of replaced) {
    app.log.warn(
      { file },
      `this build has another content than the ${version} that vendors have installed, which is served instead: give it a version of its own`,
    );
  }
  const headers = { ...FOR_EVERYBODY, 'cache-control': development ? REVALIDATED : FOREVER };
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/packages/',
    // A route for each file, and none of a file that is not in the list, so that there is no way to any other.
    wildcard: false,
    allowedPath: (path) => built.some(({ file }) => path === `/${file}`),
    globIgnore: ['packages.json', ...replaced.map(({ file }) => file)],
    decorateReply: false,
    cacheControl: false,
    index: false,
    setHeaders: (reply) => {
      for (const [name, value] of Object.entries({ ...headers, 'content-type': TYPE })) reply.header(name, value);
    },
  });
  app.get<{ Params: { file: string } }>('/packages/:file(^[\\w.+-]+\\.tgz$)', async ({ params }, reply) => {
    const bytes = await packageFiles.find(params.file);
    return bytes ? reply.headers(headers).type(TYPE).send(bytes) : reply.callNotFound();
  });
  addPackageList(app, () => (development ? readBuiltPackages(directory) : served), publicUrl);
}

async function keepAll(
  built: readonly BuiltPackage[],
  packageFiles: PackageFileRepository,
  directory: string,
): Promise<BuiltPackage[]> {
  const kept: BuiltPackage[] = [];
  for (const each of built) {
    const read = () => readFileSync(join(directory, each.file));
    kept.push({ ...each, integrity: await packageFiles.keep(each.file, each.integrity, read) });
  }
  return kept;
}

/** The packages of this version, for programs and for people who compare hashes. */
function addPackageList(app: FastifyInstance, served: () => readonly BuiltPackage[], publicUrl: string): void {
  const list = () =>
    served().map(({ name, version, file, integrity }) => ({
      name,
      version,
      file,
      url: packageUrl(publicUrl, file),
      integrity,
    }));
  app.get('/packages/packages.json', (_request, reply) =>
    reply.headers({ ...FOR_EVERYBODY, 'cache-control': FIVE_MINUTES }).send({ packages: list() }),
  );
  const toList = (_request: unknown, reply: FastifyReply) => reply.redirect('/packages/packages.json');
  app.get('/packages', toList);
  app.get('/packages/', toList);
}
