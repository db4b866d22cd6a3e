import type { html as Html, TemplateResult } from 'lit';
import type { UserRow } from './describe-user.ts';
import { styles } from './user-output.styles.ts';

/** The list of what was shared. Lit writes every value as text, so none of it can become markup; each keeps its own direction. */
export function userOutput(html: typeof Html, rows: readonly UserRow[]): TemplateResult {
  return html`<dl>${rows.map(
    ({ label, value, note }) =>
      html`<div><dt>${label}</dt><dd><bdi>${value}</bdi>${note && html`<small>${note}</small>`}</dd></div>`,
  )}</dl>`;
}

const adopted = new WeakSet<ShadowRoot>();

/** Gives a widget the styles of the list, once. A constructed style sheet needs no leave from a Content-Security-Policy. */
export function adoptOutputStyles(root: ShadowRoot): void {
  if (adopted.has(root)) return;
  adopted.add(root);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  root.adoptedStyleSheets.push(sheet);
}
