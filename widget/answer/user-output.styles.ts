import { COLOR_BORDER, COLOR_WARNING } from '@signup-with-platform/design';

/** For the list of what was shared. It is a plain string, because it is loaded after the click, in a chunk without Lit. */
export const styles = `
  [part='output'] {
    container-type: inline-size;
  }
  dl {
    display: grid;
    grid-template-columns: fit-content(40%) minmax(0, 1fr);
    column-gap: 16px;
    margin: 0;
    padding: 4px 16px;
    border: 1px solid ${COLOR_BORDER};
    border-radius: var(--_radius);
    background: var(--_surface);
  }
  dl div {
    display: grid;
    grid-column: 1 / -1;
    grid-template-columns: subgrid;
    padding-block: 8px;
  }
  dl div + div {
    border-block-start: 1px solid ${COLOR_BORDER};
  }
  dt,
  summary {
    color: var(--_muted);
  }
  dd {
    margin: 0;
    white-space: pre-line;
    overflow-wrap: anywhere;
  }
  small {
    display: block;
    color: ${COLOR_WARNING};
  }
  @container (max-width: 17em) {
    dl div {
      display: block;
    }
  }
`;
