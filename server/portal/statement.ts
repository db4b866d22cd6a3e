import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { alertIcon, checkIcon, fieldIcons } from '../pages/icons.ts';
import type { PortalPage } from './layout.ts';

/** What a page says that has one thing to say: a question before something final, an error, a link that is dead, a mail on its way. */
export interface Statement {
  /** `danger` asks before what cannot be undone. */
  kind: 'question' | 'danger' | 'refused' | 'mailed' | 'done';
  title: string;
  /** In a sentence or two. */
  text?: unknown;
  /** What it is about, such as a list of what comes of it. */
  details?: unknown;
  /** What to do now: links, or a form with its buttons. There is always something. */
  next: unknown;
  /** Last, in small print. */
  note?: unknown;
}

const SYMBOLS = {
  question: undefined,
  danger: html`<span class="badge bad">${alertIcon}</span>`,
  refused: html`<span class="badge bad">${alertIcon}</span>`,
  mailed: html`<span class="badge">${fieldIcons.email}</span>`,
  done: html`<span class="badge">${checkIcon}</span>`,
} as const;

/** The one arrangement of such pages, for {@link sendPortalPage}. */
export function statement({ kind, title, text, details, next, note }: Statement): PortalPage {
  const symbol = SYMBOLS[kind];
  return {
    title,
    ...(symbol !== undefined && { symbol }),
    ...(text !== undefined && { lead: text }),
    main: html`<div class="statement">${details ?? nothing}
${next}
${note === undefined ? nothing : html`<div class="small muted">${note}</div>`}</div>`,
  };
}
