/** Calling codes of one and of two digits (ITU-T E.164). All others have three. */
const SHORT_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

export interface PhoneParts {
  /** Without the plus. */
  readonly code: string;
  /** What follows the calling code. */
  readonly subscriber: string;
}

/** The parts of a number in E.164, or undefined for another kind of number. */
export function partsOfPhone(number = ''): PhoneParts | undefined {
  const digits = number.replace(/[\s().-]/g, '');
  if (!/^\+[1-9]\d{6,14}$/.test(digits)) return undefined;
  const code = SHORT_CODE.exec(digits.slice(1))?.[0] ?? digits.slice(1, 4);
  return { code, subscriber: digits.slice(1 + code.length) };
}
