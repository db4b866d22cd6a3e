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

const THE_URL_OF_A_DATABASE = 'postgres://user:p%23w@db.example.com:5432/platform';

/**
 * Environment variables by name, as operators write them. `value` is what the platform makes of one, as text; `refusal` is part of what it
 * says about one.
 */
export const SETTINGS: Readonly<Record<string, InputKind>> = {
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
    understood: [{ input: 'PROD', value: 'true', what: 'capitals, and a short form of production' }],
    refused: [{ input: 'staging', refusal: 'must be one of', what: 'a word that means nothing here' }],
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
};

/** Variables that have no effect, and what was meant. */
export const MISTYPED_SETTINGS: Readonly<Record<string, string>> = {
  PUBLICURL: 'PUBLIC_URL',
  PUBLIC_URI: 'PUBLIC_URL',
  public_url: 'PUBLIC_URL',
  TRUSTED_PROXY: 'TRUST_PROXY',
  TRUST_PROXIES: 'TRUST_PROXY',
  DATABSE_URL: 'DATABASE_URL',
  DATABASE_URI: 'DATABASE_URL',
  'SMTP-URL': 'SMTP_URL',
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
  ...[
    'PGHOST',
    'PGUSER',
    'DEMO_URL',
    'PLATFORM_URL',
    'CLIENT_ID',
    'API_KEY',
    'SSH_AUTH_SOCK',
    'KUBERNETES_PORT',
    'PORTS',
  ],
];
