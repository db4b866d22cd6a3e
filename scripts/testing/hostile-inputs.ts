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

/** Cells of a CSV file, and what is written: a spreadsheet must take none for a formula (OWASP, CSV injection). */
export const CSV_CELLS: Pick<InputKind, 'understood'> = {
  understood: [
    { input: 'Popup opened', value: 'Popup opened', what: 'an ordinary one' },
    { input: 'https://shop.example', value: 'https://shop.example', what: 'an address' },
    {
      input: '=HYPERLINK("https://evil.example")',
      value: `"'=HYPERLINK(""https://evil.example"")"`,
      what: 'a formula',
    },
    { input: "+1+cmd|' /C calc'!A0", value: `"'+1+cmd|' /C calc'!A0"`, what: 'a formula by its sign' },
    { input: '-2+3', value: `"'-2+3"`, what: 'another sign' },
    { input: '@SUM(1)', value: `"'@SUM(1)"`, what: 'as Lotus 1-2-3 wrote it' },
    { input: ' =1', value: `"' =1"`, what: 'white space before it, which some programs trim' },
    { input: '\u00a0=1', value: `"'\u00a0=1"`, what: 'a no-break space before it' },
    { input: '\t=1', value: `"'\t=1"`, what: 'a tab before it' },
    { input: '\r=1', value: `"'\r=1"`, what: 'a line break before it' },
    { input: '\uff1d1', value: `"'\uff1d1"`, what: 'a full-width sign, which some programs take for the other' },
    { input: '|calc', value: `"'|calc"`, what: 'a command (DDE)' },
    { input: 'a";=1', value: '"a"";=1"', what: 'a way out of the quotes, where a semicolon ends a cell' },
    { input: 'a,=1', value: '"a,=1"', what: 'a way into the next cell' },
    { input: 'a\r\n=1', value: '"a\r\n=1"', what: 'a way into the next row' },
    { input: '', value: '', what: 'nothing' },
  ],
};

/**
 * Queries of registered redirect URIs, and what is left of each when `code=c` is added: its own bytes (RFC 6749 section 3.1.2), which a parser
 * of forms would write anew.
 */
export const QUERIES_OF_REDIRECT_URIS: Pick<InputKind, 'understood'> = {
  understood: [
    { input: '', value: '?code=c', what: 'none' },
    { input: '?', value: '?code=c', what: 'an empty one' },
    { input: '?a=1', value: '?a=1&code=c', what: 'an ordinary one' },
    { input: '?a=1&', value: '?a=1&code=c', what: 'one that ends with its separator' },
    { input: '?flag', value: '?flag&code=c', what: 'a name without a value, which would get `=`' },
    { input: '?to=/cart/~ada', value: '?to=/cart/~ada&code=c', what: 'a path, whose signs would be encoded' },
    { input: '?q=a%20b', value: '?q=a%20b&code=c', what: 'an encoded space, which would become a plus' },
    { input: '?q=a+b', value: '?q=a+b&code=c', what: 'a plus' },
    { input: '?q=%e9', value: '?q=%e9&code=c', what: 'what is not UTF-8, which would become U+FFFD' },
    { input: '?rate=5%', value: '?rate=5%&code=c', what: 'a percent sign that encodes nothing' },
    { input: '?at=(1,2);a:b@c!*$', value: '?at=(1,2);a:b@c!*$&code=c', what: 'signs that need no encoding' },
    { input: '?a=1&a=2', value: '?a=1&a=2&code=c', what: 'a name twice' },
    { input: '?a=1&code=old&b=2', value: '?a=1&b=2&code=c', what: 'a parameter of the answer, which gives way' },
    { input: '?c%6Fde=old', value: '?code=c', what: 'the same, written otherwise' },
    { input: '?codex=1', value: '?codex=1&code=c', what: 'a name that only begins so' },
    { input: '??code=1', value: '??code=1&code=c', what: 'a name that begins with a question mark' },
    { input: '??code=1&a=2', value: '??code=1&a=2&code=c', what: 'the same, and another' },
  ],
};

/** Email addresses, and how they are stored. */
export const EMAILS: InputKind = {
  understood: [
    { input: 'ada@example.com', value: 'ada@example.com', what: 'an ordinary one' },
    {
      input: 'Ada.Lovelace+shop@Example.COM',
      value: 'Ada.Lovelace+shop@Example.COM',
      what: 'case stays as it is typed',
    },
    { input: 'ivan@xn--e1afmkfd.xn--p1ai', value: 'ivan@xn--e1afmkfd.xn--p1ai', what: 'a Punycode top level' },
    { input: 'ivan@пример.рф', value: 'ivan@xn--e1afmkfd.xn--p1ai', what: 'the same in Unicode' },
    { input: 'greta@bücher.example', value: 'greta@xn--bcher-kva.example', what: 'an umlaut' },
    {
      input: 'greta@bu\u0308cher.example',
      value: 'greta@xn--bcher-kva.example',
      what: 'the umlaut as macOS writes it',
    },
    {
      input: '用户@例子.广告',
      value: '用户@xn--fsqu00a.xn--4rr70v',
      what: 'a local part in another script (RFC 6531)',
    },
    { input: 'taro@example。jp', value: 'taro@example.jp', what: 'an ideographic full stop' },
    { input: '\u200eada@example.com\u200f', value: 'ada@example.com', what: 'marks of direction from an address book' },
    { input: '\ufeff ada@example.com\u200b', value: 'ada@example.com', what: 'pasted with invisible characters' },
    { input: "o'hara@example.ie", value: "o'hara@example.ie", what: 'an apostrophe' },
    { input: 'a!b#c@example.com', value: 'a!b#c@example.com', what: 'characters that RFC 5322 allows' },
  ],
  refused: [
    { input: 'ada', refusal: 'valid_email', what: 'no at sign' },
    { input: 'ada@', refusal: 'valid_email', what: 'no domain' },
    { input: '@example.com', refusal: 'valid_email', what: 'no local part' },
    { input: 'ada@example', refusal: 'valid_email', what: 'no top level' },
    { input: 'ada@127.0.0.1', refusal: 'valid_email', what: 'an IP address' },
    { input: 'ada@@example.com', refusal: 'valid_email', what: 'two at signs' },
    { input: 'ada..l@example.com', refusal: 'valid_email', what: 'two full stops' },
    { input: '.ada@example.com', refusal: 'valid_email', what: 'a full stop first' },
    { input: 'ada.@example.com', refusal: 'valid_email', what: 'a full stop last' },
    { input: 'ada@-example.com', refusal: 'valid_email', what: 'a label that begins with a hyphen' },
    { input: 'ada lovelace@example.com', refusal: 'valid_email', what: 'a space' },
    {
      input: 'a\u200bda@example.com',
      refusal: 'valid_email',
      what: 'an invisible character inside, which looks like ada@',
    },
    { input: 'ada@exam%70le.com', refusal: 'valid_email', what: 'percent-encoding' },
    { input: 'ada@example.com\r\nBcc: eve@example.com', refusal: 'valid_email', what: 'a further header' },
    { input: 'ada@example.com,eve@example.com', refusal: 'valid_email', what: 'two addresses' },
    { input: 'Ada <ada@example.com>', refusal: 'valid_email', what: 'a display name' },
    { input: '\ud800@example.com', refusal: 'valid_email', what: 'a lone surrogate' },
  ],
};

/** Names of people, and how they are stored. */
export const NAMES: InputKind = {
  understood: [
    { input: ' Ada ', value: 'Ada', what: 'spaces around' },
    { input: 'Jose\u0301', value: 'Jos\u00e9', what: 'as macOS writes it' },
    { input: 'e\u0301'.repeat(100), value: '\u00e9'.repeat(100), what: '100 letters, each typed as two characters' },
    { input: '\u200eAda\u200f', value: 'Ada', what: 'marks of direction' },
    { input: 'A\u00adda\ufeff', value: 'Ada', what: 'a soft hyphen and a byte order mark' },
    { input: 'می\u200cخواهم', value: 'می\u200cخواهم', what: 'a joiner that Persian needs' },
    { input: '👩‍🚀', value: '👩‍🚀', what: 'an emoji of several characters' },
    { input: 'X Æ A-12', value: 'X Æ A-12', what: 'a real name' },
  ],
  refused: [
    { input: '\u3164', refusal: 'valid_characters', what: 'a Hangul filler, which counts as a letter' },
    { input: '\u115f\u1160', refusal: 'valid_characters', what: 'Hangul fillers' },
    { input: '\u2800', refusal: 'valid_characters', what: 'a Braille blank' },
    { input: '\u200d\u200c', refusal: 'valid_characters', what: 'joiners alone' },
    { input: '\u0301\u0302', refusal: 'valid_characters', what: 'accents without a letter' },
    { input: '\u{e0041}\u{e0042}', refusal: 'valid_characters', what: 'tag characters' },
    { input: `Z${'\u0335'.repeat(40)}`, refusal: 'valid_characters', what: 'marks that reach into the lines around' },
    { input: 'Ada\u202enimda', refusal: 'valid_characters', what: 'turned to the left, it reads "Adaadmin"' },
    { input: '<b>Ada</b>', refusal: 'valid_characters', what: 'markup' },
    { input: 'Ada\u0000', refusal: 'valid_characters', what: 'NUL, which PostgreSQL cannot store' },
    { input: 'Ada\nBcc: eve@example.com', refusal: 'valid_characters', what: 'a further header' },
    { input: '\ud800', refusal: 'valid_characters', what: 'a lone surrogate' },
    { input: 'a'.repeat(101), refusal: 'too_long', what: 'more than 100 letters' },
  ],
};

