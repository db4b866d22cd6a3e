import {
  COLOR_BORDER,
  COLOR_DANGER,
  COLOR_SUCCESS,
  COLOR_SURFACE,
  COLOR_SURFACE_SUBTLE,
  COLOR_TEXT,
  COLOR_TEXT_MUTED,
  COLOR_WARNING,
  RADIUS,
} from '@signup-with-platform/design';

/** Styles of the part `debug`, which no visitor sees. */
export const styles = `
  [part='debug'] {
    display: grid;
    margin-block-start: 12px;
    gap: 12px;
    padding: 16px;
    border: 1px dashed ${COLOR_BORDER};
    border-radius: ${RADIUS};
    background: ${COLOR_SURFACE};
    color: ${COLOR_TEXT};
    font-size: 0.875rem;
    text-align: start;
  }
  [part='debug'] ul {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  [part='debug'] ul:empty {
    display: none;
  }
  [part='debug'] li {
    padding-inline-start: 12px;
    border-inline-start: 3px solid ${COLOR_DANGER};
  }
  [part='debug'] .warning {
    border-color: ${COLOR_WARNING};
  }
  [part='debug'] .ok {
    border-color: ${COLOR_SUCCESS};
  }
  [part='debug'] .ok b {
    font-weight: 400;
  }
  [part='debug'] p {
    margin: 4px 0 0;
  }
  [part='debug'] code {
    display: block;
    margin-block-start: 8px;
    padding: 8px;
    border-radius: 4px;
    background: ${COLOR_SURFACE_SUBTLE};
    white-space: pre-wrap;
  }
  [part='debug'] small {
    color: ${COLOR_TEXT_MUTED};
    font-size: 0.8125rem;
  }
  [part='debug'] summary {
    min-block-size: 24px;
    cursor: pointer;
  }
  [part='debug'] ul + details,
  [part='debug'] details > ul {
    margin-block-start: 12px;
  }
`;
