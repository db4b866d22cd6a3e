import type { PhoneParts } from './calling-codes.ts';

// Numbers as they are dialled within a country, which few forms ask for, and which is loaded there alone.

/** Where a national number is written with a zero before it. */
const WITH_ZERO = new RegExp(
  [
    /^(2[07]|3[123]|4[013469]|5[38]|6[0-46]|8[124]|9[0-58]|21[1238]|23[1-4]|243|249|25[014-6]|26[0-5]|291)$/,
    /^(35[358]|359|37[0347]|38[0-35-79]|421|508|59[034568]|85[056]|88[06]|96[2-467]|97[012]|99[46])$/,
  ]
    .map(({ source }) => source)
    .join('|'),
);
/** Of these, where a field for the national number often has no room for it, because people leave it out. */
const ZERO_IS_OPTIONAL = /^(63|9[01])$/;

/** Best first. */
export function nationalNumbers({ code, subscriber }: PhoneParts): readonly string[] {
  const trunk = /^(7|993)$/.test(code) ? '8' : code === '36' ? '06' : WITH_ZERO.test(code) ? '0' : '';
  return [trunk + subscriber, ...(ZERO_IS_OPTIONAL.test(code) ? [subscriber] : [])];
}

/** Area code, prefix and line number, which only the North American numbering plan has in fixed places. */
export function americanParts({ code, subscriber }: Partial<PhoneParts> = {}): readonly string[] {
  return code === '1' ? (/^(\d{3})(\d{3})(\d{4})$/.exec(subscriber ?? '')?.slice(1) ?? []) : [];
}

/** Calling codes of countries whose shops may ask for a national number without saying so. */
const CODES = `
  US1 CA1 RU7 KZ7 EG20 ZA27 GR30 NL31 BE32 FR33 ES34 HU36 IT39 RO40 CH41 AT43 GB44 DK45 SE46 NO47 PL48 DE49 PE51 MX52
  AR54 BR55 CL56 CO57 MY60 AU61 ID62 PH63 NZ64 SG65 TH66 JP81 KR82 VN84 CN86 TR90 IN91 PK92 LK94 IR98 MA212 DZ213 TN216
  NG234 KE254 PT351 LU352 IE353 IS354 MT356 CY357 FI358 BG359 LT370 LV371 EE372 UA380 RS381 HR385 SI386 CZ420 SK421
  HK852 TW886 LB961 JO962 IQ964 KW965 SA966 AE971 IL972 QA974
`.split(/\s+/);

/** @param country ISO 3166-1 alpha-2 */
export function codeOfCountry(country: string): string | undefined {
  return CODES.find((one) => country && one.startsWith(country))?.slice(2);
}
