/**
 * Inputs that broke this product or products like it, in one place, by kind. The unit tests walk each list, so that a new entry is a new
 * test. Invisible characters are written as escapes, because a reader must see them.
 */

/** What must be understood, and as what. */
export interface Understood<Input = string, Value = string> {
  readonly input: Input;
  readonly value: Value;
  /** What it is, and who sends it. */
  readonly what: string;
}

/** What must be refused, and with which rule, code or words. */
export interface Refused<Input = string> {
  readonly input: Input;
  readonly refusal: string;
  /** What it is, and who sends it. */
  readonly what: string;
}

export interface InputKind<Input = string, Value = string> {
  readonly understood: readonly Understood<Input, Value>[];
  readonly refused: readonly Refused<Input>[];
}

/** A body's field as bytes, as they stand between the quotes of a JSON string, or in a part of a multipart form. */
export const FIELD_BYTES: InputKind<Buffer> = {
  understood: [
    { input: Buffer.from('ü'), value: 'ü', what: 'UTF-8' },
    {
      input: Buffer.from('u\u0308'),
      value: 'u\u0308',
      what: 'a letter and a combining mark, as macOS writes file names',
    },
    { input: Buffer.from('🔑'), value: '🔑', what: 'four bytes' },
    {
      input: Buffer.from('\ufffd'),
      value: '\ufffd',
      what: 'the replacement character itself, which is a character like others',
    },
  ],
  refused: [
    { input: Buffer.from([0xfc]), refusal: 'not_utf8', what: 'ü in ISO 8859-1: PHP and Java with their old defaults' },
    { input: Buffer.from([0x80]), refusal: 'not_utf8', what: '€ in Windows-1252' },
    { input: Buffer.from([0xc0, 0xaf]), refusal: 'not_utf8', what: '/ in two bytes: passes filters that look for one' },
    {
      input: Buffer.from([0xed, 0xa0, 0x80]),
      refusal: 'not_utf8',
      what: 'half a surrogate pair: CESU-8 of old MySQL and Java',
    },
    { input: Buffer.from([0xe2, 0x82]), refusal: 'not_utf8', what: 'a character that was cut in the middle' },
    { input: Buffer.from([0xf5, 0x80, 0x80, 0x80]), refusal: 'not_utf8', what: 'beyond Unicode' },
    { input: Buffer.from([0xff, 0xfe]), refusal: 'not_utf8', what: 'a byte order mark of UTF-16' },
  ],
};

/** Text as it stands in a query, or in a form of type application/x-www-form-urlencoded. */
export const URL_ENCODED_TEXT: InputKind = {
  understood: [
    { input: '%C3%BC', value: 'ü', what: 'UTF-8' },
    { input: 'ü', value: 'ü', what: 'UTF-8 without escapes: curl -d' },
    { input: 'a+b', value: 'a b', what: 'a space as forms write it' },
    { input: 'a%2Bb', value: 'a+b', what: 'a plus sign' },
    { input: '50%', value: '50%', what: 'a % that stands for itself: curl -d' },
    { input: '%zz%4', value: '%zz%4', what: 'what only looks like escapes' },
    { input: 'ü%', value: 'ü%', what: 'both at once' },
    { input: '%EF%BF%BD', value: '\ufffd', what: 'the replacement character itself' },
    { input: '%F0%9F%94%91', value: '🔑', what: 'four bytes' },
  ],
  refused: [
    { input: '%FC', refusal: 'not_utf8', what: 'ü in ISO 8859-1: PHP and Java with their old defaults' },
    { input: 'a%FF%', refusal: 'not_utf8', what: 'a wrong byte beside a % that stands for itself' },
    { input: '%C3%28', refusal: 'not_utf8', what: 'the beginning of a character, then another' },
    { input: '%C3', refusal: 'not_utf8', what: 'the beginning of a character' },
    { input: '%ED%A0%80', refusal: 'not_utf8', what: 'half a surrogate pair' },
    { input: '%C0%AF', refusal: 'not_utf8', what: '/ in two bytes' },
  ],
};

