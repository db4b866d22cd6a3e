import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Config } from '#config.ts';
import { renderDocument, siteName } from '#pages/document.ts';
import { chevronIcon, codeIcon, personIcon, storeIcon } from '#pages/icons.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { picture } from './picture.ts';
import { styleOf } from './styles.ts';

export interface StartPage {
  config: Pick<Config, 'platformName' | 'brand' | 'publicUrl' | 'demoUrl'>;
  language: Language;
  theme: PageContext['theme'];
  /** Where the documentation begins. */
  docsPath: string;
}

/** The start page: one screen that says what this is, shows it, and leads on. */
export function renderStartPage({ config, language, theme, docsPath }: StartPage): RenderedPage {
  const { t } = language;
  const { platformName, brand, demoUrl } = config;
  const site = { platformName, brand, realm: 'production' } as const;
  return renderDocument({
    site,
    language,
    theme,
    title: t('front.title'),
    description: t('front.description', { platform: language.isolate(platformName) }),
    problem: undefined,
    style: styleOf(brand),
    firstScripts: [],
    scripts: [],
    bar: html`${siteName(site)}<a class="in" href="/account/sign-in">${t('shared.signIn.submit')}</a>`,
    content: html`<main class="column">
<div class="intro"><h1>${t.rich('front.heading', { platform: isolate(platformName) })}</h1><p class="muted">${t('front.lead')}</p></div>
<ul class="ways">
${way('/account', personIcon, t('front.account.title'), t('front.account.text'))}
${way(docsPath, codeIcon, t('front.developers.title'), t('front.developers.text'))}
${demoUrl ? way(demoUrl, storeIcon, t('front.demo.title'), t('front.demo.text')) : nothing}
</ul>
${picture(config, language)}
</main>`,
    sources: { imageOrigins: [], formOrigins: [] },
    personal: false,
  });
}

function way(href: string, icon: unknown, title: string, text: string): unknown {
  return html`<li>${icon}<div><h2><a href=${href}>${title}</a></h2><p class="small muted">${text}</p></div>${chevronIcon}</li>`;
}
