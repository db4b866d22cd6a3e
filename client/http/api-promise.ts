/** What came back, with what HTTP says about it. */
export interface ApiResponse<T> {
  data: T;
  status: number;
  headers: Headers;
  requestId: string | undefined;
  /** For `ifMatch`. */
  etag: string | undefined;
}

/** A promise of the data alone; {@link ApiPromise.withResponse} for all of it. */
export interface ApiPromise<T> extends Promise<T> {
  withResponse(): Promise<ApiResponse<T>>;
}

export function apiPromise<T>(response: Promise<ApiResponse<T>>): ApiPromise<T> {
  const data = response.then((answer) => answer.data);
  return Object.assign(data, {
    withResponse: () => {
      // The failure is then told by the other promise alone.
      data.catch(() => {});
      return response;
    },
  });
}
