export type PictureErrorCode = 'too_large' | 'not_a_picture' | 'too_many_pixels';

/** Thrown when an upload cannot be used as a picture. */
export class PictureError extends Error {
  override name = 'PictureError';
  readonly code: PictureErrorCode;

  /**
   * @param code `too_large`: more bytes than {@link MAX_PICTURE_BYTES}; `not_a_picture`: not a still picture of an accepted format, or
   * damaged; `too_many_pixels`: more than {@link MAX_PICTURE_PIXELS}
   */
  constructor(code: PictureErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
