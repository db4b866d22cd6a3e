import type { FastifyInstance, FastifyReply } from 'fastify';
import {
  type BuiltPackage,
  integrityOf,
  PACKAGES_DIRECTORY,
  readBuiltPackages,
  readPackage,
} from '../../packages/built-packages.ts';
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

/** What is offered, and where its bytes come from. Of the list alone: there is no way to another file. */
interface Offer {
  list(): readonly BuiltPackage[];
  find(file: string): Buffer | undefined;
}

/**
 * Serves the npm packages at the addresses that vendors install them from, and their list with hashes. Vendors' lock files name an address
 * with its hash, so what was served once is served for good: every version is kept in the database, and a build with the same version but
 * other content does not take its place.
 */
export async function addPackageFiles(app: FastifyInstance, options: PackageFilesOptions): Promise<void> {
  const { publicUrl, development, packageFiles, directory = PACKAGES_DIRECTORY } = options;
  const offer = development ? offerOfFolder(directory) : await keepAll(app, packageFiles, directory);
  const headers = { ...FOR_EVERYBODY, 'cache-control': development ? REVALIDATED : FOREVER };
  app.get<{ Params: { file: string } }>(
    '/packages/:file(^[\\w.+-]+\\.tgz$)',
    async ({ params, headers: asked }, reply) => {
      const bytes = offer.find(params.file) ?? (await packageFiles.find(params.file));
      if (!bytes) return reply.callNotFound();
      const etag = `"${integrityOf(bytes)}"`;
      reply.headers({ ...headers, etag });
      return asked['if-none-match']?.includes(etag) ? reply.code(304).send() : reply.type(TYPE).send(bytes);
    },
  );
  addPackageList(app, () => offer.list(), publicUrl);
}

/** Reads at each request, because developers build while their server runs. */
function offerOfFolder(directory: string): Offer {
  const list = () => readBuiltPackages(directory);
  return {
    list,
    find(file) {
      const built = list().find((each) => each.file === file);
      return built && readPackage(built, directory);
    },
  };
}

/** Reads once, so that a build under the running server cannot change what an address says for good. @throws Error for wrong bytes */
async function keepAll(app: FastifyInstance, packageFiles: PackageFileRepository, directory: string): Promise<Offer> {
  const kept: BuiltPackage[] = [];
  const bytesOf = new Map<string, Buffer>();
  for (const built of readBuiltPackages(directory)) {
    const bytes = readPackage(built, directory);
    const integrity = await packageFiles.keep(built.file, built.integrity, () => bytes);
    kept.push({ ...built, integrity });
    if (integrity === built.integrity) bytesOf.set(built.file, bytes);
    else {
      app.log.warn(
        { file: built.file },
        `this build has another content than the ${built.version} that vendors have installed, which is served instead: give it a version of its own`,
      );
    }
  }
  return { list: () => kept, find: (file) => bytesOf.get(file) };
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