/** Phone numbers as people paste them, with the country where they live, and how they are stored. */
export const PHONE_NUMBERS: InputKind<{ text: string; country?: string }> = {
  understood: [
    { input: { text: '+31 6 12345678' }, value: '+31 6 12345678', what: 'as it is asked for' },
    { input: { text: '+1 (425) 555-1212' }, value: '+1 (425) 555-1212', what: 'grouped' },
    {
      input: { text: '\u202a+49 30 123456\u202c' },
      value: '+49 30 123456',
      what: 'marks of direction from an address book',
    },
    { input: { text: '+49\u201130\u2011123456' }, value: '+49-30-123456', what: 'non-breaking hyphens' },
    { input: { text: '+49\u00a030\u202f123456' }, value: '+49 30 123456', what: 'non-breaking spaces' },
    { input: { text: '(+49) 30 123456' }, value: '+49 30 123456', what: 'the country code in brackets' },
    { input: { text: '+49 (0)30 123456' }, value: '+49 30 123456', what: 'with the zero for calls inside the country' },
    { input: { text: '0049 30 123456' }, value: '+49 30 123456', what: 'the international prefix of most countries' },
    { input: { text: 'tel:+493012345' }, value: '+493012345', what: 'a link' },
    { input: { text: '＋４９ ３０ １２３４５６' }, value: '+49 30 123456', what: 'full-width digits' },
    { input: { text: '+٤٩ ٣٠ ١٢٣٤٥٦' }, value: '+49 30 123456', what: 'Arabic digits' },
    { input: { text: '030/123456', country: 'DE' }, value: '+49 30 123456', what: 'an area code with a slash' },
    { input: { text: '06 12345678', country: 'NL' }, value: '+31 6 12345678', what: 'a mobile number at home' },
    { input: { text: '(425) 555-1212', country: 'US' }, value: '+1 425 555 1212', what: 'an American number' },
    { input: { text: '8 (495) 123-45-67', country: 'RU' }, value: '+7 495 123 45 67', what: 'a Russian number' },
    { input: { text: '+44 20 7946 0958', country: 'NL' }, value: '+44 20 7946 0958', what: 'a number abroad' },
    { input: { text: '030/123456' }, value: '030 123456', what: 'nobody knows the country' },
    { input: { text: '06 12345678', country: 'XX' }, value: '06 12345678', what: 'a country that has no numbers' },
  ],
  refused: [
    { input: { text: '1234' }, refusal: 'valid_phone_number', what: 'too few digits' },
    { input: { text: '+1234567890123456' }, refusal: 'valid_phone_number', what: 'more than 15 digits' },
    { input: { text: '+31 6 CALL-NOW' }, refusal: 'valid_phone_number', what: 'letters' },
    { input: { text: '+31 6 12345678 ext. 5' }, refusal: 'valid_phone_number', what: 'an extension' },
    { input: { text: '++31 6 12345678' }, refusal: 'valid_phone_number', what: 'two signs' },
    { input: { text: '<script>' }, refusal: 'valid_phone_number', what: 'markup' },
    { input: { text: '1'.repeat(10_000) }, refusal: 'valid_phone_number', what: 'very long' },
  ],
};

/** Usernames; `value` is another writing of the same name. */
export const USERNAMES: InputKind = {
  understood: [
    { input: 'ada.l', value: 'ADA.L', what: 'case' },
    { input: 'fiona', value: '\ufb01ona', what: 'a ligature' },
    { input: 'ada1', value: 'ａｄａ１', what: 'a full-width keyboard' },
    { input: 'jos\u00e9', value: 'jose\u0301', what: 'as macOS writes it' },
  ],
  refused: [
    { input: '\u3164\u3164\u3164', refusal: 'valid_characters', what: 'Hangul fillers, which count as letters' },
    { input: '\u0301\u0301\u0301', refusal: 'valid_characters', what: 'accents alone' },
    { input: '...', refusal: 'valid_characters', what: 'no letter' },
    { input: 'ada\u200dl', refusal: 'valid_characters', what: 'an invisible character' },
    { input: 'ada l', refusal: 'valid_characters', what: 'a space' },
  ],
};

/** What systems call their language, and the tag that it stands for. */
export const LANGUAGE_NAMES: InputKind = {
  understood: [
    { input: 'en', value: 'en', what: 'a tag' },
    { input: 'EN_gb', value: 'EN-gb', what: 'Java and Android' },
    { input: 'nl_NL.UTF-8', value: 'nl-NL', what: 'LANG of Linux' },
    { input: 'de_DE@euro', value: 'de-DE', what: 'a modifier' },
    { input: 'zh_Hant_TW', value: 'zh-Hant-TW', what: 'Apple' },
    { input: 'C', value: 'en', what: 'a system without a language' },
    { input: 'C.UTF-8', value: 'en', what: 'a container without a language' },
  ],
  refused: [
    { input: 'english language', refusal: 'language_invalid', what: 'words' },
    { input: 'en-', refusal: 'language_invalid', what: 'cut off' },
    { input: 'en;q=1', refusal: 'language_invalid', what: 'a header' },
    { input: 'nl\u0000', refusal: 'language_invalid', what: 'NUL' },
    { input: 'en_'.repeat(50), refusal: 'language_invalid', what: 'very long' },
  ],
};

/** New passwords. `value` says nothing. */
export const PASSWORDS: InputKind = {
  understood: [
    { input: 'correct horse battery', value: '', what: 'several words' },
    { input: 'Orchid-lamp-42', value: '', what: 'words, a sign and a number' },
    { input: 'kfjw93jf', value: '', what: 'eight characters at random' },
    { input: 'constructor of worlds', value: '', what: 'a name of JavaScript' },
    { input: '__proto__!7Kq', value: '', what: 'another' },
    { input: '李小龍功夫電影明星', value: '', what: 'another script' },
    { input: '🔑'.repeat(8), value: '', what: 'one of many thousand characters' },
    { input: 'é'.repeat(8), value: '', what: 'a letter that most keyboards lack' },
    { input: 'x'.repeat(128), value: '', what: 'longer than anybody guesses' },
  ],
  refused: [
    { input: 'password', refusal: 'uncommon_password', what: 'the first guess' },
    { input: 'PassWord', refusal: 'uncommon_password', what: 'in another case' },
    { input: 'ｐａｓｓｗｏｒｄ', refusal: 'uncommon_password', what: 'from another keyboard' },
    { input: 'aaaaaaaa', refusal: 'uncommon_password', what: 'one letter' },
    { input: 'abcabcabc', refusal: 'uncommon_password', what: 'repeated' },
    { input: 'abcdefgh', refusal: 'uncommon_password', what: 'a sequence' },
    { input: '123456789', refusal: 'uncommon_password', what: 'digits in order' },
    { input: 'qwertyuiop', refusal: 'uncommon_password', what: 'a row of keys' },
    { input: 'azertyuiop', refusal: 'uncommon_password', what: 'a row of French keys' },
    { input: 'Qwerty123!', refusal: 'uncommon_password', what: 'a row of keys with what rules ask for' },
    { input: 'Platform1', refusal: 'uncommon_password', what: 'a word and a digit' },
    { input: 'P@ssw0rd123', refusal: 'uncommon_password', what: 'signs in place of letters' },
    { input: 'Welcome2024', refusal: 'uncommon_password', what: 'a word and a year' },
  ],
};

