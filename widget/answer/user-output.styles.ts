import { COLOR_BORDER, COLOR_WARNING } from '@signup-with-platform/design';

/** For the list of what was shared. It is a plain string, because it is loaded after the click, in a chunk without Lit. */
export const styles = `
  dl {
    margin: 0;
    padding: 4px 16px;
    border: 1px solid ${COLOR_BORDER};
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  dl div {
    display: grid;
    grid-template-columns: 5rem 1fr;
    gap: 12px;
    padding-block: 8px;
  }
  dl div + div {
    border-block-start: 1px solid ${COLOR_BORDER};
  }
  dt,
  small {
    color: var(--_muted);
    font-size: 0.875rem;
  }
  dd {
    margin: 0;
    white-space: pre-line;
  }
  small {
    display: block;
    color: ${COLOR_WARNING};
  }
`;
