import type { UserClaims } from '@signup-with-platform/protocol';

// What few forms need, and which is loaded there alone.

/** Alpha-2 and alpha-3 codes (ISO 3166-1), where the second is not the first and one letter more. */
const IRREGULAR = `
  ADAND AEARE AGATG AMARM AOAGO AQATA ATAUT AWABW AXALA BABIH BBBRB BDBGD BIBDI BJBEN BNBRN BQBES BSBHS BYBLR BZBLZ
  CDCOD CFCAF CGCOG CKCOK CLCHL CNCHN CVCPV CWCUW DKDNK EEEST EHESH FKFLK FMFSM FOFRO GDGRD GFGUF GLGRL GNGIN GPGLP
  GQGNQ GSSGS GWGNB GYGUY IEIRL ILISR IQIRQ JMJAM KMCOM KPPRK KRKOR KYCYM KZKAZ LRLBR LYLBY MEMNE MFMAF MGMDG MOMAC
  MPMNP MQMTQ MTMLT MVMDV MXMEX MZMOZ NUNIU PFPYF PGPNG PKPAK PLPOL PMSPM PNPCN PTPRT PWPLW PYPRY RSSRB SBSLB SCSYC
  SESWE SISVN SKSVK SNSEN SRSUR SVSLV SZSWZ TDTCD TFATF TMTKM TNTUN TRTUR TVTUV UAUKR UYURY WFWLF YTMYT
`.split(/\s+/);
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
/** Names of a country besides those that `Intl` knows, and its alpha-3 code. */
export function otherNames(country = '') {
  return { values: ALSO[country] ?? [], matches: (option: string) => isCodeOf(option, country) };
}

/** True for the country's alpha-3 code. */
function isCodeOf(text: string, country = '-'): boolean {
  const code = text.trim().toUpperCase();
  if (!/^[A-Z]{3}$/.test(code)) return false;
  const pair = IRREGULAR.find((one) => one.startsWith(country)) ?? IRREGULAR.find((one) => one.endsWith(code));
  return pair ? pair === country + code : code.startsWith(country);
}

/** The states and provinces that forms offer by their postal abbreviations. */
const REGIONS: Readonly<Record<string, string>> = {
  US:
    'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,' +
    'DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,' +
    'KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,' +
    'MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,' +
    'NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,' +
    'SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,' +
    'WV West Virginia,WI Wisconsin,WY Wyoming,PR Puerto Rico',
  CA:
    'AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,' +
    'NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon',
};

/** The region as it was shared, and by its other name: California and CA, also as US-CA (ISO 3166-2). */
export function regionNames(region: string | undefined, country = ''): string[] {
  if (!region) return [];
  const plain = region.replace(/^[A-Z]{2}-/, '');
  const pair = REGIONS[country]
    ?.split(',')
    .find((one) => [one.slice(0, 2), one.slice(3)].some((name) => name.toLowerCase() === plain.toLowerCase()));
  const names = pair ? [pair.slice(0, 2), pair.slice(3)] : [];
  // As the person wrote it first; a control that is too short for the name takes the code.
  return [...new Set([region, plain, ...names])].flatMap((name) => [
    name,
    ...(name.length < 4 && country ? [`${country}-${name}`] : []),
  ]);
}

/** Where the postal code follows the town. Elsewhere it comes first. */
const CODE_LAST = /^(AU|BR|CA|GB|ID|IE|IN|NZ|SA|SG|TH|US|ZA)$/;

/** Both in one line, or neither: a part alone would be wrong. */
export function codeAndTown({ address }: UserClaims): string | undefined {
  const { postal_code: code, locality: town, country = '' } = address ?? {};
  return code && town && (CODE_LAST.test(country) ? `${town} ${code}` : `${code} ${town}`);
}
