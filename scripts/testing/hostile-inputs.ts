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

type Headers = Readonly<Record<string, string>>;

/**
 * Headers of requests to the platform at https://id.example for an app whose page is at https://shop.example, and whom each comes from:
 * `app` or `nobody`. What is refused comes from `elsewhere`.
 */
export const ASKING_REQUESTS: InputKind<Headers, 'app' | 'nobody'> = {
  understood: [
    {
      input: { 'sec-fetch-site': 'cross-site', referer: 'https://shop.example/' },
      value: 'app',
      what: 'a page of the shop',
    },
    {
      input: { 'sec-fetch-site': 'cross-site', referer: 'https://shop.example/a?b' },
      value: 'app',
      what: 'one that tells its address',
    },
    {
      input: { 'sec-fetch-site': 'same-site', referer: 'https://shop.example/' },
      value: 'app',
      what: 'one of the platform’s site',
    },
    { input: { referer: 'https://shop.example/' }, value: 'app', what: 'one, in a browser without Fetch Metadata' },
    {
      input: { 'sec-fetch-site': 'same-origin', referer: 'https://id.example/popup' },
      value: 'app',
      what: 'a page of ours',
    },
    { input: { 'sec-fetch-site': 'same-origin' }, value: 'app', what: 'a page of ours, without a Referer' },
    {
      input: { referer: 'https://id.example/interaction/x' },
      value: 'app',
      what: 'a page of ours, in an older browser',
    },
    { input: { 'sec-fetch-site': 'none' }, value: 'nobody', what: 'the address bar' },
    { input: { 'sec-fetch-site': 'none', referer: 'android-app://mail/' }, value: 'nobody', what: 'another program' },
  ],
  refused: [
    {
      input: { 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' },
      refusal: 'elsewhere',
      what: 'another page',
    },
    {
      input: { 'sec-fetch-site': 'cross-site' },
      refusal: 'elsewhere',
      what: 'a page that does not say: Helmet, Django',
    },
    { input: { 'sec-fetch-site': 'same-site' }, refusal: 'elsewhere', what: 'one of the same site that does not say' },
    { input: {}, refusal: 'elsewhere', what: 'nothing that says anything' },
    {
      input: { 'sec-fetch-site': 'cross-site', referer: 'https://id.example/' },
      refusal: 'elsewhere',
      what: 'another page under our name',
    },
    { input: { referer: 'https://a.shop.example/' }, refusal: 'elsewhere', what: 'a host below the shop’s' },
    {
      input: { referer: 'https://shop.example.evil.example/' },
      refusal: 'elsewhere',
      what: 'a host that begins alike',
    },
    { input: { referer: 'http://shop.example/' }, refusal: 'elsewhere', what: 'the shop without https' },
    { input: { referer: 'https://shop.example:8443/' }, refusal: 'elsewhere', what: 'another port of the shop' },
    {
      input: { referer: 'https://shop.example@evil.example/' },
      refusal: 'elsewhere',
      what: 'a user name that looks like the shop',
    },
    { input: { referer: 'https://evil.example/#https://shop.example/' }, refusal: 'elsewhere', what: 'a fragment' },
    { input: { referer: 'shop.example' }, refusal: 'elsewhere', what: 'what is no address' },
    { input: { referer: 'data:text/html,x' }, refusal: 'elsewhere', what: 'an opaque origin' },
    {
      input: { 'sec-fetch-dest': 'iframe', referer: 'https://shop.example/' },
      refusal: 'elsewhere',
      what: 'a frame of the shop',
    },
    {
      input: { 'sec-fetch-dest': 'image', referer: 'https://shop.example/' },
      refusal: 'elsewhere',
      what: 'a picture in the shop',
    },
    {
      input: { 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' },
      refusal: 'elsewhere',
      what: 'a script of ours',
    },
    { input: { 'sec-fetch-site': 'x', referer: 'https://id.example/' }, refusal: 'elsewhere', what: 'nonsense' },
  ],
};

/** Cookie headers, and what is believed of them: a name that comes twice was set by two. */
export const COOKIE_HEADERS: InputKind = {
  understood: [
    { input: 'a=1; b=2', value: 'a=1; b=2', what: 'one of each name' },
    { input: 'a=1; b=2; a=3', value: 'b=2', what: 'another host of the site has set one of the same name' },
    { input: 'a=1;a=1', value: '', what: 'the same twice' },
    { input: 'a=1; a =2; b=x=y', value: 'b=x=y', what: 'a name with white space after it' },
    { input: '__Host-a=1; a=2', value: '__Host-a=1; a=2', what: 'a name with a prefix, and one without' },
    { input: '', value: '', what: 'none' },
  ],
  refused: [],
};
