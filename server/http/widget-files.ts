import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** What `npm run build` makes of widget/. */
export const WIDGET_DIRECTORY = fileURLToPath(new URL('../../widget/dist/', import.meta.url));

const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';
const FOREVER = 'public, max-age=31536000, immutable';

/** `/widget.js` and the parts that it loads after the click. Any page may load them: they are modules, which need CORS. */
export async function addWidgetFiles(app: FastifyInstance): Promise<void> {
  if (!existsSync(WIDGET_DIRECTORY)) throw new Error('The widget has not been built. Run `npm run build` first.');
  await app.register(fastifyStatic, {
    root: WIDGET_DIRECTORY,
    // Routes of their own: a catch-all would answer for every address that nothing else knows.
    serve: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', /\/widget\.js(\.map)?(\.br|\.gz)?$/.test(path) ? FIVE_MINUTES : FOREVER);
      reply.header('access-control-allow-origin', '*');
      reply.header('cross-origin-resource-policy', 'cross-origin');
    },
  });
  for (const name of ['widget.js', 'widget.js.map']) app.get(`/${name}`, (_request, reply) => reply.sendFile(name));
  app.get<{ Params: { '*': string } }>('/widget/*', (request, reply) =>
    reply.sendFile(`widget/${request.params['*']}`),
  );
}
