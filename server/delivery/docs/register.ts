import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { constantHandler } from '#pages/constant.ts';
import type { DocsSearch } from '#pages/docs-bar.ts';
import { severOpener } from '../../http/security-headers.ts';
import { type DocsPage, renderDocsPage } from './docs-page.ts';
import { fillIn, fillInText, hasElement, type KnownToDocs } from './parts.ts';
import { readSite, SITE_DIRECTORY, type Site, searchOf } from './site.ts';
import { getYourApps, type YourAppsContext } from './your-apps.ts';

const FOREVER = 'public, max-age=31536000, immutable';
/** For programs that read; also at the root, where they look for them. */
const TEXTS = ['llms.txt', 'llms-full.txt'];
/** No path of a request, so it cannot be asked for. */
const NOTHING_HERE = '';
/** Kept, and asked for again each time, so that an upgrade is seen at once. */
const CHECKED = 'no-cache';

export interface DocsContext extends YourAppsContext {
  config: KnownToDocs;
  /** Where the site was built. Default: where `npm run build` builds it. */
  directory?: string;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> | FastifyReply;

/**
 * Serves the documentation below `/docs`. A page is put together when it is asked for first, so that a start costs nothing.
 * @returns how other pages with the same bar search, unless the documentation was not built
 */
export async function registerDocs(app: FastifyInstance, context: DocsContext): Promise<DocsSearch | undefined> {
  const directory = context.directory ?? SITE_DIRECTORY;
  const site = readSite(directory);
  const handlers = new Map<string, Handler>();
  const answerAt = (path: string): Handler => {
    const answer = handlers.get(path) ?? answerOf(context, site, path);
    // Paths that nothing is at are not kept, because there is no end of them.
    if (answer) handlers.set(path, answer);
    return answer ?? answerAt(NOTHING_HERE);
  };
  const answer: Handler = (request, reply) => answerAt(request.url.split('?')[0] ?? '')(request, reply);
  await app.register(async (docs) => {
    docs.addHook('onRequest', (_request, reply, done) => {
      severOpener(reply);
      done();
    });
    docs.get('/docs/your-apps', (request, reply) => getYourApps(context, request, reply));
    docs.get('/docs', answer);
    docs.get('/docs/*', answer);
    if (!site) return;
    for (const name of TEXTS) docs.get(`/${name}`, answer);
    await docs.register(fastifyStatic, {
      root: join(directory, 'assets'),
      prefix: '/docs/assets/',
      decorateReply: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply) => void reply.header('cache-control', FOREVER),
    });
  });
  return site && searchOf(site);
}

/** @returns undefined for a path that nothing is at */
function answerOf(context: DocsContext, site: Site | undefined, path: string): Handler | undefined {
  if (path === NOTHING_HERE) return pageHandler(context, site, NOT_FOUND, 404);
  if (!site) return path === '/docs' ? pageHandler(context, site, NOT_BUILT, 503) : undefined;
  if (path === '/docs/' || path === '/docs/api/') return redirectTo(path.slice(0, -1));
  const name = path === '/docs' ? 'index' : path.replace(/^\/(docs\/)?/, '');
  const filled = (text: string) => fillInText(text, context.config, site.platformPlaceholder);
  if (TEXTS.includes(name)) return textHandler(filled(site.read(name)), 'text/plain; charset=utf-8');
  const [, slug = '', ending = ''] = /^([\w-]+)(\.md|\.html|\/)?$/.exec(name) ?? [];
  const page = Object.hasOwn(site.pages, slug) ? site.pages[slug] : undefined;
  if (!page) return undefined;
  const address = slug === 'index' ? '/docs' : `/docs/${slug}`;
  if (ending === '.md') return textHandler(filled(site.read(`pages/${slug}.md`)), 'text/markdown; charset=utf-8');
  if (path !== address) return redirectTo(address);
  const content = site.read(`pages/${slug}.html`);
  const description = filled(page.description);
  return pageHandler(context, site, { slug, title: page.title, description, content, hasElement: hasElement(content) });
}

function redirectTo(address: string): Handler {
  return (_request, reply) => reply.redirect(address, 301);
}

function pageHandler({ config }: DocsContext, site: Site | undefined, page: DocsPage, status = 200): Handler {
  const content = site ? fillIn(page.content, config, site.platformPlaceholder) : page.content;
  const { html, contentSecurityPolicy } = renderDocsPage(site, config.brand, { ...page, content });
  const headers = {
    'content-security-policy': contentSecurityPolicy,
    'cache-control': status === 200 ? CHECKED : 'no-store',
  };
  return constantHandler(() => ({ text: html, type: 'text/html; charset=utf-8', headers }), status);
}

function textHandler(text: string, type: string): Handler {
  return constantHandler(() => ({ text, type, headers: { 'cache-control': CHECKED } }));
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
