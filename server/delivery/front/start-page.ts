import { pickLanguage } from '@signup-with-platform/messages';
import type { FastifyInstance } from 'fastify';
import type { Config } from '#config.ts';
import { constantOf, sendConstant, type TaggedConstant } from '#pages/constant.ts';
import { pageContextOfRequest } from '#pages/page-context.ts';
import { docsPathOf } from './docs-path.ts';
import { renderStartPage } from './render-start-page.ts';

const FOUND = 302;

/** Adds `/`: what this is and where to go from here, or the operator's own page. It is the same for everybody, so that caches keep it. */
export function addStartPage(app: FastifyInstance, config: Config): void {
  const { homeUrl } = config;
  if (homeUrl !== undefined) {
    app.get('/', (_request, reply) => reply.redirect(homeUrl, FOUND));
    return;
  }
  const pages = new Map<string, TaggedConstant>();
  app.get('/', (request, reply) => {
    const { languages, theme } = pageContextOfRequest(config, request);
    const language = pickLanguage(languages);
    const key = `${language.tag} ${theme}`;
    const page = pages.get(key) ?? toConstant(renderStartPage({ config, language, theme, docsPath: docsPathOf(app) }));
    pages.set(key, page);
    return sendConstant(request, reply, page);
  });
}

function toConstant({ html, contentSecurityPolicy }: ReturnType<typeof renderStartPage>): TaggedConstant {
  return constantOf({
    text: html,
    type: 'text/html; charset=utf-8',
    headers: {
      'content-security-policy': contentSecurityPolicy,
      'cross-origin-opener-policy': 'same-origin',
      vary: 'accept-encoding, accept-language',
    },
  });
}
