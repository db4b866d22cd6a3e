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
    align-items: baseline;
    padding-block: 8px;
  }
  dl div + div {
    border-block-start: 1px solid ${COLOR_BORDER};
  }
  dt,
  small {
    color: var(--_muted);
    font-size: 0.875em;
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
  summary {
    margin-block-end: 8px;
    color: var(--_muted);
    text-align: center;
    cursor: pointer;
  }
  @container (max-width: 17em) {
    dl div {
      display: block;
    }
  }
`;
