import { COLOR_SUCCESS, COLOR_WARNING, COLOR_WARNING_SUBTLE } from '@signup-with-platform/design';

/**
 * Of what there is to see after a click. Margins rather than a gap: an empty status stays where it is, since a live region that comes into
 * being with its text is not read out everywhere.
 */
export const styles = `
  [part='status'] {
    color: var(--_muted);
    font-size: 0.875rem;
    text-align: center;
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
`;
