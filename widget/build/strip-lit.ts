import type { Plugin } from 'vite';

/** What Lit does for browsers that cannot run this element anyway, and for kinds of templates and properties that it does not have. */
const DEAD: readonly [RegExp, string][] = [
  // Polyfills of shadow DOM, and the list of versions for warnings of the development build.
  [/\b\w+\.\w+PolyfillSupport\b/g, 'void 0'],
  [/\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[^"]*"\)/g, '0'],
  // <style> elements for browsers that cannot construct style sheets.
  [
    /\b\w+\.ShadowRoot&&\([^)]*ShadyCSS[^)]*\)&&"adoptedStyleSheets"in Document\.prototype&&"replace"in CSSStyleSheet\.prototype/,
    '!0',
  ],
  // Directives.
  [
    /let (\w)=void 0!==(\w)\?\w\._\$Co\?\.\[\2\]:\w\._\$Cl;const .*?,\w\._\$AS\(\w,\w\.values\),\1,\2\)\),(\w)\}/,
    'return $3}',
  ],
  // Templates of SVG and MathML, and compiled ones.
  [/2===\w\?"<\/?svg>":3===\w\?"<\/?math>":""/g, '""'],
  [/2===\w\|\|3===\w(?=\))/, '!1'],
  [/"number"==typeof \w\?(this\._\$AC\(\w\)):\(.*?\),\w\);if/, '$1;if'],
  // Bindings in the place of an attribute, in comments, and in elements whose content is text.
  [/:6===\w\.type&&\(\w=new \w\(\w,this,\w\)\)/, ':0'],
  [/else \w\.startsWith\(\w\)&&\(\w\.push\(\{type:6,index:\w\}\),\w\.removeAttribute\(\w\)\)/, ''],
  [/else\{let \w=-1;for\([^{]*\{type:7,index:\w\}\),\w\+=\w\.length-1\}/, ''],
  [/if\(\w\.test\(\w\.tagName\)\)\{.*?\}(?=\}else if\(8===)/, ''],
  // Properties that are no text and no flag, those of decorators, controllers and initializers.
  [/case Object:case Array:\w=null==\w\?\w:JSON\.stringify\(\w\)/, ''],
  [/case Number:\w=null===\w\?null:Number\(\w\);break;case Object:case Array:try\{[^}]*\}catch\(\w\)\{[^}]*\}/, ''],
  [/Symbol\.metadata\?\?=Symbol\("metadata"\),\w\.litPropertyMetadata\?\?=new WeakMap;/, ''],
  [
    /const \w=this\[Symbol\.metadata\];if\(null!==\w\)\{.*?elementProperties\.set\(\w,\w\)\}(?=this\._\$Eh=new Map)/,
    '',
  ],
  [/addController\(\w\)\{.*?\}removeController\(\w\)\{.*?\}/, ''],
  [/static addInitializer\(\w\)\{.*?\}/, ''],
  [/,this\.constructor\.l\?\.forEach\(\w=>\w\(this\)\)/, ''],
  [/void 0!==\w\.l&&\(this\.l=\[\.\.\.\w\.l\]\),/, ''],
  [/,this\._\$EO\?\.forEach\(\w=>\w\.host\w+\?\.\(\)\)(?=[,}])/g, ''],
  [/this\._\$EO\?\.forEach\(\w=>\w\.host\w+\?\.\(\)\)(,?)/g, ''],
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
