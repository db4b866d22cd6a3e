import {
  COLOR_ACCENT,
  COLOR_BORDER_STRONG,
  COLOR_SURFACE,
  COLOR_TEXT,
  COLOR_TEXT_MUTED,
  RADIUS,
  TARGET_SIZE,
} from '@signup-with-platform/design';
import { css, unsafeCSS } from 'lit';

// The custom properties of the class comment are only read and never set here, so that a page may set them on any ancestor. Those that
// begin with --_ are private. Sizes follow the person's font size, and not a page that makes 1rem 10 px.
// The server replaces COLOR_ACCENT with the operator's, so it is used once, and the rest follows from it.
export const styles = css`
  :host {
    display: block;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }

  [part='container'] {
    --_accent: var(--signup-accent, ${unsafeCSS(COLOR_ACCENT)});
    --_text: var(--signup-text, ${unsafeCSS(COLOR_TEXT)});
    --_muted: var(--signup-muted, ${unsafeCSS(COLOR_TEXT_MUTED)});
    --_surface: var(--signup-surface, ${unsafeCSS(COLOR_SURFACE)});
    --_radius: var(--signup-radius, ${unsafeCSS(RADIUS)});
    --_height: ${unsafeCSS(TARGET_SIZE)};
    display: grid;
    max-inline-size: var(--signup-width, max(24rem, 384px));
    margin-inline: auto;
    color: var(--_text);
    font: 400 var(--signup-font-size, max(1rem, 16px)) / 1.5 var(--signup-font, system-ui, sans-serif);
    overflow-wrap: anywhere;
  }
  /* Without a theme, the page's own color-scheme is inherited: dark text stays on a light page. */
  .light {
    color-scheme: light;
  }
  .dark {
    color-scheme: dark;
  }
  .small {
    --_height: 32px;
    font-size: var(--signup-font-size, max(0.875rem, 14px));
  }
  .large {
    --_height: 52px;
    font-size: var(--signup-font-size, max(1.125rem, 18px));
  }

  button {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.625em;
    min-block-size: var(--signup-height, var(--_height));
    padding: 0.25em 0.75em;
    border: 1px solid #0000;
    border-radius: var(--_radius);
    background: var(--_accent);
    color: var(--signup-on-accent, ${unsafeCSS(COLOR_SURFACE)});
    font: inherit;
    font-weight: var(--signup-font-weight, 600);
    letter-spacing: inherit;
    word-spacing: inherit;
    cursor: pointer;
  }
  /* Of two colours, one of which shows on any page. */
  button:focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
    box-shadow: 0 0 0 2px var(--_surface);
  }
  .neutral {
    background: var(--_text);
    color: var(--_surface);
  }
  .outline {
    border-color: var(--signup-border, ${unsafeCSS(COLOR_BORDER_STRONG)});
    background: var(--_surface);
    color: inherit;
  }
  /* Not the icon itself: an SVG keeps a colour of its own where the person's are forced. */
  .outline:enabled [name='icon'] {
    color: var(--_accent);
  }
  button:disabled {
    border-color: #0000;
    background: color-mix(in srgb, var(--_muted) 15%, var(--_surface));
    color: var(--_muted);
    cursor: not-allowed;
  }

  .pill button {
    border-radius: 9em;
  }
  .square button,
  .circle button {
    justify-self: center;
    aspect-ratio: 1;
    padding: 0;
  }
  .circle button {
    border-radius: 50%;
  }
  /* Out of sight, and still the button's name. */
  .square [part='label'],
  .circle [part='label'],
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  /* While the words of another language are on their way: the place is kept, and English comes in when they do not. */
  .mute * {
    animation: mute 3s step-end;
  }
  @keyframes mute {
    from {
      opacity: 0;
    }
  }

  svg,
  img,
  ::slotted([slot='icon']) {
    flex: none;
    block-size: var(--signup-icon-size, 1.25em);
  }
  /* Whatever its colours are, an operator's logo can be seen on a plate. */
  img {
    border-radius: 2px;
    background: #fff;
  }
  svg {
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
  }
`;
