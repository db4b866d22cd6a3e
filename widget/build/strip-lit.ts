import type { Plugin } from 'vite';

/** What Lit does for browsers that cannot run this element anyway, because they are older than `light-dark()`. */
const DEAD: readonly [RegExp, string][] = [
  // Polyfills of shadow DOM, and the list of versions for warnings of the development build.
  [/\b\w+\.\w+PolyfillSupport\b/g, 'void 0'],
  [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
  // <style> elements for browsers that cannot construct style sheets.
  [
    /\b\w+\.ShadowRoot&&\([^)]*ShadyCSS[^)]*\)&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/,
    '!0',
  ],
];

/**
 * Removes dead code from Lit, because pages would load it before the click. If another version of Lit reads differently, the code stays,
 * and the byte budget fails.
 */
export function stripLit(): Plugin {
  return {
    name: 'strip-lit',
    transform(code, id) {
      if (!/\/node_modules\/(@lit\/reactive-element|lit-html|lit-element)\//.test(id)) return null;
      // The replacements stay within a line, so the map is close enough for a debugger.
      return { code: DEAD.reduce((text, [dead, less]) => text.replace(dead, less), code), map: null };
    },
  };
}
