/** The `data` of a failed login: an error that says what to do, or messages by field. */
export type FailureData = { error: string } | Readonly<Record<`[${string}]`, readonly [message: string]>>;

/** An error of external_login. */
export class LoginRefusal extends Error {
  override name = 'LoginRefusal';
  readonly status: number;
  readonly data: FailureData;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, data: FailureData | string, headers: Readonly<Record<string, string>> = {}) {
    super(typeof data === 'string' ? data : Object.keys(data).join(' '));
    this.status = status;
    this.data = typeof data === 'string' ? { error: data } : data;
    this.headers = headers;
  }
}

export function successBody(token: string): string {
  return JSON.stringify({ code: 200, message: 'success', data: { token } });
}

export function failureBody({ status, data }: LoginRefusal): string {
  return JSON.stringify({ code: status, message: 'fail', data });
}
