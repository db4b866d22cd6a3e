import { fromBase64 } from './base64.ts';
import { DIGEST_BYTES, type DigestName } from './digest.ts';

type Parts = readonly string[];

/**
 * Hashes that are one text, in which the system has written what it is. Each line is the pattern, and what is kept of its groups; whether that is
 * whole and sound, the form's schema says.
 */
const TEXTS: readonly (readonly [RegExp, (...groups: Parts) => unknown])[] = [
  [/^(\$argon2(?:i|d|id)\$.+)$/, (hash) => ({ form: 'argon2', hash })],
  [/^(\$2[abxy]\$.+)$/, (hash) => ({ form: 'bcrypt', hash })],
  [/^\$wp(\$2y\$.+)$/, (hash) => ({ form: 'bcrypt', hash, of: 'wordpress' })],
  [/^(\$[PH]\$.+)$/, (hash) => ({ form: 'phpass', hash })],
  // passlib, and PHC strings (`i=` and `l=`).
  [
    /^\$pbkdf2(?:-(sha\d+))?\$(?:i=)?(\d{1,9})(?:,l=\d{1,4})?\$([^$]*)\$([^$]+)$/,
    (digest = 'sha1', iterations, salt, hash) => pbkdf2(digest, iterations, base64(salt), base64(hash)),
  ],
  [
    /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,3}),p=(\d{1,3})\$([^$]*)\$([^$]+)$/,
    (logN, r, p, salt, hash) => scrypt(2 ** Number(logN), r, p, base64(salt), base64(hash)),
  ],
  // Django.
  [/^argon2(\$argon2(?:i|d|id)\$.+)$/, (hash) => ({ form: 'argon2', hash })],
  [/^bcrypt\$(\$2[abxy]\$.+)$/, (hash) => ({ form: 'bcrypt', hash })],
  [/^bcrypt_sha256\$(\$2[abxy]\$.+)$/, (hash) => ({ form: 'bcrypt', hash, of: 'sha256-hex' })],
  [
    /^pbkdf2_(sha1|sha256)\$(\d{1,9})\$([^$]*)\$([^$]+)$/,
    (digest, iterations, salt, hash) => pbkdf2(digest, iterations, utf8(salt), base64(hash)),
  ],
  [
    /^scrypt\$(\d{1,8})\$([^$]*)\$(\d{1,3})\$(\d{1,3})\$([^$]+)$/,
    (n, salt, r, p, hash) => scrypt(Number(n), r, p, utf8(salt), base64(hash)),
  ],
  [/^(md5|sha1)\$([^$]*)\$([0-9a-f]+)$/i, (digest, salt, hash) => digested(digest, utf8(salt), hex(hash))],
  // Werkzeug, which Flask uses.
  [
    /^scrypt:(\d{1,8}):(\d{1,3}):(\d{1,3})\$([^$]*)\$([0-9a-f]+)$/i,
    (n, r, p, salt, hash) => scrypt(Number(n), r, p, utf8(salt), hex(hash)),
  ],
  [
    /^pbkdf2:(sha\d+):(\d{1,9})\$([^$]*)\$([0-9a-f]+)$/i,
    (digest, iterations, salt, hash) => pbkdf2(digest, iterations, utf8(salt), hex(hash)),
  ],
  // LDAP (RFC 2307 and its successors): the salt follows the digest.
  [/^\{(MD5|SHA)\}(.+)$/i, (name = '', hash) => ldap(name, hash)],
  [/^\{S(MD5|SHA|SHA256|SHA512)\}(.+)$/i, (name = '', hash) => ldap(name, hash)],
];

/** What is to be kept of a hash in PHC or modular form, or as one of these systems writes it. Undefined when it is none of them. */
export function fromText(text: string): unknown {
  for (const [pattern, build] of TEXTS) {
    const [, ...groups] = pattern.exec(text) ?? [];
    if (groups.length > 0) return build(...groups);
  }
  return undefined;
}

/** ASP.NET Identity, versions 2 and 3: base64 of a first byte, and the parameters that it stands for. */
export function fromAspNet(text: string): unknown {
  const bytes = fromBase64(text);
  if (bytes?.[0] === 0 && bytes.length === 49)
    return pbkdf2('sha1', '1000', bytes.toString('base64', 1, 17), bytes.toString('base64', 17));
  if (bytes?.[0] !== 1 || bytes.length < 13) return undefined;
  const digest = ['sha1', 'sha256', 'sha512'][bytes.readUInt32BE(1)];
  const saltEnd = 13 + bytes.readUInt32BE(9);
  if (saltEnd > bytes.length) return undefined;
  const iterations = String(bytes.readUInt32BE(5));
  return pbkdf2(digest, iterations, bytes.toString('base64', 13, saltEnd), bytes.toString('base64', saltEnd));
}

function pbkdf2(digest: string | undefined, iterations: string | undefined, salt?: string, hash?: string): unknown {
  return { form: 'pbkdf2', digest: digest?.toLowerCase(), iterations: Number(iterations), salt, hash };
}

function scrypt(n: number, r: string | undefined, p: string | undefined, salt?: string, hash?: string): unknown {
  return { form: 'scrypt', n, r: Number(r), p: Number(p), salt, hash };
}

function digested(digest: string | undefined, salt: string | undefined, hash: string | undefined): unknown {
  return { form: 'digest', digest: digest?.toLowerCase(), salt, order: 'salt+password', hash };
}

function ldap(name: string, hash: string | undefined): unknown {
  const digest = name.toLowerCase().replace(/^sha$/, 'sha1') as DigestName;
  const bytes = fromBase64(hash ?? '');
  if (!bytes) return undefined;
  const length = DIGEST_BYTES[digest];
  const [kept, salt] = [bytes.toString('base64', 0, length), bytes.toString('base64', length)];
  return { form: 'digest', digest, salt, order: 'password+salt', hash: kept };
}

/** Standard base64 of what a text is the encoding of. */
function base64(text: string | undefined): string | undefined {
  return fromBase64(text ?? '')?.toString('base64');
}

function hex(text: string | undefined): string | undefined {
  return Buffer.from(text ?? '', 'hex').toString('base64');
}

/** Some systems take the characters of a salt as its bytes. */
function utf8(text: string | undefined): string | undefined {
  return Buffer.from(text ?? '').toString('base64');
}
