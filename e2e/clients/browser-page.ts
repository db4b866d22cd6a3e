import { createServer } from 'node:http';
import type { Plugin } from 'vite';
import { build } from 'vite';
import type { Given, RelyingParty } from './client.ts';
import { FOLDER } from './program.ts';

const pageOf = (content: string) => `<!doctype html><html lang="en"><title>A shop</title>
<main>${content}</main><script type="module" src="/client.js"></script></html>`;

export interface BrowserPage {
  /** Under whose name what was pasted is compiled; it need not exist. */
  file: string;
  /** Of the page, as HTML. */
  content: string;
}

/** Serves a page that runs what was pasted, bundled as a vendor's own tools would do it. */
export async function browserPage(text: string, given: Given, { file, content }: BrowserPage): Promise<RelyingParty> {
  const script = await bundle(file, text);
  const server = createServer((request, response) => {
    const isScript = request.url === '/client.js';
    response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : pageOf(content));
  });
  await new Promise<void>((resolve) => server.listen(given.port, 'localhost', resolve));
  return {
    output: () => '',
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bundle(file: string, text: string): Promise<string> {
  const path = `${FOLDER}${file}`;
  const pasted: Plugin = {
    name: 'pasted',
    enforce: 'pre',
    resolveId: (id) => (id === path ? path : undefined),
    load: (id) => (id === path ? text : undefined),
  };
  const output = await build({
    configFile: false,
    root: FOLDER,
    logLevel: 'error',
    plugins: [pasted],
    build: { write: false, target: 'es2022', minify: false, rolldownOptions: { input: path } },
  });
  const [result] = Array.isArray(output) ? output : [output];
  const chunk = result && 'output' in result ? result.output[0] : undefined;
  if (!chunk) throw new Error(`nothing came of ${file}`);
  return chunk.code;
}
