/** Names as people have them: of many scripts, lengths and habits. */
const GIVEN = [
  'Ada',
  'Zoë',
  'Jean-Luc',
  'Þórunn',
  'Мария',
  '太郎',
  'نور',
  'Siobhán',
  'María José',
  'O',
  'Nguyễn',
  'אביגיל',
];
const FAMILY = [
  'Lovelace',
  "O'Brien",
  'van der Berg',
  'Müller-Lüdenscheidt',
  'Петрова',
  '山田',
  'الأحمد',
  'Ó Súilleabháin',
  '',
];
const STREETS = [
  '12 Canal Street',
  'Calle de Alcalá 45, 3º izq.',
  'ул. Ленина, д. 5',
  '1-2-3 Shibuya',
  'Hauptstraße 7\nHinterhaus',
];
const COUNTRIES = ['NL', 'DE', 'ES', 'JP', 'US', 'SA', 'IE'];
const LOCALES = ['nl', 'de', 'es', 'ja', 'en-US', 'ar', 'en-IE'];
/** bcrypt of cost 10, of `correct horse`. */
const BCRYPT = '$2y$10$84R1ZrJK4HS5GJ8SkbIdMeVoKfoVlRUkFw504n7mMUeerkzWCsqO.';
/** Of a hundred rows, three are broken, each in another way. */
const BROKEN_IN_A_HUNDRED = 3;

/**
 * People of another system, the same for the same number, as NDJSON.
 * @param count rows, of which 3 % are broken
 */
export function* makePeople(count: number): Generator<string> {
  const pick = <Value>(values: readonly Value[], by: number) => values[by % values.length] as Value;
  for (let number = 0; number < count; number += 1) {
    const scattered = Math.imul(number + 1, 2_654_435_761) >>> 0;
    if (scattered % 100 < BROKEN_IN_A_HUNDRED) {
      yield pick(
        [
          `{"id":"b-${number}","email":"no address"}`,
          `{"id":"b-${number}","emial":"typo@example.com"}`,
          `{"id":"b-${number}","email":"cut@exam`,
          `{"id":"b-${number}","password_hash":"plain text"}`,
          `{"given_name":"Nobody"}`,
          `{"id":"b-${number}","birthdate":"31.12.1999"}`,
        ],
        number,
      );
      continue;
    }
    const country = scattered >>> 3;
    yield JSON.stringify({
      id: `u-${number}`,
      // A family shares an address now and then, which nobody has confirmed.
      email: scattered % 50 === 7 ? `family${number % 1000}@example.com` : `person${number}@example.com`,
      email_verified: scattered % 50 !== 7,
      password_hash: scattered % 10 === 0 ? null : BCRYPT,
      given_name: pick(GIVEN, scattered),
      family_name: pick(FAMILY, scattered >>> 5) || null,
      ...(scattered % 3 === 0 && { phone_number: `+3120${String(5_550_000 + (number % 10_000))}` }),
      ...(scattered % 4 === 0 && {
        address: { street_address: pick(STREETS, scattered), locality: 'Amsterdam', country: pick(COUNTRIES, country) },
      }),
      ...(scattered % 5 === 0 && { birthdate: `19${50 + (number % 50)}-05-17` }),
      locale: pick(LOCALES, country),
      created_at: new Date(1_500_000_000_000 + number * 1_000).toISOString(),
    });
  }
}
