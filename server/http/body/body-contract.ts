/** The formats that the pipeline can parse. */
export const BODY_TYPES = {
  json: 'application/json',
  mergePatch: 'application/merge-patch+json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
} as const;

export type BodyType = keyof typeof BODY_TYPES;

/** What one contract takes. */
export interface BodyContract {
  readonly types: readonly BodyType[];
  readonly maxBytes: number;
  /**
   * Of what is longer, the end is dropped: the last file is cut off, and its handler finds it too large. Only where it is known who sends,
   * because the rest has to be read too, so that a browser shows the answer.
   */
  readonly cutsLongFiles?: true;
  /** JSON: an empty body counts as none. Default: it is not JSON. */
  readonly mayBeEmpty?: true;
  /** JSON: whether one name may occur twice in an object; the last counts. Default: it is refused, because others may read the first. */
  readonly allowsRepeatedNames?: true;
}

/** A form's field. A file is its bytes. */
export type FormEntry = readonly [name: string, value: string | Buffer];

/** A body as its format has it, before any schema. */
export type ParsedBody =
  | { readonly type: 'none' }
  | { readonly type: 'json'; readonly value: unknown }
  | { readonly type: 'form'; readonly entries: readonly FormEntry[] };
