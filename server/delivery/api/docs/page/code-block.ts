import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { highlight } from '#pages/highlight.ts';
import { LANGUAGES, type SampleLanguage, type Samples } from './code-samples.ts';

/**
 * Examples in tabs: radio buttons that need no script. A script adds copying, and turns all of them at once.
 * @param id unique on the page
 */
export function codeTabs(id: string, label: string, samples: Samples): unknown {
  const languages = Object.keys(samples) as SampleLanguage[];
  return html`<div class="sample tabs">
<fieldset class="tab-list"><legend class="hidden">Language of the example: ${label}</legend>${languages.map(
    (language, index) =>
      html`<label class="tab"><input type="radio" name="${id}-language" value=${language} ?checked=${index === 0}>${LANGUAGES[language]}</label>`,
  )}</fieldset>${copyButton(label)}
${languages.map((language) => html`<div class="panel" data-language=${language}><p class="panel-title">${LANGUAGES[language]}</p>${pre(`${label}, ${LANGUAGES[language]}`, samples[language] ?? '')}</div>`)}
</div>`;
}

/** One piece of code under a heading of its own. */
export function codeBlock(label: string, code: string, title: unknown = label): unknown {
  // JSON may hold sentences; commands are better read line by line.
  const wraps = code.startsWith('{');
  return html`<div class="sample"><p class="sample-title">${title}</p>${copyButton(label)}<div class="panel shown">${pre(label, code, wraps)}</div></div>`;
}

function copyButton(label: string): unknown {
  return html`<button class="copy" type="button" data-copy hidden>Copy<span class="hidden"> the example: ${label}</span></button>`;
}

/** Long lines scroll, so the keyboard has to get there (WCAG 2.2, 2.1.1). */
function pre(label: string, code: string, wraps = false): unknown {
  return html`<pre class=${wraps ? 'wrap' : nothing} tabindex="0" role="group" aria-label=${label}><code>${highlight(code)}</code></pre>`;
}
