import { html } from '@lit-labs/ssr';
import { type BuiltInField, FIELDS, type Field, isField } from '@signup-with-platform/protocol';
import { FIELD_DESCRIPTORS } from '../domain/claims/fields.ts';
import { OWN_FIELD_ICON } from '../domain/claims/own-field.ts';

/** Line icons on a 20 px grid. Each stands beside words that say the same, so each is hidden from assistive technology. */
function icon(paths: unknown): unknown {
  return html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${paths}</svg>`;
}

/** The platform's mark, in the accent: a person, in a badge. */
export const markIcon = html`<svg class="mark" viewBox="0 0 28 28" width="28" height="28" aria-hidden="true">
<rect width="28" height="28" rx="8"/><circle cx="14" cy="10.5" r="4"/><path d="M6.5 22a7.5 7.5 0 0 1 15 0z"/></svg>`;

export const alertIcon = icon(html`<circle cx="10" cy="10" r="7.5"/><path d="M10 6.2v4.6M10 13.6v.1"/>`);
export const checkIcon = icon(html`<path d="m4.5 10.5 3.7 3.7 7.3-8.2"/>`);
export const chevronIcon = icon(html`<path d="m5.5 8 4.5 4.5L14.5 8"/>`);
export const menuIcon = icon(html`<path d="M3.5 5.5h13M3.5 10h13M3.5 14.5h13"/>`);
export const laptopIcon = icon(html`<rect x="4" y="4.5" width="12" height="8.5" rx="1.5"/><path d="M2 15.8h16"/>`);
export const globeIcon = icon(
  html`<circle cx="10" cy="10" r="7.5"/><path d="M2.5 10h15M10 2.5c2 2 3 4.6 3 7.5s-1 5.5-3 7.5c-2-2-3-4.6-3-7.5s1-5.5 3-7.5z"/>`,
);
export const flaskIcon = icon(
  html`<path d="M7.5 2.5h5M8.5 2.5v5L4 15.2a1.6 1.6 0 0 0 1.4 2.3h9.2a1.6 1.6 0 0 0 1.4-2.3L11.5 7.5v-5M6 12.5h8"/>`,
);
export const codeIcon = icon(html`<path d="m6.5 6-4 4 4 4M13.5 6l4 4-4 4M11.2 4.5 8.8 15.5"/>`);
export const personIcon = icon(html`<circle cx="10" cy="6.8" r="3.3"/><path d="M3.8 17a6.2 6.2 0 0 1 12.4 0"/>`);
export const storeIcon = icon(
  html`<path d="M3.5 9.5v7.5h13V9.5M2.5 7.6 4 3h12l1.5 4.6a2.4 2.4 0 0 1-5 0 2.5 2.5 0 0 1-5 0 2.4 2.4 0 0 1-5 0zM8 17v-4.5h4V17"/>`,
);
export const keyIcon = icon(html`<circle cx="7" cy="13" r="4.5"/><path d="m10.2 9.8 6.8-6.8M13.2 6.8l2.6 2.6"/>`);
export const shieldIcon = icon(
  html`<path d="M10 2.5 4 4.7v4.6c0 3.6 2.5 6.6 6 8.2 3.5-1.6 6-4.6 6-8.2V4.7z"/><path d="m7.3 10 2 2 3.5-3.9"/>`,
);

/** For staying connected: round and round. */
export const renewIcon = icon(
  html`<path d="M16 8.2A6.5 6.5 0 0 0 4.3 6.6M4 11.8a6.5 6.5 0 0 0 11.7 1.6M4.2 3v3.7h3.7M15.8 17v-3.7h-3.7"/>`,
);

export const fieldIcons = Object.fromEntries(
  FIELDS.map((field) => [field, icon(html`<path d=${FIELD_DESCRIPTORS[field].icon} />`)]),
) as Readonly<Record<BuiltInField, unknown>>;

/** For an operator's own field: a label. */
const ownIcon = icon(html`<path d=${OWN_FIELD_ICON} />`);

export function fieldIcon(field: Field): unknown {
  return isField(field) ? fieldIcons[field] : ownIcon;
}
