import type { Plugin } from 'vite';

/** What Lit does for browsers that cannot run this element anyway: they are older than `light-dark()`. */
const DEAD: readonly [RegExp, string][] = [
  // Polyfills of shadow DOM, and the list of versions for warnings of the development build.
  [/\b\w+\.\w+PolyfillSupport\b/g, 'void 0'],
  [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
  // <style> elements where style sheets cannot be constructed.
  [
    /\b\w+\.ShadowRoot&&\([^)]*ShadyCSS[^)]*\)&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/,
    '!0',
  ],
];

/**
 * Takes dead code out of Lit, which pages would load before the click. Where another version of it reads differently, it stays as it is,
 * and the byte budget tells.
 */
export function stripLit(): Plugin {
  return {
    name: 'strip-lit',
    transform(code, id) {
      if (!/\/node_modules\/(@lit\/reactive-element|lit-html|lit-element)\//.test(id)) return null;
      // Within lines, so the map stays close enough for a debugger.
      return { code: DEAD.reduce((text, [dead, less]) => text.replace(dead, less), code), map: null };
    },
  };
}
