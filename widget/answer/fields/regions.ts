/** The states and provinces that forms offer by their postal abbreviations. */
const REGIONS: Readonly<Record<string, string>> = {
  US: 'AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,PR Puerto Rico',
  CA: 'AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon',
};

/** The region as it was shared, and by its other name: California and CA, also as US-CA (ISO 3166-2). */
export function regionNames(region: string | undefined, country = ''): (string | undefined)[] {
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
