import { COLOR_SUCCESS, COLOR_WARNING, COLOR_WARNING_SUBTLE, TRANSITION } from '@signup-with-platform/design';

/**
 * What there is to see from the moment that somebody points at the button. Margins rather than a gap: an empty status stays where it is,
 * since a live region that comes into being with its text is not read out everywhere.
 */
export const styles = `
  button:enabled:hover {
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
    font-size: 0.875rem;
    text-align: center;
    text-wrap: balance;
  }
  [part='status']:not(:empty),
  [part='output'],
  .again {
    margin-block-start: 12px;
  }
  [part='status'].good {
    color: ${COLOR_SUCCESS};
  }
  [part='status'].hint {
    padding: 8px 12px;
    border-radius: var(--_radius);
    background: ${COLOR_WARNING_SUBTLE};
    color: ${COLOR_WARNING};
  }
  .again {
    order: 1;
  }
  .again ~ [part='status'] {
    margin-block-start: 0;
  }
`;
