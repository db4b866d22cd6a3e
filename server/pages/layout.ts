import { html, render } from '@lit-labs/ssr';
import { collectResultSync } from '@lit-labs/ssr/lib/render-result.js';
import type { Language } from '@signup-with-platform/messages';
import { READY_MESSAGE, type ReadyMessage } from '@signup-with-platform/protocol';
import { nothing } from 'lit';
import { brandFooter, brandMark, faviconOf } from './brand.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { flaskIcon } from './icons.ts';
import { type Inline, inlineScript } from './inline.ts';
import type { PageContext } from './models.ts';
import { styleOf } from './page-styles.ts';
import type { RenderedPage } from './rendered-page.ts';
import { postToOpener } from './scripts/post-to-opener.ts';
import { isolate } from './text.ts';
import { type ImageSource, imageSource, isWebOrigin } from './uris.ts';

const readyScript = inlineScript(postToOpener);

export interface PageContent {
  language: Language;
  /** For the window's title bar, before the platform's name. */
  title: string;
  main: unknown;
  /** Run in this order when the page has been parsed. */
  scripts: readonly Inline[];
  /** What the page shows besides the vendor's logo. */
  images?: readonly ImageSource[];
  /** See {@link RenderedPage.personal}. */
  personal?: boolean;
}

/** The document around each page: title bar, sandbox ribbon, wordmark, then the page; and the policy that fits it. */
export function renderPage(context: PageContext, page: PageContent): RenderedPage {
  const { tag, direction, t } = page.language;
  const scheme = context.theme === 'auto' ? 'light dark' : context.theme;
  const style = styleOf(context.brand);
  const ready = context.ready && readyInline(context.ready);
  const document = html`<!doctype html>
<html lang=${tag} dir=${direction} data-theme=${context.theme === 'auto' ? nothing : context.theme}>
<head>
<meta charset="utf-8">
<title>${page.title} · ${page.language.isolate(context.platformName)}</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content=${scheme}>
<meta name="robots" content="noindex">
<link rel="icon" href=${faviconOf(context.brand)}>
${ready?.element}${style.element}
</head>
<body>
<header>
${context.realm === 'sandbox' ? html`<p class="ribbon"><span class="column">${flaskIcon}<span>${t('shared.common.sandbox')}</span></span></p>` : nothing}
<div class="bar"><div class="column">${brandMark(context.brand)}${isolate(context.platformName)}</div></div>
</header>
<main class="column">${page.main}</main>
${brandFooter(context.brand, page.language)}
${page.scripts.map((script) => script.element)}
</body>
</html>`;
  const logo = imageSource(context.vendor?.logoUri);
  const images = [...(page.images ?? []), ...(logo ? [logo] : [])];
  return {
    personal: page.personal ?? false,
    // Lit ends a template whose last part is a binding with `<?>`. No text can look like it, since texts are escaped.
    html: collectResultSync(render(document)).replaceAll('<?>', ''),
    contentSecurityPolicy: contentSecurityPolicy({
      styles: [style.hash],
      scripts: [...(ready ? [ready] : []), ...page.scripts].map((script) => script.hash),
      imageOrigins: images.flatMap(({ origin }) => origin ?? []),
      formOrigins: context.formTargets ?? [],
    }),
  };
}

/** Nothing for what is not an exact web origin: never `*`. */
function readyInline({ state, origin }: { state: string; origin: string }): Inline | undefined {
  if (!isWebOrigin(origin)) return undefined;
  return readyScript({ message: { type: READY_MESSAGE, state } satisfies ReadyMessage, targetOrigin: origin });
}
