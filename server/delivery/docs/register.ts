import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { constantHandler } from '#pages/constant-answer.ts';
import type { Config } from '../../config.ts';
import { severOpener } from '../../http/security-headers.ts';
import { type DocsPage, renderDocsPage } from './docs-page.ts';
import { fillIn, fillInText, hasElement } from './parts.ts';
import { readSite, SITE_DIRECTORY, type Site } from './site.ts';
import { getYourApps, type YourAppsContext } from './your-apps.ts';

const FOREVER = 'public, max-age=31536000, immutable';
const TEXT = 'text/plain; charset=utf-8';
/** Kept, and asked for again each time, so that an upgrade is seen at once. */
const CHECKED = 'no-cache';

export interface DocsContext extends YourAppsContext {
  config: Pick<Config, 'publicUrl' | 'brand'>;
  /** Where the site was built. Default: where `npm run build` builds it. */
  directory?: string;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply;

/** Serves the documentation below `/docs`. A page is put together when it is asked for first. */
export async function registerDocs(app: FastifyInstance, context: DocsContext): Promise<void> {
  const directory = context.directory ?? SITE_DIRECTORY;
  const site = readSite(directory);
  await app.register(async (docs) => {
    docs.addHook('onRequest', async (_request, reply) => severOpener(reply.raw));
    docs.get('/docs/your-apps', (request, reply) => getYourApps(context, request, reply));
    const unknown = pageHandler(context, site, NOT_FOUND, 404);
    docs.get('/docs/*', unknown);
    if (!site) {
      docs.get('/docs', pageHandler(context, undefined, NOT_BUILT, 503));
      return;
    }
    for (const slug of Object.keys(site.pages)) addPage(docs, context, site, slug);
    docs.get('/docs/', (_request, reply) => reply.redirect('/docs', 301));
    for (const name of ['llms.txt', 'llms-full.txt']) {
      const text = onceAskedFor(() => textHandler(fillInText(site.read(name), context.config), TEXT));
      docs.get(`/docs/${name}`, text);
      docs.get(`/${name}`, text);
    }
    await docs.register(fastifyStatic, {
      root: join(directory, 'assets'),
      prefix: '/docs/assets/',
      decorateReply: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply) => void reply.header('cache-control', FOREVER),
    });
  });
}

function addPage(docs: FastifyInstance, context: DocsContext, site: Site, slug: string): void {
  const address = slug === 'index' ? '/docs' : `/docs/${slug}`;
  const handler = onceAskedFor(() => {
    const { title = '', description: summary = '' } = site.pages[slug] ?? {};
    const description = fillInText(summary, context.config);
    const content = site.read(`pages/${slug}.html`);
    return pageHandler(context, site, { slug, title, description, content, hasElement: hasElement(content) });
  });
  docs.get(address, handler);
  if (slug !== 'index') docs.get(`${address}/`, (_request, reply) => reply.redirect(address, 301));
  docs.get(`/docs/${slug}.html`, (_request, reply) => reply.redirect(address, 301));
  docs.get(
    `/docs/${slug}.md`,
    onceAskedFor(() =>
      textHandler(fillInText(site.read(`pages/${slug}.md`), context.config), 'text/markdown; charset=utf-8'),
    ),
  );
}

function pageHandler({ config }: DocsContext, site: Site | undefined, page: DocsPage, status = 200): Handler {
  const content = fillIn(page.content, config);
  const { html, contentSecurityPolicy } = renderDocsPage(site, config.brand, { ...page, content });
  const headers = {
    'content-security-policy': contentSecurityPolicy,
    'cache-control': status === 200 ? CHECKED : 'no-store',
  };
  return constantHandler({ text: html, type: 'text/html; charset=utf-8', headers }, status);
}

function textHandler(text: string, type: string): Handler {
  return constantHandler({ text, type, headers: { 'cache-control': CHECKED } });
}

/** Makes a handler at the first request, so that a start costs nothing. */
function onceAskedFor(make: () => Handler): Handler {
  let made: Handler | undefined;
  return (request, reply) => {
    made ??= make();
    return made(request, reply);
  };
}

const NOT_FOUND: DocsPage = {
  title: 'There is no such page',
  content: `<h1>There is no such page</h1>
<p>It may have been moved, or its address was shortened on the way. The list of contents has every page; the search box above finds words.</p>
<ul><li><a href="/docs">Where the documentation begins</a></li><li><a href="/docs/quickstart">Quickstart</a></li>
<li><a href="/docs/api">API reference</a></li></ul>`,
};

const NOT_BUILT: DocsPage = {
  title: 'The documentation has not been built',
  content: `<h1>The documentation has not been built</h1>
<p>Run <code>npm run build</code> in the platform's folder, and start the platform again. <code>npm start</code> does both.</p>
<p>The <a href="/docs/api">API reference</a> is here without a build.</p>`,
};
