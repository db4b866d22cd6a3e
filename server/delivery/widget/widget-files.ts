import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Brand } from '../../brand/brand.ts';
import { accepts } from '../../pages/compress.ts';
import { keepRelease, takeOverFolder, type WidgetVersions } from './kept-versions.ts';
import { readWidgetRelease, WIDGET_DIRECTORY } from './widget-release.ts';

const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';
const FOREVER = 'public, max-age=31536000, immutable';
/** Lets any page load these files. They are modules, so they need CORS. */
const FOR_EVERYBODY = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

export interface WidgetFilesOptions {
  brand: Brand;
  publicUrl: string;
  /** Where each version that is served is kept. */
  versions: WidgetVersions;
  /** The directory in which the folder `widget` may be left, of a version that kept them there. */
  dataDir: string;
}

/**
 * Serves the element's script and the parts that it loads later: at a stable address that always has the current version, and at an
 * address of each version, whose content never changes. The script finds its parts by relative URLs.
 */
export async function addWidgetFiles(app: FastifyInstance, options: WidgetFilesOptions): Promise<void> {
  const { versions } = options;
  const release = await readWidgetRelease(options.brand, options.publicUrl, {
    compressed: (version) => versions.file(version, 'widget.js'),
  });
  try {
    await takeOverFolder(join(options.dataDir, 'widget'), versions);
    await keepRelease(release, WIDGET_DIRECTORY, versions);
  } catch (error) {
    app.log.warn({ err: error }, 'this version of the widget could not be kept, or earlier ones not be taken over');
  }
  await app.register(fastifyStatic, {
    root: WIDGET_DIRECTORY,
    // Each file has its own route, because a catch-all would answer for every unknown address.
    serve: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      const changes = path === join(WIDGET_DIRECTORY, 'widget.js.map');
      reply.header('cache-control', changes ? FIVE_MINUTES : FOREVER);
      for (const [name, value] of Object.entries(FOR_EVERYBODY)) reply.header(name, value);
    },
  });

  const sendScript = (request: FastifyRequest, reply: FastifyReply, cacheControl: string) => {
    // Weak, because the three encodings share one tag (RFC 9110 section 8.8.3.3).
    const etag = `W/"${release.version}"`;
    reply.headers({ ...FOR_EVERYBODY, 'cache-control': cacheControl, etag, vary: 'accept-encoding' });
    if (request.headers['if-none-match']?.includes(etag)) return reply.code(304).send();
    const encoding = (['br', 'gzip'] as const).find((name) => accepts(request.headers['accept-encoding'], name));
    if (encoding) reply.header('content-encoding', encoding);
    return reply.type('text/javascript; charset=utf-8').send(release.script[encoding ?? 'identity']);
  };
  app.get('/widget.js', (request, reply) => sendScript(request, reply, FIVE_MINUTES));
  app.get('/widget.js.map', (_request, reply) => reply.sendFile('widget.js.map'));
  app.get<{ Params: { part: string } }>('/widget/:part', ({ params }, reply) =>
    reply.sendFile(`widget/${params.part}`),
  );

  const versioned = `/widget/${release.version}`;
  app.get(`${versioned}/widget.js`, (request, reply) => sendScript(request, reply, FOREVER));
  app.get(`${versioned}/widget.js.map`, (_request, reply) => reply.sendFile('widget.js.map'));
  app.get<{ Params: { part: string } }>(`${versioned}/widget/:part`, ({ params }, reply) =>
    reply.sendFile(`widget/${params.part}`),
  );
  const sendKept = async (request: FastifyRequest, reply: FastifyReply, version: string, name: string) => {
    const br = await versions.file(version, name);
    if (!br) return reply.callNotFound();
    reply.headers({ ...FOR_EVERYBODY, 'cache-control': FOREVER, vary: 'accept-encoding' });
    reply.type('text/javascript; charset=utf-8');
    if (accepts(request.headers['accept-encoding'], 'br')) return reply.header('content-encoding', 'br').send(br);
    return reply.send(await promisify(brotliDecompress)(br));
  };
  app.get<{ Params: { version: string } }>('/widget/:version(^[0-9a-f]{16}$)/widget.js', (request, reply) =>
    sendKept(request, reply, request.params.version, 'widget.js'),
  );
  app.get<{ Params: { version: string; part: string } }>(
    '/widget/:version(^[0-9a-f]{16}$)/widget/:part',
    (request, reply) => sendKept(request, reply, request.params.version, request.params.part),
  );

  const { identity, br } = release.script;
  const address = options.publicUrl + versioned;
  app.get('/widget/manifest.json', (_request, reply) =>
    reply.headers({ ...FOR_EVERYBODY, 'cache-control': FIVE_MINUTES }).send({
      version: release.version,
      url: `${address}/widget.js`,
      integrity: release.integrity,
      size: identity.length,
      compressed_size: br.length,
      parts: Object.fromEntries(
        Object.entries(release.parts).map(([name, integrity]) => [`${address}/widget/${name}`, integrity]),
      ),
    }),
  );
}
