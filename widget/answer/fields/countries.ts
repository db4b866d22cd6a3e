import { displayName } from '../describe-user.ts';

/** Alpha-2 and alpha-3 codes (ISO 3166-1), where the second is not the first and one letter more. */
const IRREGULAR =
  'ADAND AEARE AGATG AMARM AOAGO AQATA ATAUT AWABW AXALA BABIH BBBRB BDBGD BIBDI BJBEN BNBRN BQBES BSBHS BYBLR BZBLZ CDCOD CFCAF CGCOG CKCOK CLCHL CNCHN CVCPV CWCUW DKDNK EEEST EHESH FKFLK FMFSM FOFRO GDGRD GFGUF GLGRL GNGIN GPGLP GQGNQ GSSGS GWGNB GYGUY IEIRL ILISR IQIRQ JMJAM KMCOM KPPRK KRKOR KYCYM KZKAZ LRLBR LYLBY MEMNE MFMAF MGMDG MOMAC MPMNP MQMTQ MTMLT MVMDV MXMEX MZMOZ NUNIU PFPYF PGPNG PKPAK PLPOL PMSPM PNPCN PTPRT PWPLW PYPRY RSSRB SBSLB SCSYC SESWE SISVN SKSVK SNSEN SRSUR SVSLV SZSWZ TDTCD TFATF TMTKM TNTUN TRTUR TVTUV UAUKR UYURY WFWLF YTMYT'.split(
    ' ',
  );
/** Names that people and shops use, and `Intl` does not. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE'],
  CZ: ['Czech Republic'],
  GB: ['Great Britain', 'England'],
  KR: ['Republic of Korea', 'Korea'],
  MK: ['Macedonia'],
  NL: ['Holland'],
  RU: ['Russian Federation'],
  TR: ['Turkey'],
  US: ['United States of America', 'USA'],
  VN: ['Viet Nam'],
};
/** Languages in which a page may list countries besides its own: those that the product speaks. */
const LANGUAGES = ['en', 'nl', 'de', 'fr', 'es', 'it', 'pt', 'pl', 'tr', 'ar', 'he', 'ja'];

/** The names of a country, first in the page's language. */
export function countryNames(country: string | undefined, language?: string): string[] {
  if (!country) return [];
  const names = [language, ...LANGUAGES].map((tag) => displayName('region', country, tag));
  return [...new Set([...names, ...(ALSO[country] ?? [])])];
}

/** True for the country's alpha-3 code. */
export function isCodeOf(text: string, country = '-'): boolean {
  const code = text.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return false;
  const pair = IRREGULAR.find((one) => one.startsWith(country)) ?? IRREGULAR.find((one) => one.endsWith(code));
  return pair ? pair === country + code : code.startsWith(country);
}
