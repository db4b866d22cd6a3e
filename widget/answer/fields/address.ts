import type { UserClaims } from '@signup-with-platform/protocol';
import type { Autofill, Place } from './autofill.ts';
import { countryNames } from './countries.ts';
import { linesOf, partsOfStreet } from './street.ts';

/** As it is written, and without what some forms have no room for: its space, the last four digits of a US one. */
function postalCodes({ address }: UserClaims): (string | undefined)[] {
  const code = address?.postal_code;
  return [code, code?.replace(/[\s-]/g, ''), address?.country === 'US' ? code?.split('-')[0] : undefined];
}

/** The number with its addition: 12A, 12-4, 5 bis. */
function houseNumber(user: UserClaims): string {
  const { number, addition } = partsOfStreet(user);
  return (
    number +
    (addition && (/^\p{L}$/u.test(addition) ? addition : /^\p{N}/u.test(addition) ? `-${addition}` : ` ${addition}`))
  );
}

const country = ({ address }: UserClaims) => address?.country;
const names = (user: UserClaims, { language }: Place) => countryNames(country(user), language);
async function otherRegionNames({ address: at }: UserClaims) {
  const { regionNames } = await import('./places.ts');
  return { values: regionNames(at?.region, at?.country) };
}
async function otherCountryNames(user: UserClaims) {
  const { otherNames } = await import('./places.ts');
  return otherNames(country(user));
}

export const address = {
  'postal-code': {
    words:
      /\b(zip|postal ?code|post ?code|post ?kode|pcode|pin ?code|plz|cap|cep|cp)\b|\bzip ?code|\bpostleitzahl|\bcode postal|\bcodigo postal|\bcodice (di avviamento )?postale|\bcodpos|\bkod pocztowy|\bposta kodu|郵便|الرمز البريدي|מיקוד/,
    inputTypes: ['number'],
    values: postalCodes,
  },
  country: {
    words: /\bcountry ?(iso)? ?(code|id)\b|\bcountrycode/,
    select: true,
    values: (user, place) => [country(user), ...names(user, place)],
    more: otherCountryNames,
  },
  'country-name': {
    words:
      /\bcountry|\bcountries\b|\bland\b|\bpays\b|\bpais\b|\bpaese\b|\bnazione\b|\bkraj\b|\bulke\b|(^| )国( |$|名)|国または地域|الدولة|البلد|ארץ|מדינה/,
    not: /\b(birth|nascimento|nacimiento|naissance|geboorteland|geburtsland|nationality|citizenship|origin)\b/,
    select: true,
    values: (user, place) => [...names(user, place), country(user)],
    more: otherCountryNames,
  },
  'address-level1': {
    words:
      /\b(state|region|province|county|prefecture|provincie|provincia|bundesland|kanton|canton|departement|comunidad autonoma|regione|estado|uf|wojewodztwo|eyalet|il)\b|\b(region|state|province) ?(code|id)\b|都道府県|المحافظة|المنطقة|الولاية|מחוז/,
    not: /\b(united states|marital|estado civil)\b/,
    select: true,
    values: (user) => [user.address?.region],
    more: otherRegionNames,
  },
  'address-level2': {
    words:
      /\b(city|town|suburb|locality|municipality|place|plaats|woonplaats|stad|gemeente|ort|wohnort|stadt|ville|commune|localite|ciudad|localidad|poblacion|municipio|citta|comune|localita|cidade|miasto|miejscowosc|sehir|ilce)\b|\bcity ?name|市区町村|市町村|المدينة|עיר|יישוב/,
    not: /\b(birth|place ?(of|holder))\b/,
    select: true,
    values: (user) => [user.address?.locality],
  },
  'house-number-addition': {
    words:
      /\btoev(oeging)?\b|\bhuisnummer ?toevoeging|\b(house|huis) ?(number|nummer|nr|no) ?(addition|add|ext|extension|suffix|toevoeging)|\bbus\b|\bbusnummer|\bhausnummer ?zusatz/,
    values: (user) => [partsOfStreet(user).addition],
  },
  /** Where no control asks for the second line. */
  'addition-or-line2': { values: (user) => [partsOfStreet(user).addition || linesOf(user)[1]] },
  /** Where the addition is asked for apart. */
  'house-digits': { inputTypes: ['number'], values: (user) => [partsOfStreet(user).number] },
  'house-number': {
    words:
      /\b(house|home|street|building|huis|haus|straat|strassen) ?(number|num|nummer|nr|no)\b|\bhnr\b|\bhuisnr\b|\bnumero (civico|de (la )?(rue|voie|calle|casa))|\bcivico\b|^(numero|number|nummer|nr|num|numer)$|\bnumer domu|\bnr domu|\bbina no|\bkapi no|\bexterior\b|رقم (المنزل|المبنى)|מספר בית/,
    // "Street and house number" is the whole line.
    not: /\b(street|straat|strasse|rue|via|calle|rua|ulica|sokak)\b.{0,20}\b(and|en|und|et|y|e|i|ve|nr|numero|house|huis|haus)/,
    inputTypes: ['number'],
    values: (user) => [houseNumber(user), partsOfStreet(user).number],
  },
  'address-line3': {
    words: /\b(address|addr|street|line|adresse|adres|indirizzo|direccion|endereco) ?(line)? ?3\b|\bline3\b|住所3/,
    values: (user) => [linesOf(user).slice(2).join(', ')],
  },
  'address-line2': {
    words:
      /\b(address|addr|street|line|adresse|adres|indirizzo|direccion|endereco|strasse) ?(line)? ?(2|two)\b|\bline ?2\b|\b(apt|apartment|suite|unit|flat|floor|etage|appartement|wohnung|apartamento|departamento|complement|complemento|complementary|adresszusatz|interno|lokal|mieszkanie|daire)\b|\bcomplement d|\badres ?aanvulling|住所2|建物|شقة|דירה/,
    values: (user) => [linesOf(user).slice(1).join(', ')],
  },
  /** The second of three lines. */
  'address-line2-of-3': { values: (user) => [linesOf(user)[1]] },
  'address-line1': {
    words:
      /\b(address|addr|street|adresse|adres|indirizzo|direccion|endereco|strasse) ?(line)? ?(1|one)\b|\bline ?1\b|住所1/,
    values: (user) => [linesOf(user)[0]],
  },
  /** Where the house number is asked for apart. */
  'street-name': { values: (user) => [partsOfStreet(user).street] },
  'street-address': {
    words:
      /\b(street|str|straat|straatnaam|strasse|strassenname|rue|voie|calle|domicilio|via|rua|logradouro|ulica|sokak|cadde|streetname|streetaddress)\b|\bstreet ?(address|name)|番地|الشارع|רחוב/,
    vague:
      /\b(address|addr|adres|adresse|anschrift|direccion|indirizzo|endereco|morada|residence)\b|address$|住所|العنوان|כתובת/,
    not: /\b(ip|web|mac|wallet|lookup|find|company|organi[sz]ation|firma|entreprise|societe|empresa|azienda|bedrijf)/,
    values: (user) => [linesOf(user).join('\n')],
  },
} satisfies Record<string, Autofill>;