/** New passwords that are not simple, and yet among the first that thieves try. */
export const BREACHED_PASSWORDS: InputKind = {
  understood: [
    { input: 'ljcnjtdcrbq ljcnjtdcrbq', value: '', what: 'one of the list twice' },
    { input: 'my password is flashpoint', value: '', what: 'a sentence with one of the list in it' },
    { input: 'a', value: '', what: 'one letter, which other rules refuse' },
    { input: '', value: '', what: 'nothing' },
  ],
  refused: [
    { input: 'ljcnjtdcrbq', refusal: 'breached_password', what: 'Dostoevsky, typed on Latin keys' },
    { input: 'LJCNJTDCRBQ', refusal: 'breached_password', what: 'in capitals' },
    { input: 'ｌｊｃｎｊｔｄｃｒｂｑ', refusal: 'breached_password', what: 'from another keyboard' },
    { input: 'shevchenko1995', refusal: 'breached_password', what: 'a name and a year' },
    { input: 's1v2e3t4a5', refusal: 'breached_password', what: 'a name between digits' },
    { input: 'flashpoint', refusal: 'breached_password', what: 'a word' },
  ],
};

/** Network addresses as connections and proxies' headers name them, and the key under which their attempts are counted. */
export const NETWORK_ADDRESSES: InputKind<string, string | undefined> = {
  understood: [
    { input: '198.51.100.7', value: '198.51.100.7', what: 'IPv4' },
    { input: '2001:db8:1:2::7', value: '2001:db8:1:2:0:0:0:0/64', what: 'IPv6' },
    { input: '2001:DB8:1:2:ffff:ffff:ffff:fffe', value: '2001:db8:1:2:0:0:0:0/64', what: 'the same network' },
    { input: 'fe80::1%eth0', value: 'fe80:0:0:0:0:0:0:0/64', what: 'a zone id (RFC 4007)' },
    { input: 'fe80::2%7', value: 'fe80:0:0:0:0:0:0:0/64', what: 'a zone id as a number, by Windows' },
    { input: '::ffff:198.51.100.7', value: '198.51.100.7', what: 'IPv4-mapped, by a socket for both families' },
    { input: '::ffff:c633:6407', value: '198.51.100.7', what: 'IPv4-mapped, in hexadecimal' },
    { input: '::ffff:0:198.51.100.7', value: '198.51.100.7', what: 'IPv4-translated' },
    { input: '64:ff9b::198.51.100.7', value: '198.51.100.7', what: 'NAT64' },
    { input: '64:ff9b:1::c633:6407', value: '64:ff9b:1:0:0:0:c633:6407', what: 'NAT64 of a network of its own' },
    { input: '2002:c633:6407:9::1', value: '198.51.100.7', what: '6to4, whose /48 belongs to one IPv4 address' },
    { input: '2001:0:4136:e378:8000:63bf:39cc:9bf8', value: '198.51.100.7', what: 'Teredo' },
    { input: '198.51.100.7:50123', value: '198.51.100.7', what: 'with a port, by Azure Application Gateway' },
    { input: '[2001:db8:1:2::7]:50123', value: '2001:db8:1:2:0:0:0:0/64', what: 'with a port' },
    { input: ' 198.51.100.7 ', value: '198.51.100.7', what: 'with spaces' },
    { input: '::12', value: '0:0:0:0:0:0:0:0/64', what: 'nearly the loopback address' },
    { input: '12.7.0.1', value: '12.7.0.1', what: 'nearly a loopback address' },
    { input: '2002:7f00:1::1', value: '127.0.0.1', what: '6to4 that claims to be loopback' },
    { input: '64:ff9b::7f00:1', value: '127.0.0.1', what: 'NAT64 that claims to be loopback' },
    { input: 'unknown', value: 'unknown', what: 'no address (RFC 7239)' },
    { input: '_Hidden', value: '_hidden', what: 'an obfuscated one (RFC 7239)' },
    { input: '', value: '', what: 'nothing' },
    { input: '127.0.0.1', value: undefined, what: 'loopback' },
    { input: '127.8.9.10', value: undefined, what: 'loopback' },
    { input: '::1', value: undefined, what: 'loopback' },
    { input: '::ffff:127.0.0.1', value: undefined, what: 'loopback, IPv4-mapped' },
    { input: '::ffff:7f00:1', value: undefined, what: 'loopback, IPv4-mapped in hexadecimal' },
  ],
  refused: [],
};

/** Hosts that are this machine, however they are written (`value` is how `URL` writes them), and those that only look like it. */
export const LOOPBACK_HOSTS: InputKind = {
  understood: [
    { input: 'localhost', value: 'localhost', what: 'the name' },
    { input: 'LocalHost', value: 'localhost', what: 'in capitals' },
    { input: 'localhost.', value: 'localhost.', what: 'with the dot of the root' },
    { input: 'a.localhost', value: 'a.localhost', what: 'below it' },
    { input: 'a.b.localhost.', value: 'a.b.localhost.', what: 'below it, with the dot of the root' },
    { input: '127.0.0.1', value: '127.0.0.1', what: 'the address' },
    { input: '127.0.0.1.', value: '127.0.0.1', what: 'with a dot at the end' },
    { input: '127.255.0.3', value: '127.255.0.3', what: 'the end of its network' },
    { input: '127.1', value: '127.0.0.1', what: 'shortened' },
    { input: '0x7f.1', value: '127.0.0.1', what: 'in hexadecimal' },
    { input: '2130706433', value: '127.0.0.1', what: 'as one number' },
    { input: '[::1]', value: '[::1]', what: 'IPv6' },
    { input: '[0:0:0:0:0:0:0:1]', value: '[::1]', what: 'IPv6 in full' },
    { input: '[::ffff:127.0.0.1]', value: '[::ffff:7f00:1]', what: 'IPv4 in IPv6' },
    { input: '[::ffff:7fff:ff01]', value: '[::ffff:7fff:ff01]', what: 'IPv4 in IPv6, in hexadecimal' },
  ],
  refused: [
    { input: 'localhost.example.com', refusal: 'elsewhere', what: 'a name that begins with it' },
    { input: 'notlocalhost', refusal: 'elsewhere', what: 'a name that ends with it' },
    { input: '127.0.0.1.example.com', refusal: 'elsewhere', what: 'a name that begins with the address' },
    { input: '128.0.0.1', refusal: 'elsewhere', what: 'the next network' },
    { input: '0.0.0.0', refusal: 'elsewhere', what: 'every address of the machine' },
    { input: '[::]', refusal: 'elsewhere', what: 'the same in IPv6' },
    { input: '[::2]', refusal: 'elsewhere', what: 'nearly the IPv6 address' },
    { input: '[::7f00:1]', refusal: 'elsewhere', what: 'the old way to write IPv4 in IPv6, which no system routes' },
    { input: '[::ffff:8000:1]', refusal: 'elsewhere', what: 'another IPv4 address in IPv6' },
    { input: '10.0.0.1', refusal: 'elsewhere', what: 'a private network' },
  ],
};

/** Names of apps and people, as the text of a mail shows them in quotation marks (of English). */
export const NAMES_IN_MAILS: Pick<InputKind, 'understood'> = {
  understood: [
    { input: 'Fern & Field', value: 'Fern & Field', what: 'an ordinary name' },
    { input: 'Yahoo!', value: 'Yahoo!', what: 'a name with punctuation' },
    { input: 'Shop.example', value: 'Shop.\u200bexample', what: 'a host name, of which mail programs make a link' },
    { input: 'https://bank.example/a', value: 'https:\u200b/\u200b/\u200bbank.\u200bexample/\u200ba', what: 'a link' },
    {
      input: 'ada@bank.example',
      value: 'ada@\u200bbank.\u200bexample',
      what: 'an address, of which they make one, too',
    },
    {
      input: 'Shop” is closed. “Sign in',
      value: 'Shop’ is closed. ’Sign in',
      what: 'the end of the quotation, to speak as us',
    },
    { input: 'Shop\r\nBcc: eve', value: 'Shop Bcc: eve', what: 'a header' },
    { input: 'Shop\u2028\u202eevil', value: 'Shop evil', what: 'a line separator, and a change of direction' },
  ],
};

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

/** Values of `state`, which the page that posts an answer repeats. The shop gets each as it sent it. */
export const POSTED_STATES: InputKind = {
  understood: [
    '"><script>alert(1)</script>',
    '"></form><form action="https://evil.example/"><input name="',
    '</title></head><base href="https://evil.example/">',
    "' autofocus onfocus=alert(1) x='",
    '&quot;&lt;&#34;&amp',
    '?lit$1234$<!--?lit$-->',
    '{vendor} {{state}} $& $1',
    '\u202egnp.elpmaxe\u2066 \u2028',
    'a+b %2B&code=forged;iss=x',
  ].map((state) => ({ input: state, value: state, what: 'markup, or what a form encodes' })),
  refused: [],
};