/** JSON that parsers disagree about, or die of. */
export const JSON_BODIES: InputKind<string, unknown> = {
  understood: [
    { input: '\ufeff{"a":1}', value: { a: 1 }, what: 'a byte order mark: .NET and PowerShell' },
    { input: ' {"a":\r\n1} ', value: { a: 1 }, what: 'white space around' },
    { input: '{"a":{"b":1},"b":{"b":2}}', value: { a: { b: 1 }, b: { b: 2 } }, what: 'one name in two objects' },
    { input: '{"\\u00fc":"\\ud83d\\udd11"}', value: { ü: '🔑' }, what: 'escapes' },
    { input: `${'['.repeat(32)}${']'.repeat(32)}`, value: nested(32), what: 'as deep as may be' },
  ],
  refused: [
    {
      input: '{"roles":"admin","roles":""}',
      refusal: 'invalid_json',
      what: 'a name twice: the first or the last counts',
    },
    { input: '{"a":[{"b":1,"\\u0062":2}]}', refusal: 'invalid_json', what: 'a name twice, once in escapes' },
    { input: `${'['.repeat(33)}${']'.repeat(33)}`, refusal: 'invalid_json', what: 'deeper than may be' },
    { input: `${'{"a":'.repeat(2_700)}1${'}'.repeat(2_700)}`, refusal: 'invalid_json', what: 'a stack overflow' },
    { input: '\ufeff\ufeff{}', refusal: 'invalid_json', what: 'two byte order marks' },
    { input: '{"a":1}\u0000', refusal: 'invalid_json', what: 'the end of a string in C' },
    { input: "{'a':1}", refusal: 'invalid_json', what: 'a literal of JavaScript or Python' },
    { input: '{"a":1,}', refusal: 'invalid_json', what: 'a comma too many' },
    { input: '{"a":NaN}', refusal: 'invalid_json', what: 'a number that is none: Python' },
  ],
};

/** `[[…]]` */
function nested(depth: number): unknown[] {
  return depth === 1 ? [] : [nested(depth - 1)];
}

/** Headers that describe a body, with a body of ASCII. */
export const BODY_HEADERS: InputKind<Readonly<Record<string, string>>, 'ASCII'> = {
  understood: [
    { input: { 'content-type': 'application/json' }, value: 'ASCII', what: 'the usual' },
    { input: { 'content-type': 'Application/JSON;Charset="UTF-8"' }, value: 'ASCII', what: 'in any case, and quoted' },
    { input: { 'content-type': 'application/json; charset=utf8' }, value: 'ASCII', what: 'the misspelt name' },
    { input: { 'content-type': 'application/json; charset=ISO-8859-1' }, value: 'ASCII', what: 'old Java' },
    {
      input: { 'content-type': 'application/json', 'content-encoding': 'identity' },
      value: 'ASCII',
      what: 'no coding',
    },
  ],
  refused: [
    {
      input: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      refusal: 'unsupported_coding',
      what: 'gzip',
    },
    {
      input: { 'content-type': 'application/json', 'content-encoding': 'br' },
      refusal: 'unsupported_coding',
      what: 'Brotli',
    },
    {
      input: { 'content-type': 'application/json', 'content-encoding': 'gzip, gzip' },
      refusal: 'unsupported_coding',
      what: 'a bomb in a bomb',
    },
    { input: { 'content-type': 'text/plain' }, refusal: 'unsupported_type', what: 'fetch() with a string' },
    { input: { 'content-type': 'text/json' }, refusal: 'unsupported_type', what: 'a type that is not registered' },
    { input: { 'content-type': 'nonsense' }, refusal: 'unsupported_type', what: 'what is no media type' },
    { input: {}, refusal: 'unsupported_type', what: 'a body of no type' },
  ],
};

