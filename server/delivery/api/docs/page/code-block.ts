import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { highlight } from '#pages/highlight.ts';
import { LANGUAGES, type SampleLanguage, type Samples } from './code-samples.ts';

/**
 * Examples in tabs, made of radio buttons, which need no script. The page's script adds copying, and switches all examples at once.
 * @param id unique on the page
 */
export function codeTabs(id: string, label: string, samples: Samples): unknown {
  const languages = Object.keys(samples) as SampleLanguage[];
  return html`<div class="sample tabs">
<fieldset class="tab-list"><legend class="hidden">Language of the example: ${label}</legend>${languages.map(
    (language, index) => {
      const radio = html`<input type="radio" name="${id}-language" value=${language} ?checked=${index === 0}>`;
      return html`<label class="tab">${radio}${LANGUAGES[language]}</label>`;
    },
  )}</fieldset>${copyButton(label)}
${languages.map((language) => panel(language, label, samples[language] ?? ''))}
</div>`;
}

function panel(language: SampleLanguage, label: string, code: string): unknown {
  const title = html`<p class="panel-title">${LANGUAGES[language]}</p>`;
  return html`<div class="panel" data-language=${language}>${title}${pre(`${label}, ${LANGUAGES[language]}`, code)}</div>`;
}

/** One piece of code with its own title. */
export function codeBlock(label: string, code: string, title: unknown = label): unknown {
  // JSON wraps, because it may contain sentences. Commands scroll, because they are read line by line.
  const wraps = code.startsWith('{');
  const shown = html`<div class="panel shown">${pre(label, code, wraps)}</div>`;
  return html`<div class="sample"><p class="sample-title">${title}</p>${copyButton(label)}${shown}</div>`;
}

function copyButton(label: string): unknown {
  return html`<button class="copy" type="button" data-copy hidden>Copy<span class="hidden"> the example: ${label}</span></button>`;
}

/** Long lines scroll, so the block must be reachable by keyboard (WCAG 2.2, 2.1.1). */
function pre(label: string, code: string, wraps = false): unknown {
  return html`<pre class=${wraps ? 'wrap' : nothing} tabindex="0" role="group" aria-label=${label}><code>${highlight(code)}</code></pre>`;
}
