import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Config } from '#config.ts';
import { withoutTrailingSlash } from '#http/trailing-slash.ts';
import { askSupport } from '#pages/brand.ts';
import { closeWindowScript, wayOut } from '#pages/closing.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { pageContextOfRequest } from '#pages/page-context.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { sendPage } from '#pages/write-page.ts';

const MOVED_PERMANENTLY = 301;

/** Answers whatever has no route: with the page that is meant, if only a slash at the end is too much, else with a page that leads home. */
export function addNotFoundPage(app: FastifyInstance, config: Pick<Config, 'platformName' | 'brand'>): void {
  app.setNotFoundHandler((request, reply) => {
    const meant = withoutSlash(app, request);
    if (meant !== undefined) return reply.redirect(meant, MOVED_PERMANENTLY);
    const page = renderNotFound(pageContextOfRequest(config, request), request.id);
    return sendPage(reply, 404, page, { mayCompress: false });
  });
}

/** Only an address that is a route: any other, such as `//attacker.example/`, would lead away from here. */
function withoutSlash(app: FastifyInstance, { method, url }: FastifyRequest): string | undefined {
  const meant = method === 'GET' || method === 'HEAD' ? withoutTrailingSlash(url) : undefined;
  const isRoute = meant !== undefined && app.hasRoute({ method: 'GET', url: meant.split('?', 1)[0] ?? '' });
  return isRoute ? meant : undefined;
}

function renderNotFound(context: PageContext, requestId: string): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const title = t('popup.errorPage.not_found.title');
  const id = html`<code>${isolateLeftToRight(requestId)}</code>`;
  return renderPage(context, {
    language,
    title,
    problem: 'error',
    scripts: [closeWindowScript()],
    main: html`<div class="intro"><h1>${title}</h1><p class="muted">${t('popup.errorPage.not_found.explanation')}</p></div>
<div class="actions">${wayOut(language)}</div>
<div class="end below">${askSupport(context.brand, language)}
<p class="small muted">${t.rich('popup.errorPage.requestId', { id })}</p></div>`,
  });
}
