import { baseCss } from '#pages/base-styles.ts';
import { brandedStyle } from '#pages/brand.ts';
import { docsBarCss } from '#pages/docs-bar-styles.ts';

/** The portal's grid: the logo, the list beside the page and the text stand in the same places. */
const css = `${baseCss}${docsBarCss}
html{scroll-padding-block-start:80px}
.column{inline-size:min(100% - 40px,var(--content-width))}
.skip{position:fixed;inset-block-start:-80px;inset-inline-start:16px;z-index:5;padding:10px 16px;background:var(--color-accent);
  color:var(--color-on-accent);border-radius:var(--radius)}
.skip:focus{inset-block-start:8px;color:var(--color-on-accent)}
.frame{flex:1;display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:16px;padding-block:16px 48px}
.side{display:none}
.frame nav ul{list-style:none;padding:0}
.part{padding:24px 12px 0;font-weight:650}
.part~.part{margin-block-start:24px;border-block-start:1px solid var(--color-border)}
.chapter{padding:16px 12px 2px;font-size:.8125rem;font-weight:600;color:var(--color-text-muted)}
.side .part:first-child{padding-block-start:0}
.side a,.menu nav a{display:flex;align-items:center;min-block-size:36px;padding:4px 12px;border-radius:var(--radius);color:var(--color-text);
  font-size:.9375rem;line-height:1.35;text-decoration:none}
.menu nav a{min-block-size:44px}
:is(.side,.menu nav) a:hover{background:var(--color-surface-subtle);color:var(--color-text)}
:is(.side,.menu nav) a[aria-current]{background:var(--color-accent-subtle);color:var(--color-accent);font-weight:600}
.within{margin-inline-start:12px;border-inline-start:1px solid var(--color-border)}
:is(.side,.menu nav) .within a{font-size:.8125rem;min-block-size:32px;color:var(--color-text-muted)}
.menu{border:1px solid var(--color-border);border-radius:var(--radius)}
.menu summary{display:flex;align-items:center;min-block-size:44px;padding:8px 16px;font-weight:600;cursor:pointer;list-style:none}
.menu summary::-webkit-details-marker{display:none}
.menu summary::after{content:"";flex:none;inline-size:8px;block-size:8px;margin-inline:auto 4px;border:solid var(--color-text-muted);
  border-width:0 2px 2px 0;rotate:45deg;translate:0 -2px;transition:rotate var(--transition)}
.menu[open] summary::after{rotate:-135deg;translate:0 2px}
.menu nav{padding:0 4px 8px}

main{min-inline-size:0;outline:0;line-height:1.6}
main>*{margin-block:0 16px}
main :is(h2,h3,h4){color:var(--color-text);font-weight:650;line-height:1.35;text-wrap:balance}
main h2{margin-block:40px 12px;font-size:1.25rem;letter-spacing:-.008em}
main h3{margin-block:28px 8px;font-size:var(--heading-2)}
main h4{margin-block:20px 8px;font-size:var(--heading-3)}
main :is(ul,ol):not([class]){padding-inline-start:24px}
main ul:not([class]){list-style:disc}
main ol{margin:0 0 16px}
main li+li{margin-block-start:6px}
main li>:is(ul,ol){margin-block:6px 0}
main blockquote{margin-inline:0;padding:4px 16px;border-inline-start:4px solid var(--color-border-strong);color:var(--color-text-muted)}
main hr{border:0;border-block-start:1px solid var(--color-border)}
main :is(p,li,td,th,dd)>code,main a code,main :is(strong,em,span,summary)>code{padding:1px 4px;border-radius:4px;background:var(--color-surface-subtle)}
main a code{color:inherit}
main img{max-inline-size:100%;block-size:auto}
.table-box{overflow-x:auto;border:1px solid var(--color-border);border-radius:var(--radius-large)}
main table{inline-size:100%;border-collapse:collapse;font-size:.9375rem;line-height:1.5}
main :is(th,td){padding:10px 16px;text-align:start;vertical-align:top;overflow-wrap:normal}
main td{min-inline-size:7rem;overflow-wrap:anywhere}
main .number{min-inline-size:0;text-align:end;font-variant-numeric:tabular-nums}
main td:first-child{overflow-wrap:normal}
main tr:has(td:nth-child(3)) td:not(.number){min-inline-size:8.5rem}
main thead :is(th,td){font-size:.8125rem;font-weight:600;color:var(--color-text-muted);background:var(--color-surface-subtle)}
main tbody tr{border-block-start:1px solid var(--color-border)}
.code{display:grid;grid-template:auto auto/minmax(0,1fr);border:1px solid var(--color-border);border-radius:var(--radius-large);
  background:light-dark(#f7f8fb,#101218);overflow:clip}
.code-language{grid-area:1/1;padding:10px 16px 0;font-size:.75rem;line-height:1rem;color:var(--color-text-muted)}
.code pre{grid-area:2/1}
.copy{grid-area:1/1/3/2;place-self:start end;position:sticky;inset-block-start:calc(var(--header-height) + 4px);z-index:1;margin:2px 4px;
  min-block-size:36px;min-inline-size:44px;padding:8px 12px;border:0;
  border-radius:6px;background:light-dark(#f7f8fb,#101218);color:var(--color-accent);font:600 .8125rem/20px var(--font-family);cursor:pointer}
.copy:hover{background:var(--color-accent-subtle)}
.code pre{margin:0;padding:12px 16px 16px;overflow-x:auto;font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;tab-size:2;
  overflow-wrap:normal;color:light-dark(#24272e,#e4e6ec)}
.code:not(:has(.code-language)) pre{padding-inline-end:72px}
.code code{font:inherit}
:is(.code pre,.table-box):focus-visible{outline-offset:-2px}
[data-fill]{border-block-end:1px dashed var(--color-border-strong)}
.hljs-comment,.hljs-quote{color:light-dark(#5d6470,#9aa1af)}
.hljs-string,.hljs-regexp,.hljs-addition{color:light-dark(#116a3c,#8fdcb0)}
.hljs-number,.hljs-literal,.hljs-symbol{color:light-dark(#8a4b00,#f0c36d)}
.hljs-keyword,.hljs-built_in,.hljs-name,.hljs-section,.hljs-selector-tag{color:light-dark(#3346d3,#aeb9ff)}
.hljs-attr,.hljs-attribute,.hljs-variable,.hljs-title,.hljs-type{color:light-dark(#8b1f78,#f0a8e2)}
.hljs-deletion{color:var(--color-danger)}

.your-apps{padding:16px;border:1px solid var(--color-border);border-radius:var(--radius-large);background:var(--color-surface-subtle)}
.your-apps>p{margin:0}
.your-apps .some,.your-apps .none,[data-your-apps=some] .out,[data-your-apps=none] .out{display:none}
[data-your-apps=some] .some,[data-your-apps=none] .none{display:block}
.your-apps select,.builder select{appearance:auto}
.your-apps label{display:block;margin-block-end:4px;font-size:.875rem;font-weight:500}
.builder{display:grid;gap:20px;padding:20px;border:1px solid var(--color-border);border-radius:var(--radius-large)}
.builder>*{margin:0}
.builder .stage{display:grid;place-items:center;min-block-size:140px;padding:24px 12px;border-radius:var(--radius);
  border:1px dashed var(--color-border-strong);background:var(--color-surface);position:sticky;
  inset-block-start:calc(var(--header-height) + 8px);z-index:2}
.builder .stage signup-with-platform{inline-size:100%}
.builder .controls{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,10rem),1fr));gap:16px}
.builder .colours label,.builder .colours input[type=checkbox]{cursor:pointer}
.builder .colour{display:flex;align-items:center;gap:8px;min-block-size:44px}
.builder .colour input[type=checkbox]{inline-size:20px;block-size:20px;accent-color:var(--color-accent)}
.builder .colour input[type=color]{inline-size:44px;block-size:36px;padding:2px;border:1px solid var(--color-border-strong);border-radius:6px;
  background:none;margin-inline-start:auto}
.builder legend{padding:0;font-size:.875rem;font-weight:600}
.builder .code{margin:0}
.builder .code+.code{margin-block-start:12px}
.builder .code pre{white-space:pre-wrap;overflow-wrap:anywhere}
.builder .button{inline-size:auto;justify-self:start;min-block-size:44px}
.neighbours{display:grid;grid-template-columns:1fr 1fr;gap:16px;margin-block-start:48px;padding-block-start:20px;
  border-block-start:1px solid var(--color-border)}
.neighbours a{display:inline-block;padding-block:8px;font-weight:600}
.neighbours a>span{display:block;font-size:.8125rem;font-weight:400;color:var(--color-text-muted)}
.neighbours>:last-child{text-align:end}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:16px;padding:0}
.cards>li{margin:0;padding:16px;border:1px solid var(--color-border);border-radius:var(--radius-large)}
.cards>li>p{margin:0}
.cards>li>p+p{margin-block-start:4px;color:var(--color-text-muted);font-size:.9375rem;line-height:1.5}
@media (min-width:800px){
  .frame{grid-template-columns:var(--side-width) minmax(0,1fr);gap:40px;padding-block-start:32px}
  .side{display:block;align-self:start;position:sticky;inset-block-start:calc(var(--header-height) + 16px);
    max-block-size:calc(100vh - var(--header-height) - 32px);overflow-y:auto}
  .menu{display:none}
  main{max-inline-size:820px}
}
@media (max-width:639px){
  .code{grid-template-rows:minmax(40px,auto) auto}
  .copy{inset-block-start:0;justify-self:stretch;margin:0;min-block-size:40px;border-radius:0;text-align:end}
  .code-language{position:relative;z-index:2;justify-self:start}
  .code:not(:has(.code-language)) pre{padding-inline-end:16px}
  .builder .stage{inset-block-start:8px;min-block-size:100px}
}
@media (max-width:599px){.code pre{white-space:pre-wrap;overflow-wrap:anywhere}main :is(th,td){padding-inline:10px}}
@media (scripting:none){.code pre{white-space:pre-wrap;overflow-wrap:anywhere}}
@media (forced-colors:active){.your-apps,.code{border:1px solid}}
@media print{.bar,.side,.menu,.copy,.skip,.neighbours{display:none!important}.frame{display:block}.code pre{white-space:pre-wrap}}
`;

export const styleOf = brandedStyle(css);
