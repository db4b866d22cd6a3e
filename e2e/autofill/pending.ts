/** Forms that the element does not fill yet as Chromium does. Their tests are expected to fail, and fail when they pass. */
export const PENDING: ReadonlySet<string> = new Set<string>();
