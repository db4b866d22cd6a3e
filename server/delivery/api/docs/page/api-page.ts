import { html, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { brandFooter, faviconOf } from '#pages/brand.ts';
import { contentSecurityPolicy } from '#pages/content-security-policy.ts';
import { docsBar } from '#pages/docs-bar.ts';
import { inlineScript } from '#pages/inline.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { EMBED_GROUP } from '../embed.ts';
import type { Operation } from '../operation.ts';
import { behaviour } from './behaviour.ts';
import { docsScript } from './browser-script.ts';
import { styleOf } from './docs-styles.ts';
import { embedErrorsSection } from './embed-errors-section.ts';
import { errorCodesSection, errorsSection } from './errors-section.ts';
import { introduction } from './introduction.ts';
import { operationSection } from './operation-section.ts';
import type { Chapter, DocumentedPlatform, Section } from './section.ts';
import { validationSection } from './validation-section.ts';
import { verifySection } from './verify-section.ts';

const script = inlineScript(docsScript);

/** Renders `/docs/api`, the documentation for vendors' developers. It is in English only. */
export function apiPage(operations: readonly Operation[], platform: DocumentedPlatform): RenderedPage {
  const chapters = chaptersOf(operations, platform);
  const toTheGuide = html`<ul><li><a href="/docs/user-api">Guide and other pages</a></li></ul>`;
  const contents = html`${toTheGuide}${chapters.map(navigation)}`;
  const title = `${platform.name} API`;
  const behaviourOfPage = script();
  const style = styleOf(platform.brand);
  const { search } = platform;
  const searching = search ? html`<script type="module" src=${search.script}></script>` : nothing;
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="The API of ${platform.name} for vendors&rsquo; backends.">
<link rel="icon" href=${faviconOf(platform.brand)}>
<link rel="alternate" type="application/json" href="/openapi.json" title="OpenAPI 3.1">
${style.element}${searching}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="bar">${docsBar(platform)}</header>
<div class="page">
<details class="menu"><summary>Contents</summary><nav aria-label="Contents">${contents}</nav></details>
<nav class="side" aria-label="Contents" tabindex="-1">${contents}</nav>
<main id="content" tabindex="-1">
<h1>${title}</h1>
<p class="lead">Sign people up from your pages, read what they agreed to share, and manage your users.
<a href="/docs/user-api">The guide</a> is the way through it; for tools, there are <a href="/openapi.json">OpenAPI</a> and
<a href="/docs/postman.json">Postman</a>.</p>
${chapters.map(chapterOf)}
</main>
</div>
${brandFooter(platform.brand, pickLanguage(['en']))}
<p class="hidden" role="status" data-status></p>
${behaviourOfPage.element}
</body>
</html>`;
  return {
    personal: false,
    // Lit writes `<?>` after a template that ends with a binding. No text can contain it, because text is escaped.
    html: collectResultSync(render(document)).replaceAll('<?>', ''),
    contentSecurityPolicy: contentSecurityPolicy({
      styles: [style.hash],
      scripts: [behaviourOfPage.hash, ...(search ? ["'self'"] : [])],
      imageOrigins: [],
      formOrigins: [],
      connectSelf: search !== undefined,
    }),
  };
}

function chaptersOf(operations: readonly Operation[], platform: DocumentedPlatform): Chapter[] {
  const groups = [...new Set(operations.map(({ group }) => group))];
  return [
    { title: 'Getting started', sections: [...introduction(platform), verifySection(platform)] },
    {
      title: 'Responses',
      sections: [errorsSection(), errorCodesSection(), validationSection(), ...behaviour(platform)],
    },
    ...groups.map((title) => ({
      title,
      sections: [
        ...operations.filter(({ group }) => group === title).map((operation) => operationSection(operation, platform)),
        ...(title === EMBED_GROUP ? [embedErrorsSection()] : []),
      ],
    })),
  ];
}

function navigation({ title, sections }: Chapter): unknown {
  return html`<p>${title}</p><ul>${sections.map(navigationItem)}</ul>`;
}

function navigationItem({ id, title, shortTitle, method }: Section): unknown {
  const verb = method ? html`<span class="verb">${method}</span>` : nothing;
  return html`<li><a href="#${id}">${shortTitle ?? title}${verb}</a></li>`;
}

function chapterOf({ title, sections }: Chapter): unknown {
  return html`<h2 class="chapter">${title}</h2>${sections.map(sectionOf)}`;
}

function sectionOf({ id, title, text, aside }: Section): unknown {
  const heading = html`<h3 id="${id}-title"><a class="anchor" href="#${id}">${title}</a></h3>`;
  return html`<section id=${id} aria-labelledby="${id}-title"><div class="text">${heading}
${text}</div>${aside ? html`<div class="aside">${aside}</div>` : nothing}</section>`;
}
