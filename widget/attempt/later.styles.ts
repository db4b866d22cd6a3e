import {
  COLOR_SUCCESS,
  COLOR_WARNING,
  COLOR_WARNING_SUBTLE,
  TARGET_SIZE,
  TRANSITION,
} from '@signup-with-platform/design';

/**
 * Styles that are needed as soon as somebody points at the button. They use margins instead of a gap, because the empty status has to stay
 * in the page: not every screen reader reads a live region that is added together with its text.
 */
export const styles = `
  button:not(.change):enabled:hover {
    background: var(--signup-accent-hover, color-mix(in srgb, var(--_accent) 78%, light-dark(#000, #fff)));
  }
  button.neutral:enabled:hover {
    background: color-mix(in srgb, var(--_text) 85%, var(--_surface));
  }
  button.outline:enabled:hover {
    border-color: currentColor;
    background: color-mix(in srgb, var(--_accent) 8%, var(--_surface));
  }
  @media (prefers-reduced-motion: no-preference) {
    button {
      transition: ${TRANSITION};
      transition-property: background-color, border-color, color;
    }
  }

  [part='status'] {
    color: var(--_muted);
    font-size: max(0.875rem, 14px);
    text-align: center;
    text-wrap: balance;
  }
  [part='status']:not(:empty),
  [part='output'] {
    margin-block-start: 12px;
  }
  [part='status'].hint {
    padding: 8px 12px;
    border-radius: var(--_radius);
    background: ${COLOR_WARNING_SUBTLE};
    color: ${COLOR_WARNING};
  }

  [part='person'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    column-gap: 1em;
    margin: 0;
  }
  .who {
    display: grid;
    grid-template-columns: auto minmax(0, auto);
    column-gap: 0.5em;
    align-items: center;
    line-height: 1.35;
    text-align: start;
  }
  .who > svg {
    grid-row: span 2;
    color: ${COLOR_SUCCESS};
  }
  .who > svg + span {
    font-weight: 600;
  }
  .who > svg + span:last-child {
    grid-row: span 2;
  }
  .who > span + span {
    color: var(--_muted);
  }
  .change {
    flex: none;
    min-block-size: ${TARGET_SIZE};
    padding: 0 4px;
    border: 0;
    background: none;
    color: var(--_accent);
    font-weight: inherit;
    text-decoration: underline;
  }
`;