/** Values of `login_hint`, and what the field for the address begins with. */
export const LOGIN_HINTS: InputKind = {
  understood: [
    { input: 'ada@example.com', value: 'ada@example.com', what: 'an address' },
    { input: ' Bob@Example.com ', value: 'Bob@Example.com', what: 'pasted, with spaces' },
    { input: 'greta@b\u00fccher.example', value: 'greta@xn--bcher-kva.example', what: 'a Unicode domain' },
    { input: "o'hara&co@example.ie", value: "o'hara&co@example.ie", what: 'what markup would have to escape' },
  ],
  refused: [
    { input: '+31612345678', refusal: 'none', what: 'a phone number' },
    { input: 'Call +1 555 0100 now', refusal: 'none', what: 'words that are not ours' },
    { input: '"><script>alert(1)</script>@example.com', refusal: 'none', what: 'markup' },
    { input: 'a@example.com\r\nBcc: b@example.com', refusal: 'none', what: 'two lines' },
    { input: `${'a'.repeat(300)}@example.com`, refusal: 'none', what: 'longer than an address can be' },
    { input: 'a@\u202eexample.com', refusal: 'none', what: 'a text that runs backwards' },
  ],
};

/** Response modes, and which of ours each is. */
export const RESPONSE_MODES_ASKED: InputKind = {
  understood: [
    { input: 'query', value: 'query', what: 'the default of a code' },
    { input: 'fragment', value: 'fragment', what: 'a code for a page' },
    { input: 'form_post', value: 'form_post', what: 'a form' },
  ],
  refused: [
    'FORM_POST',
    'form_post ',
    'form_post.jwt',
    'jwt',
    'query.jwt',
    'web_message.jwt',
    'form_post query',
    'constructor',
    '__proto__',
    'okta_post_message',
  ].map((mode) => ({ input: mode, refusal: 'unsupported_response_mode', what: 'none that we have' })),
};

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

const THE_URL_OF_A_DATABASE = 'postgres://user:p%23w@db.example.com:5432/platform';

/**
 * Environment variables by name, as operators write them. `value` is what the platform makes of one, as text; `refusal` is part of what it
 * says about one.
 */
