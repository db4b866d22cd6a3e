/** Calling codes of one and of two digits (ITU-T E.164). All others have three. */
const SHORT_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** Where a national number is written with a zero before it. */
const WITH_ZERO =
  /^(?:2[07]|3[123]|4[013469]|5[38]|6[0-46]|8[124]|9[0-58]|21[1238]|23[1-4]|243|249|25[014-6]|26[0-5]|291|35[358]|359|37[0347]|38[0-35-79]|421|508|59[034568]|85[056]|88[06]|96[2-467]|97[012]|99[46])$/;
/** Of these, where a field for the national number often has no room for it, because people leave it out. */
const ZERO_IS_OPTIONAL = /^(?:63|9[01])$/;

export interface PhoneParts {
  /** Without the plus. */
  readonly code: string;
  /** What follows the calling code. */
  readonly subscriber: string;
  /** As it is dialled within the country, best first. */
  readonly national: readonly string[];
}

/** The parts of a number in E.164, or undefined for another kind of number. */
export function partsOfPhone(number = ''): PhoneParts | undefined {
  const digits = number.replace(/[\s().-]/g, '');
  if (!/^\+[1-9]\d{6,14}$/.test(digits)) return undefined;
  const code = SHORT_CODE.exec(digits.slice(1))?.[0] ?? digits.slice(1, 4);
  const subscriber = digits.slice(1 + code.length);
  const trunk = /^(7|993)$/.test(code) ? '8' : code === '36' ? '06' : WITH_ZERO.test(code) ? '0' : '';
  return { code, subscriber, national: [trunk + subscriber, ...(ZERO_IS_OPTIONAL.test(code) ? [subscriber] : [])] };
}
