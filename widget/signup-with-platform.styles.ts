import {
  COLOR_ACCENT,
  COLOR_ACCENT_HOVER,
  COLOR_ACCENT_SUBTLE,
  COLOR_BORDER,
  COLOR_ON_ACCENT,
  COLOR_SUCCESS,
  COLOR_SURFACE,
  COLOR_TEXT,
  COLOR_TEXT_MUTED,
  COLOR_WARNING,
  COLOR_WARNING_SUBTLE,
  FONT_FAMILY,
  RADIUS,
  TARGET_SIZE,
  TRANSITION,
} from '@signup-with-platform/design';
import { css, unsafeCSS } from 'lit';

// The custom properties of the class comment are read here and nowhere set, so that a page may set them on any ancestor.
export const styles = css`
  :host {
    --accent: var(--signup-accent, ${unsafeCSS(COLOR_ACCENT)});
    display: block;
    color: var(--signup-text, ${unsafeCSS(COLOR_TEXT)});
    font: 400 1rem/1.5 var(--signup-font, ${unsafeCSS(FONT_FAMILY)});
    overflow-wrap: anywhere;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  /* Without a theme, the page's own color-scheme is inherited: dark text stays on a light page. */
  :host([theme='light']) {
    color-scheme: light;
  }
  :host([theme='dark']) {
    color-scheme: dark;
  }
  [part='container'] {
    display: grid;
    gap: 12px;
    max-inline-size: 24rem;
    margin-inline: auto;
  }

  button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 10px;
    min-block-size: ${unsafeCSS(TARGET_SIZE)};
    padding: 9px 20px;
    border: 1px solid transparent;
    border-radius: var(--signup-radius, ${unsafeCSS(RADIUS)});
    background: var(--accent);
    color: var(--signup-on-accent, ${unsafeCSS(COLOR_ON_ACCENT)});
    font: inherit;
    font-weight: 600;
    cursor: pointer;
  }
  button:hover {
    background: var(--signup-accent-hover, ${unsafeCSS(COLOR_ACCENT_HOVER)});
  }
  button:focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  /* While a popup is open, and once there is an answer, the button is not the next step any more. */
  .quiet {
    border-color: ${unsafeCSS(COLOR_BORDER)};
    background: ${unsafeCSS(COLOR_SURFACE)};
    color: inherit;
  }
  .again {
    order: 1;
  }
  .quiet:hover {
    border-color: currentColor;
    background: ${unsafeCSS(COLOR_ACCENT_SUBTLE)};
  }
  button:disabled {
    opacity: 0.5;
    cursor: not-allowed;
  }
  svg {
    flex: none;
    inline-size: 20px;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }

  [part='status'] {
    color: ${unsafeCSS(COLOR_TEXT_MUTED)};
    font-size: 0.875rem;
    text-align: center;
  }
  [part='status']:empty {
    display: none;
  }
  .good {
    color: ${unsafeCSS(COLOR_SUCCESS)};
  }
  .hint {
    padding: 8px 12px;
    border-radius: ${unsafeCSS(RADIUS)};
    background: ${unsafeCSS(COLOR_WARNING_SUBTLE)};
    color: ${unsafeCSS(COLOR_WARNING)};
  }

  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: ${unsafeCSS(TRANSITION)};
      transition-property: background-color, border-color, color;
    }
  }
`;
