import { html, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { brandFooter, brandMark, faviconOf } from '../pages/brand.ts';
import { contentSecurityPolicy } from '../pages/content-security-policy.ts';
import { formsScript } from '../pages/forms.ts';
import { checkIcon, flaskIcon } from '../pages/icons.ts';
import type { Inline } from '../pages/inline.ts';
import { isolate } from '../pages/text.ts';
import type { ImageSource } from '../pages/uris.ts';
import { sendPage } from '../pages/write-page.ts';
import { navigation, type Section } from './navigation.ts';
import type { PortalCall } from './route.ts';
import { portalStrings } from './strings.ts';
import { styleOf } from './styles.ts';

export interface PortalPage {
  /** For the window's title bar and the heading. */
  title: string;
  /** Where in the navigation the page stands. */
  section?: Section;
  /** Below the heading. */
  lead?: unknown;
  /** Above the heading: the way to where one came from. */
  back?: { href: string; label: unknown };
  /** Between the way back and the heading: what several pages have in common. */
  above?: unknown;
  main: unknown;
  /** What has just been done, above everything. */
  notice?: unknown;
  /** Run in this order when the page has been parsed, after that of every form. */
  scripts?: readonly Inline[];
  images?: readonly ImageSource[];
  /** Whether a script of the page talks to this server. Default: no. */
  connects?: boolean;
  /** Default: the middle width. `narrow` is for a single form, `wide` for tables. */
  width?: 'narrow' | 'wide';
}

/** Renders and sends a page of the portal. */
export function sendPortalPage(call: PortalCall, status: number, page: PortalPage): Promise<FastifyReply> {
  const { context, account, language, base } = call;
  const strings = portalStrings(language);
  const { brand } = context.config;
  const style = styleOf(brand);
  const forms = formsScript();
  const scripts = [forms, ...(page.scripts ?? [])];
  const document = html`<!doctype html>
<html lang=${language.tag} dir=${language.direction}>
<head>
<meta charset="utf-8">
<title>${page.title} · ${context.config.platformName}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href=${faviconOf(brand)}>
${style.element}
</head>
<body class=${page.width ?? nothing}>
<a class="skip" href="#main">${strings.skip}</a>
<header>
${context.realm === 'sandbox' ? html`<p class="ribbon"><span class="column">${flaskIcon}<span>${language.strings.common.sandbox}</span></span></p>` : nothing}
<div class="bar"><div class="column">${
    account
      ? html`<a class="home" href=${base}>${brandMark(brand)}${isolate(context.config.platformName)}</a>`
      : html`<span class="home">${brandMark(brand)}${isolate(context.config.platformName)}</span>`
  }${
    account
      ? html`<form class="sign-out" method="post" action="${base}/sign-out"><input type="hidden" name="csrf" value=${call.csrf}><button class="link">${strings.signOut}</button></form>`
      : nothing
  }</div></div>
</header>
<div class="frame column">
${account && !account.deletionDueAt ? navigation(call, page.section) : nothing}
<main id="main" tabindex="-1">
${page.notice ? html`<div class="notice" role="status">${checkIcon}<p>${page.notice}</p></div>` : nothing}
<div class="head">${page.back ? html`<p class="back small"><a href=${page.back.href}>${page.back.label}</a></p>` : nothing}${page.above ?? nothing}<h1>${page.title}</h1>${page.lead ? html`<p class="muted">${page.lead}</p>` : nothing}</div>
${page.main}
</main>
</div>
${brandFooter(brand, language)}
${scripts.map((script) => script.element)}
</body>
</html>`;
  return sendPage(call.reply, status, {
    personal: true,
    // Lit ends a template whose last part is a binding with `<?>`. No text can look like it, since texts are escaped.
    html: collectResultSync(render(document)).replaceAll('<?>', ''),
    contentSecurityPolicy: contentSecurityPolicy({
      styles: [style.hash],
      scripts: scripts.map((script) => script.hash),
      imageOrigins: (page.images ?? []).flatMap(({ origin }) => origin ?? []),
      formOrigins: [],
      connectSelf: page.connects ?? false,
    }),
  });
}
