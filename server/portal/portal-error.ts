const STATUS = {
  invalid_request: 400,
  forbidden: 403,
  not_allowed: 403,
  test_person: 403,
  not_found: 404,
  unavailable: 503,
  server_error: 500,
  busy: 503,
} as const;

export type PortalErrorCode = keyof typeof STATUS;

/** Ends a request to the portal with a page that says why. */
export class PortalError extends Error {
  override name = 'PortalError';
  readonly code: PortalErrorCode;
  readonly status: number;

  /**
   * @param code `forbidden`: the form is not provably ours; `not_allowed`: the member's role does not include it; `test_person`: nobody
   * changes a test person whom several browsers share
   */
  constructor(code: PortalErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.status = STATUS[code];
  }
}

/** Ends a request to the portal by sending the person to another page, such as the one to sign in at. */
export class PortalRedirect extends Error {
  override name = 'PortalRedirect';
  readonly path: string;

  constructor(path: string) {
    super(`go to ${path} first`);
    this.path = path;
  }
}
