import type { Plugin } from 'vite';

/** What jose does for other algorithms than that of credentials, which are refused anyway, and for the keys of Node.js. */
const DEAD: readonly [RegExp, string][] = [
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
      if (!/\/node_modules\/jose\/.*\/(jws_algorithms|key)\.js$/.test(id)) return null;
      return { code: DEAD.reduce((text, [dead, less]) => text.replace(dead, less), code), map: null };
    },
  };
}
