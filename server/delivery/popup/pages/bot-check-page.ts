import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { alertBox, formFrame, formsScript } from '#pages/forms.ts';
import { renderPage } from '#pages/layout.ts';
import type { PageContext } from '#pages/models.ts';
import { puzzleField, puzzleScripts, unprovenWords } from '#pages/puzzle.ts';
import type { RenderedPage } from '#pages/rendered-page.ts';
import { cancelForm, cancelScripts } from './cancel-form.ts';
import type { BotCheckModel } from './models.ts';
import { vendorRow } from './vendor.ts';

/** Before a code is mailed: the form comes again, by itself where scripts run. */
export function botCheckPage(context: PageContext, model: BotCheckModel): RenderedPage {
  const language = pickLanguage(context.languages);
  const { t } = language;
  const { action, csrf, email, way, unproven } = model;
  const { puzzle } = unproven;
  const title = t('shared.botCheck.title');
  // Whoever has been here came without a script, and would be back at once.
  const isFirst = unproven.outcome === 'puzzle';
  const submit = html`<button class="button primary" form="bot-check">${t('shared.botCheck.submit')}</button>`;
  return renderPage(context, {
    language,
    title,
    problem: isFirst ? undefined : 'error',
    scripts: [formsScript(language), ...puzzleScripts(puzzle), ...cancelScripts(context)],
    main: html`<div class="intro"><h1>${title}</h1><p class="muted">${t('shared.botCheck.lead')}</p></div>
${vendorRow(context, language)}
${isFirst ? nothing : alertBox(unprovenWords(unproven, language))}
${formFrame(
  { id: 'bot-check', action: `${action}/code`, csrf, layout: 'stack' },
  html`<input type="hidden" name="email" value=${email}><input type="hidden" name="way" value=${way}>
${puzzleField(puzzle, language, { sendsItself: isFirst })}`,
)}
<div class="sticky">${submit}${cancelForm(model, language)}</div>`,
  });
}