/** How clients write a list in a form, for a call that has the parameters `roles` (a list), `email` and `is_active`. */
export const ROLES_IN_FORMS: InputKind<string, readonly string[]> = {
  understood: [
    { input: 'roles=a,b', value: ['a', 'b'], what: 'separated by commas' },
    { input: 'roles=a&roles=b', value: ['a', 'b'], what: 'repeated: Go, Java, curl' },
    { input: 'roles[]=a&roles[]=b', value: ['a', 'b'], what: 'with brackets: Rails, jQuery, axios' },
    { input: 'roles[0]=a&roles[1]=b', value: ['a', 'b'], what: 'with numbers: PHP’s http_build_query' },
    { input: 'roles[]=', value: [], what: 'an empty list: Rails’ hidden input' },
    { input: 'roles=', value: [], what: 'empty text' },
  ],
  refused: [
    { input: 'role=user', refusal: 'roles', what: 'the singular' },
    { input: 'Roles=user', refusal: 'roles', what: 'a capital' },
    { input: 'roles[b]=user', refusal: 'roles[b]', what: 'names for numbers' },
    { input: 'roles[0][name]=user', refusal: 'roles[0][name]', what: 'objects in the list' },
    { input: 'email[]=a@example.com', refusal: 'email', what: 'a list of what is none' },
    { input: 'isActive=false', refusal: 'is_active', what: 'another notation of names' },
    { input: 'is-active=0', refusal: 'is_active', what: 'a hyphen' },
    { input: 'is_actve=0', refusal: 'is_active', what: 'a letter too few' },
  ],
};

/** Queries of `GET /1/users` that would have returned the whole list, or something else than was meant. The refusal is what is named. */
export const LIST_QUERIES: InputKind = {
  understood: [
    { input: 'email=j%C3%BC@example.com', value: 'jü@example.com', what: 'UTF-8' },
    { input: 'email=a%2Bb@example.com', value: 'a+b@example.com', what: 'a plus sign, escaped' },
  ],
  refused: [
    { input: 'Email=a@example.com', refusal: 'Did you mean email?', what: 'a capital' },
    { input: 'email[]=a@example.com', refusal: 'Did you mean email?', what: 'a list: PHP' },
    { input: 'emails=a@example.com', refusal: 'Did you mean email?', what: 'the plural' },
    { input: 'user_name=a', refusal: 'Did you mean username?', what: 'another notation of names' },
    { input: 'startingAfter=a', refusal: 'Did you mean starting_after?', what: 'another notation of names' },
    { input: 'limt=1', refusal: 'Did you mean limit?', what: 'a letter too few' },
    { input: 'role=admin', refusal: 'There is no parameter "role"', what: 'a filter that there is not' },
    { input: '__proto__=1', refusal: 'There is no parameter "__proto__"', what: 'a name that every object has' },
    { input: 'email=a+b@example.com', refusal: '%2B', what: 'a plus sign, which means a space' },
    { input: 'email=a%20b@example.com', refusal: '%2B', what: 'the same, escaped by a browser' },
    { input: 'email=j%FC@example.com', refusal: 'email is not UTF-8', what: 'ISO 8859-1' },
    { input: '%FC=1', refusal: 'not UTF-8', what: 'a name in ISO 8859-1' },
  ],
};

/** Sixteen kilobytes, as long as a token or a body may be, of what makes a careless regular expression try every way to match it. */
const REPEATED_LENGTH = 16_384;
const repeated = (unit: string, end: string): string => unit.repeat(REPEATED_LENGTH / unit.length) + end;

/** Inputs for every regular expression of what is shipped: each has to be done with them in a moment. */
export const HOSTILE_REPETITIONS: readonly { readonly input: string; readonly what: string }[] = [
  {
    input: repeated('/', 'x'),
    what: 'slashes: /\\/+$/ on the issuer of an unverified token blocked a backend for a second',
  },
  { input: repeated(' ', 'x'), what: 'spaces' },
  { input: repeated('\n', 'x'), what: 'line breaks' },
  { input: repeated('0', 'x'), what: 'digits' },
  { input: repeated('a', '!'), what: 'letters' },
  { input: repeated('A', '!'), what: 'capitals' },
  { input: repeated('a.', '!'), what: 'labels of a domain' },
  { input: repeated('a@', ' '), what: 'addresses' },
  { input: repeated('-', 'x'), what: 'hyphens' },
  { input: repeated('%2', 'x'), what: 'halves of escapes' },
  { input: repeated('<!--', ''), what: 'comments that do not end' },
  { input: repeated('<', ''), what: 'tags that do not end' },
  { input: repeated('"\\', ''), what: 'quotation marks and escapes' },
  { input: repeated('state=1-1-1-1&', ''), what: 'responses without an issuer' },
  { input: repeated('\u0301', 'x'), what: 'combining marks' },
];
