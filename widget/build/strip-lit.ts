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
  // Properties with a converter, a comparison, an accessor or a default of their own.
  [/\(void 0!==\w\.converter\?\.toAttribute\?\w\.converter:(\w)\)/, '$1'],
  [/"function"==typeof \w\.converter\?\{fromAttribute:\w\.converter\}:.*?\?\w\.converter:(\w)(?=;)/, '$1'],
  [/\?\?this\._\$Ej\?\.get\(\w\)\?\?\w(?=,this)/, ''],
  [/!\(\(\w\.hasChanged\?\?(\w)\)\((\w,\w)\)\|\|.*?\)\)\)\)return;/, '!$1($2))return;'],
  [/\{useDefault:\w,(reflect:\w),wrapped:\w\},\w\)\{\w&&.*?\)\|\|\(/, '{$1}){('],
  [/(this\.hasUpdated)\|\|\w\|\|/, '$1||'],
  [/if\(\w\.state&&\(\w\.attribute=!1\),/, '{'],
  [/,this\.prototype\.hasOwnProperty\(\w\)&&\(\(\w=Object\.create\(\w\)\)\.wrapped=!0\)/, ''],
  [/,!\w\.noAccessor\)\{/, ';'],
  [/const\{get:\w,set:\w\}=\w\(this\.prototype,\w\)\?\?\{get\(\)\{return this\[(\w)\]\},.*?\};(?=return\{)/, ''],
  [
    /(getPropertyDescriptor\(\w,(\w),\w\)\{return\{)get:\w,set\(\w\)\{const (\w)=\w\?\.call\(this\);\w\?\.call\(this,\w\),/,
    '$1get(){return this[$2]},set(value){const $3=this[$2];this[$2]=value,',
  ],
  [
    /const \w=this\.constructor\.elementProperties;if\(\w\.size>0\)for\(const\[\w,\w\]of \w\)\{.*?\}(?=\}let \w=!1)/,
    '',
  ],
  // Lists of style sheets.
  [/const \w=\[\];if\(Array\.isArray\(\w\)\)\{.*?\}else void 0!==\w&&\w\.push\((\w\(\w\))\);return \w/, 'return[$1]'],
  // Nodes and iterators as values, listeners with options, and parts that can be told that they leave the page.
  [/void 0!==\w\.nodeType\?this\.T\(\w\):/, ''],
  [/\w=\w\(this,\w,\w(,0)?\),(?=\w)/g, ''],
  [/\b\w\(this,(\w\[\w\+\w\]),\w,\w\)/, '$1'],
  [
    /\{if\(\(\w=\w\(this,(\w),\w,0\)\?\?(\w)\)===\w\)return;.*?(this\._\$AH=\w\}handleEvent)/,
    '{this._$AH===$2&&this.element.addEventListener(this.name,this);$3',
  ],
  [/"function"==typeof this\._\$AH\?(this\._\$AH\.call\(.*?,\w\)):this\._\$AH\.handleEvent\(\w\)/, '$1'],
  [/\?\?this\._\$Cv/, ''],
  [/,this\._\$Cv=\w\?\.isConnected\?\?!0/, ''],
  [/this\._\$AP\?\.\(!1,!0,\w\);/, ';'],
  [/setConnected\(\w\)\{void 0===this\._\$AM&&.*?\)\)\}/, ''],
  [/this\.hasUpdated\|\|\(this\.renderOptions\.isConnected=this\.isConnected\),/, ''],
  [/(dis)?connectedCallback\(\)\{super\.\w+\(\),this\._\$Do\?\.setConnected\(!\d\)\}/g, ''],
  // Steps of an update, and names of attributes, that other elements have their own of; and hydration, for which there is the package.
  [/\{attribute:!0,type:String,converter:\w,reflect:!1,useDefault:!1,hasChanged:\w\}/, '{}'],
  [
    /const (\w)=(\w)\.attribute;return!1===\1\?void 0:"string"==typeof \1\?\1:"string"==typeof (\w)\?\3\.toLowerCase\(\):void 0/,
    'return $2.attribute??$3.toLowerCase()',
  ],
  [
    /(requestUpdate\(\w,\w,\w),\w=!1,(\w)\)(\{if\(void 0!==\w\)\{const \w=this\.constructor);if\(!1===\w&&\(\2=this\[(\w)\]\),/,
    '$1)$3,$2=this[$4];if(',
  ],
  [
    /const \w=this\.scheduleUpdate\(\);return null!=\w&&await \w,(!this\.isUpdatePending\})scheduleUpdate\(\)\{return this\.performUpdate\(\)\}/,
    'this.performUpdate();return $1',
  ],
  [
    /let (\w)=!1;(const (\w)=this\._\$AL;try\{)\1=this\.shouldUpdate\(\3\),\1\?\((this\.willUpdate\(\3\),).*?(this\.update\(\3\))\):this\._\$EM\(\)\}catch\(\3\)\{throw \1=!1,this\._\$EM\(\),\3\}\1&&/,
    '$2$4$5}catch($1){throw this._$$EM(),$1}',
  ],
  [/shouldUpdate\(\w\)\{return!0\}/, ''],
  [/\(this\.hasUpdated=!0,this\.firstUpdated\(\w\)\)/, '(this.hasUpdated=!0)'],
  [/firstUpdated\(\w\)\{\}/, ''],
  [/this\.getUpdateComplete\(\)\}getUpdateComplete\(\)\{return /, ''],
  [/,\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/, ''],
  // Comments in templates, elements there whose content is text, and templates for another document than the page.
  [/"!--"===\w\[1\]\?\w=\w:(?=void 0!==)/, ''],
  [/\w===\w\|\|(\w===\w\?\w=\w:)\((\w=\w),\w=void 0\)/, '$1$2'],
  [/\(\w\.test\(\w\[2\]\)&&\(\w=RegExp\("<\/"\+\w\[2\],"g"\)\),(\w=\w)\)/, '$1'],
  [/(\(\w=)\w\?\?(?=\w,\w=-1\))/, '$1'],
  [/\(\w\?\.creationScope\?\?(\w)\)/, '$1'],
];

/**
 * In a page that is XML, a template's text would be parsed as XML, which allows no attribute that begins with `@`, `?` or `.`. Templates of such
 * pages are made in a document that is HTML; their nodes move into the page like any others.
 */
const TEMPLATE_DOCUMENT: readonly [RegExp, string] = [
  /\b(\w)=document,(?=\w=\(\)=>\1\.createComment\(""\))/,
  '$1=/xml/.test(document.contentType)?document.implementation.createHTMLDocument(""):document,',
];

/** What Lit reads of an object is the object's own, whatever a page has put on `Object.prototype`. */
const OWN: readonly [RegExp, string][] = [
  [/(static createProperty\(\w,(\w)=\w\)\{)/, '$1$2={__proto__:null,...$2};'],
  [/return\{(?=get\(\)\{return this)/, 'return{__proto__:null,'],
  [/this\.renderOptions=\{/, '$&__proto__:null,'],
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
      return {
        code: [...DEAD, ...OWN, TEMPLATE_DOCUMENT].reduce((text, [dead, less]) => text.replace(dead, less), code),
        map: null,
      };
    },
  };
}
