import type { html as Html, TemplateResult } from 'lit';
import type { UserRow } from './describe-user.ts';

/** The list of what was shared. Lit writes every value as text, so none can become markup, and `<bdi>` keeps each value's direction. */
export function userOutput(html: typeof Html, rows: readonly UserRow[], folded: string | undefined): TemplateResult {
  const list = html`<dl part="list">${rows.map(
    ({ label, value, note }) =>
      html`<div><dt part="term">${label}</dt><dd part="value"><bdi>${value}</bdi>${noteOf(html, note)}</dd></div>`,
  )}</dl>`;
  return folded === undefined
    ? list
    : html`<details part="details"><summary part="summary">${folded}</summary>${list}</details>`;
}

function noteOf(html: typeof Html, note: string | undefined): TemplateResult | undefined {
  return note ? html`<small part="note">${note}</small>` : undefined;
}
