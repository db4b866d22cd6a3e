/** Thrown when so much waits already that another one would wait too long. Nothing has been done. Its message may be shown. */
export class OverloadedError extends Error {
  override name = 'OverloadedError';
  readonly statusCode = 503;
  readonly retryAfterSeconds = 2;
}
