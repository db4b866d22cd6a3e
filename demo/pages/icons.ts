import { html, type ServerRenderedTemplate } from '@lit-labs/ssr';

/** The shop's logo: a frond. */
export const leafIcon =
  (): ServerRenderedTemplate => html`<svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
  <circle class="mark-ground" cx="16" cy="16" r="16"/>
  <path class="mark-line" d="
    M11 25C12 17 15 11 22 7M12.6 20.4C10 19.6 8.6 18 8.2 15.4M12.6 20.4C16 21 18.4 20.3 20.2 18M14.5 16.2C12.2 15.2 11.2 13.5 11.3 11
    M14.5 16.2C17.6 16.7 20 16 21.8 13.8M17.2 12.2C15.5 11.2 14.9 9.8 15.3 7.8M17.2 12.2C19.6 12.7 21.6 12.2 23.2 10.6"/>
</svg>`;

const outline = (content: ServerRenderedTemplate) =>
  html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">${content}</svg>`;

export const checkIcon = () => outline(html`<path d="M5 12.5l4.5 4.5L19 7.5"/>`);
export const shieldIcon = () =>
  outline(
    html`<path d="M12 3l7.5 2.8v5.4c0 4.6-3.1 8-7.5 9.8-4.4-1.8-7.5-5.2-7.5-9.8V5.8z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>`,
  );
export const lockIcon = () =>
  outline(html`<rect x="5" y="11" width="14" height="9.5" rx="2"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>`);
export const alertIcon = () => outline(html`<circle cx="12" cy="12" r="9"/><path d="M12 7.5v5.5M12 16.3v.2"/>`);
export const vanIcon = () =>
  outline(
    html`<path d="M2.5 6.5h11v10h-11zM13.5 10h4l4 3.5v3h-8z"/><circle cx="7" cy="17.5" r="2"/><circle cx="17" cy="17.5" r="2"/>`,
  );
export const soilIcon = () =>
  outline(
    html`<path d="M12 20v-8M12 12c0-4 2.5-6.5 7.5-7 0 5-2.5 7-7.5 7zM12 15c0-3-2-5-6.5-5.5 0 4 2.5 5.5 6.5 5.5zM4 20h16"/>`,
  );
export const returnIcon = () => outline(html`<path d="M4 11a8 8 0 1 1 2.3 6.2M4 5.5V11h5.5"/>`);
export const dropIcon = () =>
  outline(html`<path d="M12 3.5c3.7 4.3 5.7 7.3 5.7 10.2a5.7 5.7 0 0 1-11.4 0c0-2.9 2-5.9 5.7-10.2z"/>`);
export const sunIcon = () =>
  outline(
    html`<circle cx="12" cy="12" r="4"/>
<path d="M12 2.5v2.5M12 19v2.5M2.5 12h2.5M19 12h2.5M5.3 5.3l1.8 1.8M16.9 16.9l1.8 1.8M18.7 5.3l-1.8 1.8M7.1 16.9l-1.8 1.8"/>`,
  );
