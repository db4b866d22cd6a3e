import type { Plugin } from 'vite';

/** What jose does for other algorithms than that of credentials, which are refused anyway, and for the keys of Node.js. */
const DEAD: readonly [RegExp, string][] = [
  // Keys that are no JWK, secrets, and private keys.
  [
    /\} else \{\s+if \(!isKeyLike\(key\)\)\s+throw (invalidKeyType\(alg, key, secret\));.*?\n {2}\}(?=\s+cache )/s,
    '} else throw $1;',
  ],
  [
    /(const \{ alg), secret \} = entry, requiresPrivateKey = .*?;\s+if \(secret && .*?\)\s+return key;/s,
    '$1 } = entry, secret = !1, requiresPrivateKey = !1;',
  ],
  [/if \((jwkMatchesOp\(entry, normalized, usage\)), normalized\.kty === "oct"\)\s+return .*?;/s, '$1;'],
  [/key instanceof Uint8Array && \(key = await .*?\)\), (?=checkCryptoKey)/, ''],
  [/if \(expected\.(hash|length)[ \w!=&]* algorithm\.\1.*?;/gs, ''],
  [/entry\.resolve\?\.\(.*?\) \?\? /g, ''],
  [/entry\.minRsaBits && .*?;/, ''],
  // What the browser's own method reads of a key is the key's own, whatever a page has put on `Object.prototype`.
  [/(keyData = \{) (?=\.\.\.jwk)/, '$1 __proto__: null, '],
  // So is what jose reads of a header, and of what it hands on to itself.
  [/(parsedProtected \?\? parseProtectedHeader\(encodedProtectedHeader\))(?=;)/, '{ __proto__: null, ...($1) }'],
  [/(joseHeader = \{|verifySignature\(\{) /g, '$1 __proto__: null, '],
  // What tells one error from another, of which only the message is read.
  [/^ +(static )?code = "ERR_\w+";\n/gm, ''],
  [/, this\.name = this\.constructor\.name, Error\.captureStackTrace\?\.\(.*?\)(?=;)/, ''],
  [/^ +"?(?!ES256\b)[A-Z][\w-]+"?: (hmac|rsa|ecdsa|eddsa|mldsa)\(.*\),?\n/gm, ''],
  // `KeyObject`, which browsers do not have.
  [/if \(keyObject = key, keyObject\.type === "secret"\)\s+return keyObject\.export\(\);/, ''],
  [
    /(if \(cached) \|\| (cache\.set\(cacheKey, cached = \{\})\), keyObject && .*? \{\s.*?\n {2}\}/s,
    '$1 === undefined) $2);',
  ],
  [/normalized \?\?= keyObject\.export\(\{ format: "jwk" \}\), /, ''],
  // What is wrong with a key that is no key: ours are JWKs.
  [/(function invalidKeyType\(alg, actual, secret\) \{).*?\n\}/s, '$1 return new TypeError(`No key for ` + alg);\n}'],
];

/**
 * Removes from jose what no credential needs, because pages would load it after each click. The check itself stays as it is. If another
 * version of jose reads differently, the code stays, and the byte budget fails.
 */
export function stripJose(): Plugin {
  return {
    name: 'strip-jose',
    transform(code, id) {
      if (!/\/node_modules\/jose\/.*\/(jws_algorithms|jws_verify|key|errors)\.js$/.test(id)) return null;
      return { code: DEAD.reduce((text, [dead, less]) => text.replace(dead, less), code), map: null };
    },
  };
}