export const SETTINGS: Readonly<Record<string, InputKind>> = {
  HOME_URL: {
    understood: [
      { input: 'https://example.com/über?a=b', value: 'https://example.com/%C3%BCber?a=b', what: 'a page' },
      { input: 'example.com', value: 'https://example.com/', what: 'no scheme' },
      { input: 'http://intranet.example/', value: 'http://intranet.example/', what: 'http, on a network of its own' },
    ],
    refused: [
      { input: 'javascript:alert(1)', refusal: 'must be an address of http', what: 'a script' },
      {
        input: 'https://ada:secret@example.com/',
        refusal: 'must have no user name',
        what: 'a password, which everybody would be told',
      },
      { input: '/welcome', refusal: 'must be an address of http', what: 'a path' },
      { input: 'data:text/html,hello', refusal: 'must be an address of http', what: 'a page in the address' },
    ],
  },
  DEMO_URL: {
    understood: [{ input: 'Shop.example.com/', value: 'https://shop.example.com', what: 'no scheme' }],
    refused: [
      { input: 'https://example.com/shop', refusal: 'must have no path', what: 'a path' },
      {
        input: 'https://ada:secret@example.com/',
        refusal: 'must have no user name',
        what: 'a password, which everybody would be told',
      },
    ],
  },
  BREACHED_PASSWORDS: {
    understood: [
      { input: 'list', value: 'list', what: 'the default' },
      { input: 'OFF', value: 'off', what: 'in capitals' },
      { input: 'hibp', value: 'https://api.pwnedpasswords.com/range/', what: 'Have I Been Pwned' },
      {
        input: 'https://pwned.example.com/range',
        value: 'https://pwned.example.com/range/',
        what: 'no slash at the end',
      },
      { input: 'pwned.example.com/range/', value: 'https://pwned.example.com/range/', what: 'no scheme' },
      {
        input: 'http://localhost:5000/range/',
        value: 'http://localhost:5000/range/',
        what: 'a server on this machine',
      },
    ],
    refused: [
      { input: 'none', refusal: 'must be list, hibp, off', what: 'a word that means nothing here' },
      { input: 'true', refusal: 'must be list, hibp, off', what: 'a switch' },
      { input: 'ftp://pwned.example.com/', refusal: 'must be an address of http', what: 'another protocol' },
      { input: 'https://a:secret@pwned.example.com/', refusal: 'must have no user name', what: 'a password' },
      { input: 'https://pwned.example.com/?hash=', refusal: 'must have neither a query', what: 'a query' },
    ],
  },
  SECURITY_CONTACT: {
    understood: [
      { input: 'security@example.com', value: 'mailto:security@example.com', what: 'an email address' },
      { input: 'mailto:security@example.com', value: 'mailto:security@example.com', what: 'the same as a link' },
      { input: 'https://example.com/security', value: 'https://example.com/security', what: 'a page' },
    ],
    refused: [
      {
        input: 'https://ada:secret@example.com/',
        refusal: 'must have no user name',
        what: 'a password, which everybody would be told',
      },
      { input: 'http://example.com/security', refusal: 'with https', what: 'http, which RFC 9116 does not allow' },
      { input: 'nobody', refusal: 'must be an email address', what: 'a word' },
      {
        input: 'a@example.com\nPolicy: https://evil.example',
        refusal: 'must be an email address',
        what: 'another field',
      },
    ],
  },
  PUBLIC_URL: {
    understood: [
      { input: 'id.example.com', value: 'https://id.example.com', what: 'no scheme' },
      {
        input: 'id.example.com:8443',
        value: 'https://id.example.com:8443',
        what: 'no scheme, which `URL` takes for one',
      },
      { input: '//id.example.com', value: 'https://id.example.com', what: 'half a scheme' },
      { input: 'localhost:4000', value: 'http://localhost:4000', what: 'no scheme, on this machine' },
      { input: '[::1]:4000', value: 'http://[::1]:4000', what: 'no scheme, in IPv6' },
      {
        input: '"https://id.example.com"',
        value: 'https://id.example.com',
        what: 'quotes that docker --env-file keeps',
      },
      { input: "'https://id.example.com'", value: 'https://id.example.com', what: 'single quotes' },
      {
        input: '\u201chttps://id.example.com\u201d',
        value: 'https://id.example.com',
        what: 'quotes of a word processor',
      },
      {
        input: 'https://id.example.com\r',
        value: 'https://id.example.com',
        what: 'a file with the line ends of Windows',
      },
      { input: '"https://id.example.com"\r\n', value: 'https://id.example.com', what: 'both' },
      {
        input: '\ufeff\u00a0https://id.example.com\u200b ',
        value: 'https://id.example.com',
        what: 'invisible characters',
      },
      { input: 'HTTPS://ID.Example.COM', value: 'https://id.example.com', what: 'capitals' },
      { input: 'https://id.example.com:443', value: 'https://id.example.com', what: 'the default port' },
      { input: 'http://localhost:80', value: 'http://localhost', what: 'the default port of http' },
      { input: 'https://id.example.com/', value: 'https://id.example.com', what: 'a final slash' },
      { input: 'https://id.example.com//', value: 'https://id.example.com', what: 'two of them' },
      { input: 'https://id.example.com.', value: 'https://id.example.com', what: 'a fully qualified name' },
      {
        input: 'https://b\u00fccher.example',
        value: 'https://xn--bcher-kva.example',
        what: 'an internationalized name',
      },
      { input: 'https://[2001:DB8:0::1]', value: 'https://[2001:db8::1]', what: 'IPv6 in capitals' },
      { input: 'https:\\\\id.example.com', value: 'https://id.example.com', what: 'the slashes of Windows' },
    ],
    refused: [
      { input: 'https://id.example.com/login', refusal: 'must have no path', what: 'a path' },
      { input: 'https://id.example.com?x=1', refusal: 'must have neither a query nor a fragment', what: 'a query' },
      { input: 'https://id.example.com#x', refusal: 'must have neither a query nor a fragment', what: 'a fragment' },
      { input: 'https://me:s3cret@id.example.com', refusal: 'must have no user name', what: 'a password' },
      { input: 'http://id.example.com', refusal: 'must be https', what: 'http in public' },
      { input: 'http://192.168.1.5:4000', refusal: 'must be https', what: 'http on a private network' },
      { input: 'http://localhost.example.com', refusal: 'must be https', what: 'a name that begins like this machine' },
      {
        input: 'http://0.0.0.0:4000',
        refusal: 'must be the address that people open',
        what: 'where the server listens',
      },
      { input: 'https://*.example.com', refusal: 'must name one host', what: 'a wildcard' },
      { input: 'https://a.example.com, https://b.example.com', refusal: 'must be an address', what: 'two' },
      { input: 'https://', refusal: 'must be an address', what: 'an empty variable in front of it' },
      { input: '::1', refusal: 'must be an address', what: 'IPv6 without brackets' },
      { input: 'true', refusal: 'must be an address', what: 'another setting’s value' },
      { input: 'ftp://id.example.com', refusal: 'must be an address', what: 'another scheme' },
    ],
  },
  TRUST_PROXY: {
    understood: [
      { input: '10.0.0.1, 10.0.0.2', value: '10.0.0.1,10.0.0.2', what: 'a list with blanks' },
      { input: '10.0.0.1 10.0.0.2;10.0.0.3,', value: '10.0.0.1,10.0.0.2,10.0.0.3', what: 'other separators' },
      { input: '[::1]', value: '::1', what: 'brackets' },
      { input: '10.0.0.0/255.0.0.0', value: '10.0.0.0/8', what: 'a netmask' },
      { input: 'Loopback', value: 'loopback', what: 'the name of a range' },
      { input: 'private', value: 'uniquelocal', what: 'the usual name of a range' },
    ],
    refused: [
      { input: 'true', refusal: 'must name your proxies', what: 'Express’ way to trust everybody' },
      { input: '1', refusal: 'must name your proxies', what: 'Express’ number of proxies' },
      { input: '*', refusal: 'must name your proxies', what: 'a wildcard' },
      { input: '10.0.0.0/99', refusal: 'has a range', what: 'a length that no range has' },
      { input: '::1/129', refusal: 'has a range', what: 'the same in IPv6' },
      { input: '10.0.0.0/255.0.255.0', refusal: 'has a range', what: 'a netmask with a hole' },
      { input: '10.0.0.0/', refusal: 'has a range', what: 'no length' },
      { input: '10.0.0.256', refusal: 'has an entry', what: 'a number that is too large' },
      { input: '010.0.0.1', refusal: 'has an entry', what: 'an octal number' },
      { input: 'fe80::1%eth0', refusal: 'has an entry', what: 'an address with a zone' },
      { input: 'nginx', refusal: 'has an entry', what: 'the name of a container' },
      { input: '10.0.0.1, public', refusal: 'has an entry', what: 'one wrong among right ones' },
    ],
  },
  HOST: {
    understood: [
      { input: '[::1]', value: '::1', what: 'brackets' },
      { input: 'LocalHost', value: '127.0.0.1', what: 'a name that is an address' },
      { input: '*', value: '0.0.0.0', what: 'every address' },
      { input: '[::]', value: '::', what: 'every address in IPv6' },
      { input: 'my-machine.local', value: 'my-machine.local', what: 'a name' },
    ],
    refused: [
      { input: '127.0.0.1:4000', refusal: 'must be an address of this machine', what: 'a port' },
      { input: 'http://localhost', refusal: 'must be an address of this machine', what: 'a URL' },
      { input: '127.0.0.256', refusal: 'must be an address of this machine', what: 'a number that is too large' },
      { input: '10.0.0.0/8', refusal: 'must be an address of this machine', what: 'a range' },
    ],
  },
  PORT: {
    understood: [
      { input: ' 4001\r', value: '4001', what: 'blanks and a line end' },
      { input: '"4001"', value: '4001', what: 'quotes' },
    ],
    refused: [
      {
        input: 'tcp://10.96.0.1:80',
        refusal: 'must be a whole number',
        what: 'what Kubernetes sets for a service called demo',
      },
      { input: '0x1000', refusal: 'must be a whole number', what: 'hexadecimal digits' },
      { input: '4e3', refusal: 'must be a whole number', what: 'an exponent' },
      { input: '70000', refusal: 'must be a whole number', what: 'no port' },
      { input: '-1', refusal: 'must be a whole number', what: 'less than nothing' },
    ],
  },
  DATABASE_URL: {
    understood: [
      { input: `"${THE_URL_OF_A_DATABASE}"\r`, value: THE_URL_OF_A_DATABASE, what: 'quotes and a line end' },
      {
        input: `${THE_URL_OF_A_DATABASE}?sslmode=require`,
        value: `${THE_URL_OF_A_DATABASE}?sslmode=verify-full`,
        what: 'what the driver understands so, with a warning',
      },
      { input: 'postgres:///platform?host=/run/pg', value: 'postgres:///platform?host=/run/pg', what: 'a socket' },
    ],
    refused: [
      { input: 'mysql://user:s3cret@db/platform', refusal: 'must begin with postgres://', what: 'another database' },
      { input: 'db.example.com:5432', refusal: 'must begin with postgres://', what: 'no scheme' },
      { input: 'postgres://user:s3cret#1@db/platform', refusal: 'cannot be read', what: 'an unescaped #' },
      { input: 'postgres://user:1#s3cret@db/platform', refusal: 'cannot be read', what: 'one behind a number' },
      { input: 'postgres://user:1?s3cret@db/platform', refusal: 'cannot be read', what: 'an unescaped ?' },
      { input: 'postgres://user:1/s3cret@db/platform', refusal: 'cannot be read', what: 'an unescaped /' },
      { input: 'postgres://user:s3 cret@db/platform', refusal: 'has a blank', what: 'a blank' },
      {
        input: 'postgres://user@db/platform?sslmod=require',
        refusal: 'has the parameter "sslmod"',
        what: 'a mistyped parameter',
      },
      {
        input: 'postgres://user@db/platform?schema=public',
        refusal: 'has the parameter "schema"',
        what: 'a parameter of Prisma',
      },
      {
        input: 'postgres://user@db/platform?sslmode=on',
        refusal: 'has an sslmode',
        what: 'a mode that does not exist',
      },
    ],
  },
  SMTP_URL: {
    understood: [{ input: "'smtp://mail.example.com:587' ", value: 'smtp://mail.example.com:587', what: 'quotes' }],
    refused: [
      { input: 'mail.example.com:587', refusal: 'must begin with smtp://', what: 'no scheme' },
      { input: 'http://user:s3cret@mail.example.com', refusal: 'must begin with smtp://', what: 'another scheme' },
      { input: 'smtp:mail.example.com', refusal: 'must begin with smtp://', what: 'no slashes' },
      { input: 'smtp://user:s3cret#1@mail.example.com', refusal: 'cannot be read', what: 'an unescaped #' },
      { input: 'smtp://', refusal: 'must name a host', what: 'no host' },
    ],
  },
  DATA_DIR: {
    understood: [{ input: '"/var/lib/platform/"\r', value: '/var/lib/platform', what: 'quotes, a line end, a slash' }],
    refused: [
      // biome-ignore lint/suspicious/noTemplateCurlyInString: what a file says that no shell has read
      { input: '${HOME}/data', refusal: 'has a variable in it', what: 'a variable that nobody has replaced' },
      { input: 'file:///var/lib/platform', refusal: 'must be a path', what: 'a URL' },
    ],
  },
  LOG_LEVEL: {
    understood: [
      { input: 'DEBUG', value: 'debug', what: 'capitals' },
      { input: 'warning', value: 'warn', what: 'the word of other loggers' },
    ],
    refused: [{ input: 'verbose', refusal: 'must be one of', what: 'a level of another logger' }],
  },
  NODE_ENV: {
    understood: [{ input: 'Production', value: 'true', what: 'capitals' }],
    refused: [
      { input: 'prod', refusal: 'must be one of', what: 'a short form, which libraries take for development' },
      { input: 'dev', refusal: 'must be one of', what: 'a short form' },
      { input: 'live', refusal: 'must be one of', what: 'another word for production' },
      { input: 'staging', refusal: 'must be one of', what: 'a word that means nothing here' },
    ],
  },
  HSTS: {
    understood: [
      { input: 'off', value: 'undefined', what: 'none' },
      { input: 'MAX-AGE=300', value: 'max-age=300', what: 'capitals, a short time' },
      {
        input: 'includeSubDomains;max-age="63072000";preload;',
        value: 'max-age=63072000; includeSubDomains; preload',
        what: 'another order',
      },
    ],
    refused: [
      { input: 'true', refusal: 'must be off, or max-age', what: 'no time' },
      { input: 'max-age=1 year', refusal: 'must be off, or max-age', what: 'no number' },
      { input: 'max-age=1; max-age=2', refusal: 'must be off, or max-age', what: 'two times' },
      {
        input: 'max-age=31536000; preload',
        refusal: 'needs includeSubDomains',
        what: 'half of what preloading requires',
      },
    ],
  },
  MAIL_FROM: {
    understood: [
      {
        input: '"Acme, Inc" <hello@acme.example>',
        value: '"Acme, Inc" <hello@acme.example>',
        what: 'quotes that belong there',
      },
    ],
    refused: [
      { input: 'Acme', refusal: 'must be an address', what: 'a name alone' },
      {
        input: 'Acme <hello@acme.example>\r\nBcc: all@acme.example',
        refusal: 'must be an address',
        what: 'another header',
      },
    ],
  },
  KEEP_ALIVE_SECONDS: {
    understood: [{ input: ' 90 ', value: '90000', what: 'blanks' }],
    refused: [{ input: '72s', refusal: 'must be a whole number', what: 'a unit' }],
  },
  METRICS_TOKEN: {
    understood: [{ input: '"0123456789abcdef"', value: '0123456789abcdef', what: 'quotes' }],
    refused: [{ input: 's3cret', refusal: 'must be 16 to 256', what: 'one that can be guessed' }],
  },
  METRICS_PORT: {
    understood: [{ input: ' 9464 ', value: '9464', what: 'blanks' }],
    refused: [
      { input: ':9464', refusal: 'must be a whole number', what: 'an address' },
      { input: '4000', refusal: 'must be another port', what: 'the port of the platform' },
    ],
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    understood: [],
    refused: [
      { input: 'collector:4318', refusal: 'must begin with http', what: 'no scheme' },
      { input: 'grpc://collector:4317', refusal: 'must begin with http', what: 'another protocol' },
      { input: 'https://ada:s3cret@collector', refusal: 'must have no user name', what: 'a password' },
    ],
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    understood: [],
    refused: [
      { input: 'authorization: Bearer s3cret', refusal: 'must be key=value', what: 'as a message has it' },
      { input: 'x-key=s3cret%0d%0ax-other: 1', refusal: 'no header can carry', what: 'another header' },
      { input: 'x key=s3cret', refusal: 'no header can carry', what: 'a blank in a name' },
      { input: 'x-key=100%', refusal: 'write %25', what: 'a % that is not encoded' },
      { input: 'Content-Type=text/plain', refusal: 'must not set content-type', what: 'what is the exporter’s to say' },
    ],
  },
  OTEL_EXPORTER_OTLP_PROTOCOL: {
    understood: [],
    refused: [{ input: 'grpc', refusal: 'must be http/json', what: 'a protocol that we do not speak' }],
  },
  OTEL_TRACES_SAMPLER: {
    understood: [],
    refused: [{ input: 'jaeger_remote', refusal: 'must be one of always_on', what: 'one that asks a server' }],
  },
  OTEL_TRACES_SAMPLER_ARG: {
    understood: [],
    refused: [
      { input: '10%', refusal: 'must be a number from 0 to 1', what: 'a percentage' },
      { input: '1.5', refusal: 'must be a number from 0 to 1', what: 'more than all' },
      { input: '0x1', refusal: 'must be a number from 0 to 1', what: 'a number that only JavaScript reads' },
    ],
  },
  OTEL_RESOURCE_ATTRIBUTES: {
    understood: [],
    refused: [{ input: 'production', refusal: 'must be key=value', what: 'a value alone' }],
  },
};

