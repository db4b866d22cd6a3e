import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { buildExamples, EXAMPLE_NAMES } from './build.ts';
import { renderPage } from './ssr/render-page.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};
const FILE = /^\/(?:[\w-]+\/)*[\w.-]+\.(?:html|css|js)$/;

export interface ExampleSettings {
  /** Origin of the platform. */
  platform: string;
  clientId: string;
  host?: string;
  /** `0` takes a free port. */
  port?: number;
}

/** Serves the built examples, each under its name, e.g. `/react/`. */
export async function serveExamples({
  platform,
  clientId,
  host = '127.0.0.1',
  port = 0,
}: ExampleSettings): Promise<{ origin: string; close(): Promise<void> }> {
  const answer = async ({ pathname, searchParams }: URL): Promise<{ type: string; body: string | Buffer }> => {
    const type = TYPES[extname(pathname)] ?? 'text/html; charset=utf-8';
    if (pathname === '/')
      return { type, body: EXAMPLE_NAMES.map((name) => `<p><a href="/${name}/">${name}</a>`).join('') };
    if (pathname === '/favicon.ico') return { type: 'image/svg+xml', body: '' };
    if (pathname === '/ssr/') {
      return { type, body: await renderPage({ platform, clientId, language: searchParams.get('language') ?? 'en' }) };
    }
    const path = pathname.replace(/\/$/, '/index.html');
    if (!FILE.test(path)) throw new Error('no such file');
    const body = await readFile(join(import.meta.dirname, 'dist', path));
    if (!path.endsWith('.html')) return { type, body };
    // In your own page, write these values directly.
    const page = body.toString().replaceAll('http://localhost:4000', platform).replaceAll('your-client-id', clientId);
    return { type, body: page };
  };
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://localhost')).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, host, resolve));
  return {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

if (import.meta.main) {
  const { PLATFORM_URL: platform = 'http://localhost:4000', CLIENT_ID: clientId, PORT = '4200' } = process.env;
  const origin = `http://localhost:${PORT}`;
  if (clientId) {
    await buildExamples();
    await serveExamples({ platform, clientId, host: 'localhost', port: Number(PORT) });
    console.log(`The examples are at ${origin}`);
  } else {
    console.error(`Register them first, then set CLIENT_ID to the client_id that it prints:
  npm run platform -- app create --name Examples --environment localhost --origin ${origin}`);
    process.exitCode = 1;
  }
}
