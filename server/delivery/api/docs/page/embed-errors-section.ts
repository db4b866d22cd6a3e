import { html } from '@lit-labs/ssr';
import { EMBED_STATUS, type EmbedErrorCode } from '../../embed/embed-error.ts';
import { EMBED_GROUP } from '../embed.ts';
import { exampleMessage } from '../embed-message.ts';
import { codeBlock } from './code-block.ts';
import { errorAnchor } from './error-anchor.ts';
import { toJson } from './literals.ts';
import type { Section } from './section.ts';

/** Every code of the embedded contract, with its words. */
export function embedErrorsSection(): Section {
  return {
    id: 'embed-errors',
    title: 'Errors of the embedded sign-up',
    shortTitle: 'Errors',
    text: html`<p>Show <code>message</code> as it is: it is written in the <code>language</code> of the request. <code>code</code> is for your program.</p>
<table class="parameters codes"><thead class="hidden"><tr><th scope="col">Code</th><th scope="col">Message</th></tr></thead><tbody>${(
      Object.keys(EMBED_STATUS) as EmbedErrorCode[]
    ).map(
      (code) =>
        html`<tr id=${errorAnchor(code, EMBED_GROUP)}><th scope="row"><a href="#${errorAnchor(code, EMBED_GROUP)}"><code>${code}</code></a> <span class="type">${EMBED_STATUS[code]}</span></th><td>${exampleMessage(code)}</td></tr>`,
    )}</tbody></table>`,
    aside: codeBlock(
      'An error of the embedded sign-up',
      toJson({ message: exampleMessage('user_exists'), code: 'user_exists' }),
      html`<span class="bad">409</span> An error`,
    ),
  };
}