/** `traceparent` headers (W3C Trace Context, section 3.2): what becomes of them, and those that count as none. */
export const TRACEPARENTS: InputKind<string, { traceId: string; spanId: string; isSampled: boolean }> = {
  understood: [
    {
      input: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
      value: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', isSampled: true },
      what: 'the example of the specification',
    },
    {
      input: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-02',
      value: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', isSampled: false },
      what: 'a flag of a later version, and not sampled',
    },
    {
      input: 'cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-03-what-the-future-will-be-like',
      value: { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', isSampled: true },
      what: 'a later version',
    },
  ],
  refused: [
    { input: '', refusal: 'none', what: 'nothing' },
    { input: '00-00000000000000000000000000000000-00f067aa0ba902b7-01', refusal: 'none', what: 'no trace' },
    { input: '00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', refusal: 'none', what: 'no span' },
    { input: 'ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', refusal: 'none', what: 'no version' },
    { input: '00-4BF92F3577B34DA6A3CE929D0E0E4736-00F067AA0BA902B7-01', refusal: 'none', what: 'capitals' },
    { input: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-', refusal: 'none', what: 'more, in version 00' },
    {
      input: 'cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01.x',
      refusal: 'none',
      what: 'more, with no hyphen',
    },
    { input: '00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01', refusal: 'none', what: 'a digit too few' },
    { input: ' 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', refusal: 'none', what: 'a blank' },
    {
      input: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'*/; drop table users --",
      refusal: 'none',
      what: 'a way out of a comment in SQL',
    },
    {
      input: `cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-${'x'.repeat(10_000)}`,
      refusal: 'none',
      what: 'much of it',
    },
    {
      input:
        '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01, 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b8-01',
      refusal: 'none',
      what: 'two headers, as Node joins them',
    },
  ],
};

/** Variables that have no effect, and what was meant. */
export const MISTYPED_SETTINGS: Readonly<Record<string, string>> = {
  PUBLICURL: 'PUBLIC_URL',
  PUBLIC_URI: 'PUBLIC_URL',
  PULBIC_URL: 'PUBLIC_URL',
  public_url: 'PUBLIC_URL',
  TRUSTED_PROXY: 'TRUST_PROXY',
  TRUST_PROXIES: 'TRUST_PROXY',
  DATABSE_URL: 'DATABASE_URL',
  DATABASE_URI: 'DATABASE_URL',
  'SMTP-URL': 'SMTP_URL',
  SMTP_UR: 'SMTP_URL',
  LOGLEVEL: 'LOG_LEVEL',
  NODE_EVN: 'NODE_ENV',
  EMAIL_FROM: 'MAIL_FROM',
  METRIC_TOKEN: 'METRICS_TOKEN',
  Port: 'PORT',
};

/** Variables that other programs set, which must not be taken for mistakes. */
export const FOREIGN_VARIABLES = [
  ...['HOME', 'HOSTNAME', 'PATH', 'LANG', 'TERM', 'MAIL', 'LOGNAME', 'USER', 'SHELL', 'TMPDIR', 'PWD', 'EDITOR', 'TZ'],
  ...['NODE_OPTIONS', 'NODE_PATH', 'npm_config_prefix', 'HTTP_PROXY', 'https_proxy', 'NO_PROXY', 'XDG_DATA_DIRS', 'CI'],
  ...['OTEL_METRICS_EXPORTER', 'OTEL_LOGS_EXPORTER', 'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', 'OTEL_PROPAGATORS'],
  ...['PGHOST', 'PGUSER', 'PLATFORM_URL', 'CLIENT_ID', 'API_KEY', 'SSH_AUTH_SOCK', 'KUBERNETES_PORT', 'PORTS'],
];

/** Names of apps, at a platform that is called Acme. */
export const APP_NAMES: InputKind = {
  understood: [
    { input: '  Fern   & Field ', value: 'Fern & Field', what: 'white space at the ends and within' },
    { input: 'Cafe\u0301 Noir', value: 'Café Noir', what: 'decomposed, as macOS sends it' },
    { input: '無印良品 MUJI ショップ', value: '無印良品 MUJI ショップ', what: 'the four scripts of Japanese' },
    { input: 'T\u30b7\u30e3\u30c4屋', value: 'Tシャツ屋', what: 'three scripts in one Japanese word' },
    { input: 'Магазин Samsung', value: 'Магазин Samsung', what: 'a Russian shop with a foreign brand' },
    { input: 'متجر Zara', value: 'متجر Zara', what: 'an Arabic shop with a foreign brand' },
    { input: 'می\u200cخواهم', value: 'می\u200cخواهم', what: 'a Persian word that needs its joiner' },
    { input: 'Ελληνικά Προϊόντα', value: 'Ελληνικά Προϊόντα', what: 'Greek alone' },
    { input: 'Bonsai®', value: 'Bonsai®', what: 'a registered trade mark' },
    { input: 'Home Security Systems', value: 'Home Security Systems', what: 'a shop that sells alarms' },
    { input: '❤\ufe0f Flowers 👩\u200d🌾', value: '❤\ufe0f Flowers 👩\u200d🌾', what: 'emoji of several characters' },
    { input: 'Placement Acmeology', value: 'Placement Acmeology', what: 'a word that begins as the platform’s name' },
  ],
  refused: [
    { input: '', refusal: 'required', what: 'nothing' },
    { input: ' \u3000 ', refusal: 'required', what: 'white space alone' },
    { input: 'x'.repeat(101), refusal: 'too_long', what: 'too much' },
    { input: 'Fern\u200b', refusal: 'valid_characters', what: 'a zero-width space, which makes a second Fern' },
    { input: 'Fern\u200d', refusal: 'valid_characters', what: 'a joiner with nothing to join' },
    { input: '\u3164', refusal: 'valid_characters', what: 'a letter that is not seen (Hangul filler)' },
    { input: '\u2800\u2800', refusal: 'valid_characters', what: 'a sign that is not seen (Braille blank)' },
    { input: '\u0301\u0301', refusal: 'valid_characters', what: 'combining marks alone' },
    { input: `F${'\u0301'.repeat(20)}`, refusal: 'valid_characters', what: 'marks that run over the lines above' },
    { input: 'Shop\u202egnp.exe', refusal: 'valid_characters', what: 'a bidirectional override' },
    { input: 'Fern\u{e0041}', refusal: 'valid_characters', what: 'a tag character' },
    { input: '\u0410pple', refusal: 'mixed_scripts', what: 'a Cyrillic А among Latin letters' },
    { input: 'Pay\u03a1al', refusal: 'mixed_scripts', what: 'a Greek Ρ among Latin letters' },
    {
      input: '\u0440\u0430\u0443\u0440\u0430\u04cf Shop',
      refusal: 'mixed_scripts',
      what: 'a Cyrillic word that looks Latin',
    },
    { input: 'Acme', refusal: 'platform_name', what: 'the platform’s name' },
    { input: 'A c m e', refusal: 'platform_name', what: 'the platform’s name, spaced' },
    { input: '\u0410\u0421\u041c\u0415', refusal: 'platform_name', what: 'the platform’s name in Cyrillic' },
    { input: '\uff21\uff23\uff2d\uff25', refusal: 'platform_name', what: 'the platform’s name in full width' },
    { input: 'Acrne Login', refusal: 'platform_name', what: 'rn for m' },
    { input: 'Acme Account Security', refusal: 'platform_name', what: 'a department of the platform' },
    { input: 'BigBrand Account Security \u2714', refusal: 'badge', what: 'a check mark' },
    { input: 'BigBrand \u2705', refusal: 'badge', what: 'a check mark as emoji' },
    { input: 'BigBrand \u{1f6e1}\ufe0f', refusal: 'badge', what: 'a shield' },
    { input: 'BigBrand Official™', refusal: 'badge', what: 'a word of trust with a sign' },
    { input: 'Offizielle Sicherheit ★', refusal: 'badge', what: 'the same in German' },
  ],
};

/** Request objects that say nothing of how they are to be answered. */
export const REQUEST_OBJECTS: readonly { input: string; what: string }[] = [
  { input: 'x', what: 'no token' },
  { input: '...', what: 'an empty one' },
  { input: `${base64url('{"alg":"none"}')}.${base64url('[]')}.`, what: 'a list' },
  {
    input: `${base64url('{"alg":"none"}')}.${base64url('{"state":1,"response_mode":["form_post"]}')}.`,
    what: 'no text',
  },
  { input: `${base64url('{"alg":"none"}')}.${base64url('{"response_mode":"dance"}')}.`, what: 'an unknown mode' },
  { input: `${base64url('{"alg":"none"}')}.${base64url('{"__proto__":{"state":"s"}}')}.`, what: 'a prototype' },
  { input: 'a.b.c.d.e', what: 'an encrypted one' },
];

/** Redirect URIs as people type them, and as browsers send them. */
export const URIS_NOT_AS_SENT: readonly (readonly [typed: string, sent: string])[] = [
  ['https://bücher.example/back', 'https://xn--bcher-kva.example/back'],
  ['https://shop.example/zurück', 'https://shop.example/zur%C3%BCck'],
  ['https://shop.example/back?from=straße', 'https://shop.example/back?from=stra%C3%9Fe'],
  ['https://店.example/戻る', 'https://xn--hxt.example/%E6%88%BB%E3%82%8B'],
  ['https://shop.example/a page', 'https://shop.example/a%20page'],
  // A full-width slash and dot, which the parser reads as what they look like.
  ['https://shop．example/back', 'https://shop.example/back'],
];

/** Hosts that the URL parser takes, and whose characters are code in what vendors copy. Each says `pwned`. */
export const CODE_IN_HOSTS: readonly { readonly input: string; readonly what: string }[] = [
  { input: "x'+(global.pwned=1)+'.localhost", what: 'an expression between the quotes of JavaScript, Python or PHP' },
  { input: 'x"+pwned()+".localhost', what: 'the same between those of Java and Go' },
  { input: '\x24{pwned}.localhost', what: 'a value in a template' },
  { input: '$({touch,pwned}).localhost', what: 'a command in a shell, without a blank' },
  { input: '`pwned`.localhost', what: 'the same as older shells have it' },
  { input: 'x;pwned;.localhost', what: 'the end of a command, or of a directive' },
  { input: 'x&pwned&.localhost', what: 'a command in the background' },
  { input: '!pwned.localhost', what: 'a command of the history' },
  { input: '~pwned.localhost', what: 'a home directory' },
  { input: '{{pwned}}.localhost', what: 'a value in a page’s template' },
  { input: 'pwned,x=y.localhost', what: 'another value of a list' },
];

/** What people type of the code that a device shows, and how codes are kept. */
export const TYPED_USER_CODES: InputKind = {
  understood: [
    { input: 'BCDF-GHJK', value: 'BCDFGHJK', what: 'as it is shown' },
    { input: 'bcdfghjk', value: 'BCDFGHJK', what: 'small letters, no dash' },
    { input: ' bcdf ghjk ', value: 'BCDFGHJK', what: 'spaces that a keyboard adds' },
    { input: 'BCDF\u2013GHJK', value: 'BCDFGHJK', what: 'a dash that a phone makes of two' },
    { input: '\u200fBCDF-GHJK\u200e', value: 'BCDFGHJK', what: 'marks of direction, copied from a page' },
    { input: 'ＢＣＤＦ－ＧＨＪＫ', value: 'BCDFGHJK', what: 'wide letters of a Japanese keyboard' },
  ],
  refused: [
    { input: '', refusal: 'unknown', what: 'nothing' },
    { input: 'BCDF-GHJ', refusal: 'unknown', what: 'too short' },
    { input: 'BCDF-GHJK-L', refusal: 'unknown', what: 'too long' },
    { input: 'BCDF-GHJA', refusal: 'unknown', what: 'a vowel' },
    { input: 'BCDF-GHJ0', refusal: 'unknown', what: 'a digit' },
    { input: 'ВCDF-GHJK', refusal: 'unknown', what: 'a Cyrillic letter that looks like B' },
    { input: 'BCDFGHJ\u0000K', refusal: 'unknown', what: 'a NUL' },
    { input: "BCDFGHJK' or 1=1 --", refusal: 'unknown', what: 'SQL' },
    { input: 'ßCDFGHJ', refusal: 'unknown', what: 'a letter that is two as a capital' },
    { input: 'hashed.BCDFGHJK', refusal: 'unknown', what: 'the name that the server gives to a record' },
  ],
};

/** The parameter `response_type` of an authorization request. */
export const RESPONSE_TYPES: Pick<InputKind, 'refused'> = {
  refused: [
    { input: 'code code', refusal: 'unsupported_response_type', what: 'a value twice' },
    { input: 'id_token id_token', refusal: 'unsupported_response_type', what: 'another value twice' },
    { input: ' code', refusal: 'unsupported_response_type', what: 'a space before it' },
    { input: 'code ', refusal: 'unsupported_response_type', what: 'a space after it' },
    { input: 'code  code', refusal: 'unsupported_response_type', what: 'a value twice, with two spaces' },
    { input: 'code id_token', refusal: 'unsupported_response_type', what: 'two that are not offered together' },
    { input: 'CODE', refusal: 'unsupported_response_type', what: 'capital letters' },
    { input: '', refusal: 'invalid_request', what: 'none' },
  ],
};

/** The parameter `claims` of an authorization request, of an app that has registered the field of `email`. */
export const CLAIMS_PARAMETERS: InputKind = {
  understood: [
    { input: '{"id_token":{"email":null}}', value: '', what: 'an ordinary one' },
    { input: '{"id_token":{"email":{"essential":true}},"userinfo":{}}', value: '', what: 'both targets' },
    // OpenID Connect Core 1.0 section 5.5: other members may be there, and are ignored by who does not know them.
    { input: '{"id_token":{},"x":null}', value: '', what: 'another member, null' },
    { input: '{"id_token":{},"x":{"phone_number":null}}', value: '', what: 'another member with claims' },
    { input: '{"id_token":{},"__proto__":null}', value: '', what: 'a member by the name of the prototype' },
  ],
  refused: [
    { input: '{"id_token":{"phone_number":null}}', refusal: 'not registered', what: 'a field that is not registered' },
    { input: '{"userinfo":{"phone_number":null}}', refusal: 'not registered', what: 'the same of the other target' },
    { input: '{"id_token":null}', refusal: 'should be an object', what: 'a target that is null' },
    { input: '{"id_token":[]}', refusal: 'should be an object', what: 'a list' },
    { input: '{"x":{}}', refusal: 'should have', what: 'no target' },
    { input: 'null', refusal: 'JSON object', what: 'null' },
    { input: '[[', refusal: 'could not parse', what: 'no JSON' },
  ],
};

/** Redirect URIs that a native app registers (RFC 8252 section 7), and where a request may then lead; refused with which problem. */
export const NATIVE_REDIRECT_URIS: InputKind = {
  understood: [
    {
      input: 'com.example.app:/callback',
      value: 'com.example.app:/callback',
      what: 'a scheme of its own, as the RFC writes it',
    },
    {
      input: 'com.example.app://callback',
      value: 'com.example.app://callback',
      what: 'with two slashes, as many libraries do',
    },
    { input: 'com.example.app://OAuth/back', value: 'com.example.app://OAuth/back', what: 'a host with capitals' },
    {
      input: 'com.google-usercontent.apps.123-abc:/oauth2redirect',
      value: 'com.google-usercontent.apps.123-abc:/oauth2redirect',
      what: 'a long one',
    },
    {
      input: 'http://127.0.0.1/callback',
      value: 'http://127.0.0.1:51004/callback',
      what: 'loopback, at the port that was free',
    },
    {
      input: 'http://127.0.0.1:8000/callback',
      value: 'http://127.0.0.1:51004/callback',
      what: 'registered with a port',
    },
    { input: 'http://[::1]/callback', value: 'http://[::1]:51004/callback', what: 'the same of IPv6' },
    { input: 'http://localhost/callback', value: 'http://localhost:1/callback', what: 'the name, which libraries use' },
    { input: 'http://localhost', value: 'http://localhost:51004', what: 'without a path (MSAL)' },
    { input: 'https://app.example/callback', value: 'https://app.example/callback', what: 'a claimed address' },
  ],
  refused: [
    { input: 'myapp:/callback', refusal: 'not_private_use', what: 'a word that anybody may choose' },
    { input: 'javascript:alert(1)', refusal: 'not_private_use', what: 'script' },
    { input: 'javascript://com.example.app/%0aalert(1)', refusal: 'not_private_use', what: 'script after a comment' },
    { input: 'data:text/html,x', refusal: 'not_private_use', what: 'a page' },
    { input: 'file:///etc/passwd', refusal: 'not_private_use', what: 'a file' },
    { input: 'blob:https://evil.example/1', refusal: 'not_private_use', what: 'a page in memory' },
    { input: 'intent://scan/#Intent;scheme=zxing;end', refusal: 'not_private_use', what: 'any app of Android' },
    { input: 'android-app://com.example.app/callback', refusal: 'not_private_use', what: 'the same' },
    { input: 'view-source:https://app.example', refusal: 'not_private_use', what: 'of the browser' },
    { input: 'urn:ietf:wg:oauth:2.0:oob', refusal: 'not_private_use', what: 'a code to copy, which phishers ask for' },
    { input: 'ws://127.0.0.1/callback', refusal: 'not_private_use', what: 'a socket' },
    { input: 'Com.Example.App:/callback', refusal: 'not_private_use', what: 'as no browser writes it' },
    { input: 'com..app:/callback', refusal: 'not_private_use', what: 'an empty name' },
    { input: '.com.example:/callback', refusal: 'not_private_use', what: 'an empty name first' },
    { input: '1com.example:/callback', refusal: 'not_private_use', what: 'no scheme' },
    { input: 'com.example.app:callback', refusal: 'not_private_use', what: 'no path' },
    { input: 'com.example.app', refusal: 'not_private_use', what: 'no URI' },
    { input: ' javascript.example:/x', refusal: 'not_private_use', what: 'a space, which browsers drop' },
    { input: 'java\nscript.example:/x', refusal: 'not_private_use', what: 'a line break, which browsers drop' },
    { input: 'com.example.app:/callback#x', refusal: 'fragment', what: 'a fragment' },
    { input: 'com.example.app:/*', refusal: 'wildcard', what: 'a pattern' },
    { input: 'com.example.app://user@callback', refusal: 'credentials', what: 'a user' },
    { input: "com.example.app://x'+pwned+'/cb", refusal: 'not_a_host', what: 'code in a host' },
    { input: 'com.example.app:/call back', refusal: 'not_exact', what: 'a space' },
    { input: "com.example.app:/x'; script-src https:", refusal: 'not_exact', what: 'a directive of a policy' },
    { input: 'http://app.example/callback', refusal: 'not_https', what: 'http elsewhere' },
    {
      input: 'http://127.0.0.1.evil.example/callback',
      refusal: 'not_https',
      what: 'a host that begins with the address',
    },
    { input: 'http://127.0.0.1:1@evil.example/callback', refusal: 'not_https', what: 'the address as a user' },
    { input: 'http://localhost.evil.example/callback', refusal: 'not_https', what: 'a host that begins with the name' },
    { input: 'http://127.1/callback', refusal: 'not_https', what: 'the address in short' },
    { input: 'http://[0:0:0:0:0:0:0:1]/callback', refusal: 'not_https', what: 'the address at length' },
    { input: 'http://127.0.0.1/a/../callback', refusal: 'not_exact', what: 'a path that browsers rewrite' },
    { input: 'http://127.0.0.1:99999/callback', refusal: 'not_https', what: 'no port' },
    { input: 'https://localhost/callback', refusal: 'loopback', what: 'an address that nobody can claim' },
    { input: 'https://app.example', refusal: 'names_no_page', what: 'an origin' },
  ],
};

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** Addresses that end with a slash: which are the page without it, and which must not become a redirect. */
export const TRAILING_SLASHES: InputKind = {
  understood: [
    { input: '/account/', value: '/account', what: 'as other servers have it' },
    { input: '/account//', value: '/account', what: 'two' },
    { input: '/account/profile/', value: '/account/profile', what: 'a page below' },
    { input: '/account/?a=b&c=/', value: '/account?a=b&c=/', what: 'a query stays' },
    { input: '/sandbox/account/', value: '/sandbox/account', what: 'in the sandbox' },
    { input: '/docs/api/', value: '/docs/api', what: 'the documentation' },
    { input: '/robots.txt/', value: '/robots.txt', what: 'a file' },
  ],
  refused: [
    { input: '//', refusal: 'not found', what: 'nothing but slashes' },
    { input: '//evil.example/', refusal: 'not found', what: 'another host, by a path that begins with two slashes' },
    { input: '//evil.example/account/', refusal: 'not found', what: 'the same, with one of our paths' },
    { input: '/\\evil.example/', refusal: 'not found', what: 'the same, with a slash that browsers turn round' },
    { input: '/%2Fevil.example/', refusal: 'not found', what: 'the same, encoded' },
    { input: '/nothing/', refusal: 'not found', what: 'a page that there is not' },
    { input: '/1/users/', refusal: 'not found', what: 'a call of the API, which has its own errors' },
  ],
};

/** What a script of a page may put on `Object.prototype`, and what reads a signed token may look for in an object that lacks it (RFC 7515, 7517). */
export const INHERITED_NAMES: readonly string[] =
  'alg b64 crit cty d enc exp ext hash header iat iss jku jwk key key_ops kid length minRsaBits name namedCurve nbf nonce oth ops payload priv protected resolve secret signature sub typ use x5c x5t zip'.split(
    ' ',
  );
