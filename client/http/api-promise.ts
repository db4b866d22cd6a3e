/** The data of an answer, with its HTTP status and headers. */
export interface ApiResponse<T> {
  data: T;
  status: number;
  headers: Headers;
  requestId: string | undefined;
  /** To be passed as `ifMatch`. */
  etag: string | undefined;
}

/** A promise of the data. {@link ApiPromise.withResponse} gives the status and headers, too. */
export interface ApiPromise<T> extends Promise<T> {
  withResponse(): Promise<ApiResponse<T>>;
}

export function apiPromise<T>(response: Promise<ApiResponse<T>>): ApiPromise<T> {
  const data = response.then((answer) => answer.data);
  return Object.assign(data, {
    withResponse: () => {
      // Only the other promise reports the failure then.
      data.catch(() => {});
      return response;
    },
  });
}
