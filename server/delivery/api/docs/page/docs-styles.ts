import { tokensCss } from '@signup-with-platform/design/stylesheet';
import { brandedStyle } from '#pages/brand.ts';
import { docsBarCss } from '#pages/docs-bar-styles.ts';

/** A wide page with navigation, text, and code beside the text. On a narrow screen, they are stacked. */
const css = `${tokensCss}
:root{
  --mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;
  --code-background:light-dark(#f7f8fb,#101218);--code-text:light-dark(#24272e,#e4e6ec);
  --hl-text:light-dark(#116a3c,#8fdcb0);--hl-number:light-dark(#8a4b00,#f0c36d);
  --hl-keyword:light-dark(#3346d3,#aeb9ff);--hl-comment:light-dark(#5d6470,#9aa1af);--hl-variable:light-dark(#8b1f78,#f0a8e2);
  --bar-size:var(--header-height)
}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
html{
  font:400 var(--font-size)/var(--line-height) var(--font-family);color:var(--color-text);background:var(--color-surface);
  -webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-block-start:calc(var(--bar-size) + 16px)
}
body{margin:0;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,ol,dl,dd{margin:0;padding:0}
ul{list-style:none}
h1{font-size:var(--heading-1);line-height:1.25;font-weight:650;letter-spacing:-.012em;text-wrap:balance}
h2{font-size:1.125rem;line-height:1.3;font-weight:650;color:var(--color-text-muted)}
h3{font-size:1.25rem;line-height:1.25;font-weight:650;letter-spacing:-.012em;text-wrap:balance}
h4{font-size:.8125rem;line-height:1.25rem;font-weight:600;color:var(--color-text-muted);margin-block-start:12px}
h4+.parameters{margin-block-start:-12px}
a{color:var(--color-accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:3px}
a:hover{color:var(--color-accent-hover);text-decoration-thickness:2px}
:focus-visible{outline:var(--focus-ring);outline-offset:2px}
code,pre{font-family:var(--mono);font-size:.875em}
p code,td code,dd code,th code{padding:1px 4px;border-radius:4px;background:var(--color-surface-subtle)}
a code{color:inherit}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:fixed;inset-block-start:-80px;inset-inline-start:16px;z-index:3;padding:10px 16px;
  background:var(--color-accent);color:var(--color-on-accent);border-radius:var(--radius)}
.skip:focus{inset-block-start:8px;color:var(--color-on-accent)}

${docsBarCss}.bar .column{inline-size:min(100% - 40px,var(--content-width));margin-inline:auto}
.logo{flex:none;block-size:28px;inline-size:auto;max-inline-size:140px;object-fit:contain}
.mark{flex:none;fill:var(--color-accent)}
.mark :not(rect){fill:var(--color-on-accent)}

.page{inline-size:min(100% - 40px,var(--content-width));margin-inline:auto}
.menu{margin-block:16px 0;border:1px solid var(--color-border);border-radius:var(--radius)}
.menu summary{padding:10px 16px;min-block-size:var(--target-size);font-weight:600;cursor:pointer}
.menu nav{padding:0 8px 12px}
.side{display:none}
nav p{padding:12px 8px 4px;font-size:.8125rem;font-weight:600;color:var(--color-text-muted)}
nav a{display:flex;gap:8px;align-items:baseline;padding:6px 8px;border-radius:6px;color:var(--color-text);
  font-size:.875rem;line-height:1.35;text-decoration:none}
nav a:hover{background:var(--color-surface-subtle);color:var(--color-text)}
nav a[aria-current]{background:var(--color-accent-subtle);color:var(--color-accent);font-weight:600}
nav .verb{flex:none;margin-inline-start:auto;font-family:var(--mono);font-size:.6875rem;font-weight:600;color:var(--color-text-muted)}

main{min-inline-size:0;padding-block:32px 96px}
.lead{margin-block-start:8px;max-inline-size:60ch;font-size:1.125rem;color:var(--color-text-muted)}
.chapter{margin-block-start:56px;padding-block-end:8px;border-block-end:1px solid var(--color-border)}
main section{display:grid;grid-template-columns:minmax(0,1fr);gap:20px;padding-block:32px;border-block-end:1px solid var(--color-border)}
main section:last-child{border:0}
.text{display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:16px;min-inline-size:0}
.text>p{max-inline-size:68ch}
.aside{display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:16px;min-inline-size:0}
.table-box td code{overflow-wrap:normal}
.anchor{color:inherit;text-decoration:none}
.anchor:hover{color:inherit;text-decoration:underline}

.endpoint{font-size:.9375rem}
.endpoint code{padding:0;background:none;font-weight:600}
.method{display:inline-block;padding:2px 8px;border-radius:6px;font:600 .75rem/20px var(--mono);
  background:var(--color-accent-subtle);color:var(--color-accent)}
.method.get{background:var(--color-success-subtle);color:var(--color-success)}
.method.put{background:var(--color-warning-subtle);color:var(--color-warning)}
.method.delete{background:var(--color-danger-subtle);color:var(--color-danger)}

.facts{display:grid;border:1px solid var(--color-border);border-radius:var(--radius-large)}
.facts div{display:flex;flex-wrap:wrap;gap:2px 16px;padding:10px 16px}
.facts div+div{border-block-start:1px solid var(--color-border)}
.facts dt{flex:0 0 6rem;color:var(--color-text-muted)}
.table-box{overflow-x:auto;border:1px solid var(--color-border);border-radius:var(--radius-large)}
table{border-collapse:collapse;inline-size:100%;font-size:.9375rem}
th,td{padding:10px 16px;text-align:start;vertical-align:top;overflow-wrap:normal}
td{overflow-wrap:anywhere;min-inline-size:9rem}
th{font-weight:600}
th code{white-space:nowrap}
thead th{font-size:.8125rem;color:var(--color-text-muted);background:var(--color-surface-subtle)}
tbody tr+tr{border-block-start:1px solid var(--color-border)}
table:not(.parameters) tbody th:first-child{white-space:nowrap}
.parameters :is(th,td){padding-inline:0}
.parameters{border-block:1px solid var(--color-border)}
.parameters th{inline-size:13rem;padding-inline-end:16px;white-space:normal;overflow-wrap:anywhere}
.parameters th code{padding:0;background:none;white-space:normal}
.type{font-weight:400;font-size:.8125rem;color:var(--color-text-muted)}
.required{font-weight:600;font-size:.75rem;color:var(--color-warning)}
.remedy{color:var(--color-text-muted)}
.code-link{display:inline-block;margin-inline-end:4px;line-height:1.5rem}
tr:target{background:var(--color-accent-subtle);box-shadow:-8px 0 0 var(--color-accent-subtle),8px 0 0 var(--color-accent-subtle)}

.sample{position:relative;min-inline-size:0;border:1px solid var(--color-border);border-radius:var(--radius-large);
  background:var(--code-background);overflow:clip}
.tab-list{display:flex;margin:0;padding:4px 84px 4px 8px;border:0;border-block-end:1px solid var(--color-border);min-inline-size:0}
.tab{position:relative;padding:8px 12px;border-radius:6px;font-size:.875rem;line-height:1.25rem;white-space:nowrap;
  color:var(--color-text-muted);cursor:pointer}
.tab:hover{color:var(--color-text)}
.tab input{position:absolute;inset:0;margin:0;opacity:0;cursor:pointer}
.tab:has(:checked){color:var(--color-accent);font-weight:600;box-shadow:inset 0 -2px 0 var(--color-accent);border-radius:6px 6px 0 0}
.tab:has(:focus-visible){outline:var(--focus-ring);outline-offset:-2px;border-radius:6px}
.panel,.panel-title{display:none}
.panel.shown,
.tabs:has([value=curl]:checked) [data-language=curl],
.tabs:has([value=javascript]:checked) [data-language=javascript],
.tabs:has([value=php]:checked) [data-language=php]{display:block}
.sample-title{padding:9px 84px 8px 16px;min-block-size:44px;border-block-end:1px solid var(--color-border);
  font-size:.875rem;line-height:1.625rem;color:var(--color-text-muted)}
.ok,.bad{font-weight:600}
.ok{color:var(--color-success)}
.bad{color:var(--color-danger)}
.copy{position:absolute;inset-block-start:4px;inset-inline-end:4px;z-index:1;padding:8px 12px;min-block-size:36px;
  min-inline-size:44px;border:0;border-radius:6px;background:none;color:var(--color-accent);
  font:600 .8125rem/20px var(--font-family);cursor:pointer}
.copy:hover{background:var(--color-accent-subtle)}
.copy[data-copied]{color:var(--color-success)}
pre{margin:0;padding:16px;overflow-x:auto;color:var(--code-text);font-size:.8125rem;line-height:1.6;tab-size:2;
  overflow-wrap:normal;max-block-size:32rem}
pre:focus-visible,.table-box:focus-visible{outline-offset:-2px}
pre.wrap{white-space:pre-wrap;overflow-wrap:anywhere}
pre code{font-size:inherit}
.hl-text{color:var(--hl-text)}
.hl-number{color:var(--hl-number)}
.hl-keyword{color:var(--hl-keyword)}
.hl-comment{color:var(--hl-comment)}
.hl-variable{color:var(--hl-variable)}
.fold{border:1px solid var(--color-border);border-radius:var(--radius-large)}
.fold summary{padding:10px 16px;min-block-size:var(--target-size);font-size:.875rem;cursor:pointer}
.fold .sample{border-width:1px 0 0;border-start-start-radius:0;border-start-end-radius:0}

footer{padding:16px clamp(16px,3vw,32px) 24px;border-block-start:1px solid var(--color-border);font-size:.875rem}
footer ul{display:flex;flex-wrap:wrap;justify-content:center;gap:0 24px}
footer a{display:inline-block;padding-block:12px;color:var(--color-text-muted);text-decoration:none}
footer a:hover{color:var(--color-text);text-decoration:underline}

@media (max-width:559px){
  .tab-list{padding-inline:0 60px}
  .tab{padding-inline:10px}
  .parameters,.parameters :is(tbody,tr,th,td){display:block;inline-size:auto;min-inline-size:0}
  .parameters th{padding-block-end:0}
  .parameters td{padding-block-start:4px}
}
@media (min-width:960px){
  .page{display:grid;grid-template-columns:var(--side-width) minmax(0,1fr);gap:40px}
  .menu{display:none}
  .side{display:block;position:sticky;inset-block-start:var(--bar-size);align-self:start;
    max-block-size:calc(100vh - var(--bar-size));overflow-y:auto;padding-block:20px 32px}
  .side a{padding-block:5px}
}
@media (min-width:1240px){
  main section:has(.aside){grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:clamp(24px,3vw,56px)}
  .aside{position:sticky;inset-block-start:calc(var(--bar-size) + 24px);align-self:start;padding-block-start:4px}
}
@media (forced-colors:active){.method,.sample{border:1px solid}.tab:has(:checked){outline:2px solid}}
@media print{
  html{font-size:11pt}
  .bar{position:static}
  .side,.menu,.copy,.skip,.tab-list,.ways{display:none!important}
  .page{display:block;inline-size:auto}
  .aside{position:static}
  main section,main section:has(.aside){display:block;break-inside:auto}
  .text,.aside{display:block}
  .text>*,.aside>*{margin-block:0 10pt}
  h3,h4,.sample-title{break-after:avoid}
  tr,.sample{break-inside:avoid}
  .panel{display:block!important}
  .panel-title{display:block;padding:6pt 12pt 0;font-size:.8125rem;font-weight:600}
  pre{white-space:pre-wrap;overflow-wrap:anywhere;max-block-size:none;overflow:visible}
  a{color:inherit}
}
`;

export const styleOf = brandedStyle(css);
