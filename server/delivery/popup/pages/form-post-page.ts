import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { inlineScript } from '#pages/inline.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { isolate } from '#pages/text.ts';
import { answerForm } from './answer-form.ts';
import type { PostedAnswer } from './models.ts';
import { postAnswer } from './scripts/post-answer.ts';

const postScript = inlineScript(postAnswer);

/**
 * The last page for an app whose backend gets the answer: posts it to the registered address, and nowhere else. It is seen only where there is
 * no script, or while the shop does not answer.
 */
export function formPostPage(context: PageContext, answer: PostedAnswer): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const vendor = isolate(context.vendor?.name ?? '');
  const button = html`<button class="button primary">${t('popup.deliver.post')}</button>`;
  return renderPage(context, {
    language,
    personal: true,
    title: t('popup.deliver.title'),
    formAddress: answer.address,
    scripts: [postScript()],
    main: html`<div class="message"><span class="spinner scripted"></span><h1>${t.rich('popup.deliver.heading', { vendor })}</h1>
<p class="muted">${t('popup.deliver.postByHand')}</p></div>
<div class="sticky">${answerForm(answer, button)}</div>`,
  });
}
