import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a vendor's backend knows about a request. */
export interface VendorRequest {
  method: string;
  headers: IncomingHttpHeaders;
  /** The fields of the posted form. Empty without a form. */
  form: URLSearchParams;
}

interface VendorAnswer {
  html: string;
  /** Default 200. */
  status?: number;
  headers?: Record<string, string>;
}

/** A vendor's page: its markup and headers, made for each request. */
export type VendorPage = (url: URL, request: VendorRequest) => VendorAnswer | Promise<VendorAnswer>;

export interface VendorSite {
  readonly origin: string;
  /** Serves `page` at `path` from now on. */
  serve(path: string, page: VendorPage): void;
  close(): Promise<void>;
}

/**
 * An empty web site at its own origin, for pages that a real shop would not have.
 * @param host `127.0.0.1` is another site than `localhost`, where the platform is: cookies between them are third-party cookies
 */
export async function startVendorSite(host = '127.0.0.1'): Promise<VendorSite> {
  const pages = new Map<string, VendorPage>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`);
    const page = pages.get(url.pathname);
    if (!page) {
      response.writeHead(404).end();
      return;
    }
    const { method = 'GET' } = request;
    const form = new URLSearchParams(method === 'POST' ? await bodyOf(request) : '');
    const { html, status = 200, headers } = await page(url, { method, headers: request.headers, form });
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers }).end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host}:${port}`,
    serve: (path, page) => void pages.set(path, page),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The tag, as a vendor writes it. */
export function tagOf(attributes: Record<string, string>): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`);
  return `<signup-with-platform${written.join('')}></signup-with-platform>`;
}
