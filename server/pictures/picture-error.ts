export type PictureErrorCode = 'too_large' | 'not_a_picture' | 'too_many_pixels';

/** Thrown when what somebody uploads cannot be their picture. */
export class PictureError extends Error {
  override name = 'PictureError';
  readonly code: PictureErrorCode;

  /**
   * @param code `too_large`: more bytes than {@link MAX_PICTURE_BYTES}; `not_a_picture`: no still picture of a format that we take, or
   * a damaged one; `too_many_pixels`: more than {@link MAX_PICTURE_PIXELS}
   */
  constructor(code: PictureErrorCode, options?: ErrorOptions) {
    super(code, options);
    this.code = code;
  }
}
