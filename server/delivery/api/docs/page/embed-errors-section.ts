import { html } from '@lit-labs/ssr';
import { EMBED_STATUS, type EmbedErrorCode } from '../../embed/embed-error.ts';
import { EMBED_GROUP } from '../embed.ts';
import { exampleMessage } from '../embed-message.ts';
import { codeBlock } from './code-block.ts';
import { errorAnchor } from './error-anchor.ts';
import { toJson } from './literals.ts';
import type { Section } from './section.ts';

function rowOf(code: EmbedErrorCode): unknown {
  const anchor = errorAnchor(code, EMBED_GROUP);
  const name = html`<a href="#${anchor}"><code>${code}</code></a> <span class="type">${EMBED_STATUS[code]}</span>`;
  return html`<tr id=${anchor}><th scope="row">${name}</th><td>${exampleMessage(code)}</td></tr>`;
}

/** The error codes of the embedded contract, each with its message. */
export function embedErrorsSection(): Section {
  return {
    id: 'embed-errors',
    title: 'Errors of the embedded sign-up',
    shortTitle: 'Errors',
    text: html`<p>Show <code>message</code> unchanged: it is written in the <code>language</code> of the request. Use <code>code</code> in
your program.</p>
<table class="parameters codes"><thead class="hidden"><tr><th scope="col">Code</th><th scope="col">Message</th></tr></thead><tbody>${(
      Object.keys(EMBED_STATUS) as EmbedErrorCode[]
    ).map(rowOf)}</tbody></table>`,
    aside: codeBlock(
      'An error of the embedded sign-up',
      toJson({ message: exampleMessage('user_exists'), code: 'user_exists' }),
      html`<span class="bad">409</span> An error`,
    ),
  };
}
