import { LANGUAGES } from '../../../messages/index.ts';
import { LONG_NAME, LONG_VENDOR, samplePersonas } from '../../../server/delivery/popup/pages/page-samples.ts';
import { COUNTRY_CODES } from '../../../server/domain/claims/country-codes.ts';
import { listPersonas } from '../../../server/domain/sandbox/personas.ts';
import { INHABITANT_DATA } from './inhabitant.ts';

/** Names of programs, formats and algorithms, which no language translates. */
const PROGRAMS = [
  'Chrome',
  'Linux',
  'JSON',
  'Node',
  'Python',
  'PHP',
  'Ruby',
  'Go',
  'Java',
  'JavaScript',
  'cURL',
  'MB',
  'pom.xml',
];
const FRAMEWORKS = ['Flask', 'Django', 'Spring Boot'];
const CLIENTS = ['openid-client', 'Auth.js', 'Authlib', 'Spring Security', 'oauth2-proxy', 'oidc-client-ts'];
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
const NAMES = [...PROGRAMS, ...FRAMEWORKS, ...CLIENTS, ...ALGORITHMS];

/** What a page may say in a language besides the words of the catalogue: names, values, and what `Intl` calls things. */
export function dataIn(language: string): string[] {
  const own = LANGUAGES.map(({ tag }) => new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag);
  return [...INHABITANT_DATA, ...SAMPLES, ...NAMES, ...own, ...own.map(capitalized), ...valuesIn(language)];
}

/** Of the samples of the popup's pages, and of the picture on the start page. */
const SAMPLES = [
  'Acme Single Sign-On',
  'Google',
  'Acme',
  'fern-and-field.example',
  'localhost',
  'Bonsai & Bark',
  'Bonsai & Co',
  'com.example.app:',
  'Ada Lovelace',
  LONG_NAME,
  LONG_VENDOR.name,
  'Keizersgracht',
  '1016 DW Amsterdam',
  'Netherlands',
  'The courier <b>rings</b> when nobody answers the door.',
  'This <b>address</b> is a customer already.',
  ...[...samplePersonas, ...listPersonas()].map(({ name }) => name),
];

/** How `Intl` writes countries, dates and durations. It knows `en-XA` as English, and `ar-XB` as Arabic. */
function valuesIn(language: string): string[] {
  const countries = new Intl.DisplayNames(language, { type: 'region' });
  const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)));
  const dates = ['long', 'short'].flatMap((month) =>
    months.map((at) => at.toLocaleDateString(language, { month: month as 'long' | 'short', timeZone: 'UTC' })),
  );
  const words = 'second minute hour day month year'.split(' ').flatMap((unit) => [unit, `${unit}s`]);
  const times = language === 'en-XA' ? [...words, 'ago', 'now', 'and', 'or', 'AM', 'PM'] : [];
  const short = ['second', 'minute', 'hour'].flatMap((unit) => {
    const format = new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' });
    return format.formatToParts(2.3).flatMap(({ type, value }) => (type === 'unit' ? value : []));
  });
  const languages = new Intl.DisplayNames(language, { type: 'language' });
  const spoken = [language, ...LANGUAGES.map(({ tag }) => tag)].map((tag) => languages.of(tag) ?? tag);
  return [...spoken, ...COUNTRY_CODES.map((code) => countries.of(code) ?? code), ...dates, ...times, ...short, 'UTC'];
}

function capitalized(name: string): string {
  return name.charAt(0).toLocaleUpperCase() + name.slice(1);
}
