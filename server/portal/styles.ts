import { baseCss, furtherBaseCss } from '../pages/base-styles.ts';
import { brandedStyle } from '../pages/brand.ts';
import { attemptCss } from './attempt-styles.ts';

/**
 * One stylesheet for every page of the portal. Pages are made of cards (`.card`), of rows within them (`.row`, with `.grow` and what
 * can be done about it), of facts (`dl.facts`) and of forms (`.stack`, `.pair`, the inputs of pages/forms.ts).
 */
const css = `${baseCss}${furtherBaseCss}
.column{inline-size:min(100% - 40px,var(--content-width))}
.narrow .frame{max-inline-size:440px}
.skip{position:fixed;inset-block-start:-80px;inset-inline-start:16px;z-index:3;padding:10px 16px;background:var(--color-accent);
  color:var(--color-on-accent);border-radius:var(--radius)}
.skip:focus{inset-block-start:8px;color:var(--color-on-accent)}
.bar .column{position:relative;flex-wrap:wrap;gap:0 10px}
.home{flex:1 1 0;min-inline-size:0;display:flex;align-items:center;gap:10px;min-block-size:44px;color:inherit;text-decoration:none}
a.home:hover{color:inherit;text-decoration:none}
.sign-out{flex:none}
.sign-out .link{min-block-size:44px}

.frame{flex:1;display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:16px;padding-block:16px 64px}
.side{display:none}
.within{margin-inline-start:12px;padding-inline-start:4px;border-inline-start:1px solid var(--color-border)}
.within a{min-block-size:36px;padding-block:4px}
nav h2{padding:20px 12px 4px;font-size:.8125rem;color:var(--color-text-muted)}
nav a{display:flex;align-items:center;min-block-size:44px;padding:6px 12px;border-radius:var(--radius);color:var(--color-text);
  font-size:.9375rem;line-height:1.35;text-decoration:none}
nav a:hover{background:var(--color-surface-subtle);color:var(--color-text)}
nav a[aria-current]{background:var(--color-accent-subtle);color:var(--color-accent);font-weight:600}
.bar:has(.menu) .column{padding-inline-end:48px}
.menu{flex:0 0 calc(100% + 48px);margin-inline-end:-48px;font-weight:400}
.menu summary{position:absolute;inset-block-start:5px;inset-inline-end:-12px;display:grid;place-items:center;inline-size:44px;block-size:44px;
  border-radius:var(--radius);cursor:pointer;list-style:none}
.menu summary::-webkit-details-marker{display:none}
.menu summary:hover,.menu[open] summary{background:var(--color-surface-subtle)}
.menu nav{padding:4px 0 12px;border-block-start:1px solid var(--color-border);margin-inline:-12px}
main{display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:24px;min-inline-size:0;outline:0}
.head{display:grid;grid-template-columns:minmax(0,1fr);gap:6px}
.head>.badge{margin-block-end:6px}
.statement{display:grid;grid-template-columns:minmax(0,1fr);gap:16px;max-inline-size:540px}
.title{display:flex;flex-wrap:wrap;align-items:center;gap:6px 12px}
.back a{display:inline-block;padding-block:11px}
.app-line{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px}
.app-name{font-size:1.125rem;font-weight:650;line-height:1.35;min-inline-size:0}
.env{display:inline-flex;align-items:center;gap:6px;padding:2px 10px 2px 8px;border:1px solid var(--color-border-strong);border-radius:1em;
  font-size:.8125rem;font-weight:600;line-height:1.25rem}
.env .icon{inline-size:1rem;block-size:1rem}
.env[data-env=sandbox]{border-color:var(--color-warning);background:var(--color-warning-subtle);color:var(--color-warning)}
.env[data-env=production]{border-color:var(--color-success);background:var(--color-success);color:var(--color-surface)}
.card h2 a:has(.env){display:inline-block;text-decoration:none}
.card h2 a:hover .env{text-decoration:underline;text-underline-offset:3px}
.env[data-env]{flex:none}
.where{display:flex;flex-wrap:wrap;align-items:center;gap:4px 10px}
.tabs{margin-block-end:12px;border-block-end:1px solid var(--color-border)}
.tabs ul{display:flex;gap:0 4px;overflow-x:auto;overscroll-behavior-x:contain;scrollbar-width:none}
.tabs li{flex:none}
.tabs a{border-radius:var(--radius) var(--radius) 0 0;white-space:nowrap}
.tabs a:focus-visible,.parts a:focus-visible{outline-offset:-2px}
.tabs.kinds ul{flex-wrap:wrap}
.tabs.kinds a{white-space:normal}
.tabs a[aria-current]{background:none;box-shadow:inset 0 -2px var(--color-accent)}
.upper+.tabs{margin-block-start:-14px}
.upper+.tabs a{font-size:.875rem}
.picker{display:none;border:1px solid var(--color-border);border-radius:var(--radius)}
.picker summary{display:flex;align-items:center;gap:4px 12px;min-block-size:48px;padding:8px 12px;cursor:pointer;list-style:none}
.picker summary::-webkit-details-marker{display:none}
.picker summary>.app-name{flex:1;font-size:1rem}
.picker summary>.icon{color:var(--color-text-muted);transition:rotate var(--transition)}
.picker[open] summary>.icon{rotate:180deg}
.parts{padding:0 4px 4px}
h2{color:var(--color-text);font-size:var(--heading-2);line-height:1.35;font-weight:650}
h3{margin:0;font-size:var(--heading-3);line-height:1.4;font-weight:600}
.notice{display:flex;gap:10px;padding:12px;border-radius:var(--radius);background:var(--color-success-subtle);color:var(--color-success)}
.warning{display:flex;gap:10px;padding:12px;border-radius:var(--radius);background:var(--color-warning-subtle);color:var(--color-warning)}

.card{display:grid;grid-template-columns:minmax(0,1fr);gap:16px;padding:20px;border:1px solid var(--color-border);border-radius:var(--radius-large)}
.card>header{display:grid;gap:4px}
.ways{gap:4px;padding-block-end:8px}
.rows{display:grid;grid-template-columns:minmax(0,1fr)}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;min-block-size:56px;padding-block:8px}
.row+.row{border-block-start:1px solid var(--color-border)}
.row>.grow{flex:1 1 12rem}
a.row{position:relative;padding-inline-end:36px;color:inherit;text-decoration:none}
a.row>.grow,.row>.tile~.grow{flex-basis:9rem}
a.row:hover{color:inherit}
a.row:hover b{color:var(--color-accent);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}
a.row>.icon{position:absolute;inset-block-start:calc(50% - .625rem);inset-inline-end:0;rotate:-90deg;color:var(--color-text-muted)}
[dir=rtl] a.row>.icon{rotate:90deg}
.facts{display:grid;grid-template-columns:minmax(8rem,auto) minmax(0,1fr);gap:8px 16px;margin:0}
.facts dt{color:var(--color-text-muted);font-size:.875rem;line-height:1.5rem}
.facts dd{margin:0}
.row.top{align-items:start;padding-block:14px}
.row.top>.icon{margin-block-start:2px}
.row.top .link{min-block-size:24px}
.button{inline-size:auto;min-block-size:var(--target-size)}
.narrow .button{inline-size:100%;min-block-size:48px}
.buttons{display:flex;flex-wrap:wrap;align-items:center;gap:8px}
.danger{background:none;border-color:var(--color-danger);color:var(--color-danger)}
.danger:hover{background:var(--color-danger-subtle)}
a.button{color:var(--color-text);text-decoration:none}
a.primary,a.primary:hover{color:var(--color-on-accent)}
a.danger,a.danger:hover{color:var(--color-danger)}
.row .link{min-block-size:44px}
.row>.actions{display:flex;flex-wrap:wrap;gap:0 20px;align-items:center}
.actions>a{padding-block:11px;font-size:.875rem}
.row>.tile.round{inline-size:44px;block-size:44px;font-size:.9375rem}
main>.slim{max-inline-size:540px}
.portrait{display:flex;flex-wrap:wrap;gap:20px}
.portrait>.tile{inline-size:96px;block-size:96px;font-size:2rem}
.portrait img{object-fit:cover}
.portrait>.input{flex:1 1 15rem;min-inline-size:0}
::placeholder{color:var(--color-text-muted);opacity:1}
::file-selector-button{margin-inline-end:12px;padding:0;border:0;background:none;color:var(--color-accent);font:inherit;font-weight:600;cursor:pointer}
.filter{display:flex;flex-wrap:wrap;align-items:flex-start;gap:12px}
.filter>.input{flex:1 1 12rem;min-inline-size:0}
.filter>.grow{flex:3 1 16rem}
.filter>.buttons{margin-block-start:26px}
.log{margin:0;padding:0;list-style:none;border:1px solid var(--color-border);border-radius:var(--radius-large);overflow:hidden}
.log>li+li:not([data-prototype]+li){border-block-start:1px solid var(--color-border)}
.log summary{display:grid;grid-template-columns:6.5rem minmax(0,1fr) auto 20px;gap:2px 12px;align-items:start;padding:10px 16px;cursor:pointer;list-style:none}
.log summary::-webkit-details-marker{display:none}
.log summary:hover,.log [open]>summary{background:var(--color-surface-subtle)}
.log summary:focus-visible{outline-offset:-2px}
.log summary>.icon{grid-area:1/-2;margin-block-start:2px;color:var(--color-text-muted);transition:rotate var(--transition)}
.log [open]>summary>.icon{rotate:180deg}
.log .tag{justify-self:start;margin-block-start:2px}
.log .what{display:grid;gap:2px;min-inline-size:0}
.log .number{grid-area:1/-3;font-variant-numeric:tabular-nums;color:var(--color-text-muted)}
.log [data-tone=bad]~.number{color:var(--color-danger)}
.log .stack{padding:12px 16px 20px}
.log .stack>div{display:grid;grid-template-columns:minmax(0,1fr);gap:6px}
.log .facts>div{display:contents}
[data-tone=bad]{background:var(--color-danger-subtle);color:var(--color-danger)}
[data-tone=good]{background:var(--color-success-subtle);color:var(--color-success)}
.live{display:flex;flex-wrap:wrap;align-items:center;gap:8px 16px}
.live .button::before{content:"";inline-size:8px;block-size:8px;margin-inline-end:10px;border-radius:50%;background:var(--color-border-strong)}
.live[data-live=on] .button::before{background:var(--color-success)}
.empty{padding:32px 20px;border:1px dashed var(--color-border-strong);border-radius:var(--radius-large);text-align:center;color:var(--color-text-muted)}
legend{padding:0;margin-block-end:4px;font-size:.875rem;font-weight:500;line-height:1.25rem}
table{inline-size:100%;border-collapse:collapse;font-size:.9375rem}
th{padding-block:8px;padding-inline:0 12px;text-align:start;font-size:.8125rem;font-weight:600;color:var(--color-text-muted)}
td{padding-block:10px;padding-inline:0 12px;border-block-start:1px solid var(--color-border);vertical-align:top}
pre{margin:0;padding:16px;white-space:pre-wrap;overflow-wrap:anywhere;border-radius:var(--radius);background:var(--color-surface-subtle);
  font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-align:start}
.recovery-codes{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:8px 24px}
.recovery-codes code{font-size:1.0625rem;white-space:nowrap}
.qr-code{display:block;max-inline-size:100%;block-size:auto;border-radius:var(--radius)}
.secret{display:flex;flex-wrap:wrap;align-items:center;gap:8px;padding:12px;border-radius:var(--radius);background:var(--color-surface-subtle)}
.secret code{flex:1 1 12rem;overflow-wrap:anywhere;white-space:pre-wrap}
.findings{display:grid;margin:0;padding:0;list-style:none}
.findings>li{display:grid;grid-template-columns:6.5rem minmax(0,1fr);gap:8px 16px;padding-block:16px}
.findings>li+li{border-block-start:1px solid var(--color-border)}
.findings>li:last-child{padding-block-end:0}
.findings .tag{place-self:start}
.findings .secret{margin-block-start:4px}

.tight{gap:6px}
.term{font-size:.875rem;font-weight:500;line-height:1.25rem}
.tags{display:flex;flex-wrap:wrap;gap:4px}
.faint{border-style:dashed;background:none}
.faint .row{padding-block:0}
.card.danger-zone{border-color:var(--color-danger)}
.card.status{border-inline-start:4px solid var(--color-warning)}
.card.status.refused{border-inline-start-color:var(--color-danger)}
.card.status h2{display:flex;gap:8px;align-items:center;color:var(--color-warning)}
.card.status.refused h2{color:var(--color-danger)}
.add{display:flex;flex-wrap:wrap;align-items:flex-start;gap:8px 12px}
.add>.input{flex:1 1 16rem;min-inline-size:0}
.add>.button{margin-block-start:26px}
.checklist{display:grid;gap:10px}
.checklist li{display:flex;gap:12px}
.checklist .done{color:var(--color-text-muted)}
.mark-box{flex:none;display:grid;place-items:center;inline-size:20px;block-size:24px;color:var(--color-success)}
.row.top>.open-mark{margin-block-start:4px}
.open-mark{flex:none;inline-size:16px;block-size:16px;border:1.5px solid var(--color-border-strong);border-radius:50%}
.way{display:inline-block;padding-block:4px}
.ask{display:grid;grid-template-columns:minmax(0,1fr);gap:8px 24px;padding-block:12px}
.reason summary{display:flex;align-items:center;gap:8px;min-block-size:44px;color:var(--color-accent);font-size:.875rem;line-height:1.43;
  cursor:pointer;list-style:none}
.reason summary::-webkit-details-marker{display:none}
.reason summary::before{content:"";flex:none;inline-size:7px;block-size:7px;margin-inline:3px;border:solid currentColor;
  border-width:0 2px 2px 0;rotate:-45deg;transition:rotate var(--transition)}
[dir=rtl] .reason:not([open]) summary::before{rotate:135deg}
.reason[open] summary::before{rotate:45deg}
.ask:has([value=off]:checked) .reason:not([open]){display:none}
.save-bar{position:sticky;inset-block-end:0;z-index:2;margin-block-start:-8px;padding-block:12px;background:var(--color-surface);
  border-block-start:1px solid var(--color-border)}
html:has(.save-bar){scroll-padding-block-end:88px}
@media (max-height:24em){.save-bar{position:static}html:has(.save-bar){scroll-padding-block-end:0}}
.empty.stack{justify-items:center}
@media (min-width:800px){.ask{grid-template-columns:10rem auto minmax(0,1fr);align-items:start}
  .lines .card>.input{display:grid;grid-template-columns:10rem minmax(0,1fr);gap:0 24px;align-items:start}
  .lines .card>.input>*{grid-column:2}
  .lines .card>.input>label{grid-column:1;padding-block-start:10px}
  .lines .card>.input>[id$=-optional]{grid-column:1}
  .lines .card>.input>.control{grid-row:1/span 2}}
.lines>fieldset{display:grid;grid-template-columns:minmax(0,1fr);gap:16px}
.ask+.ask{border-block-start:1px solid var(--color-border)}
.ask legend{float:inline-start;display:flex;gap:10px;align-items:center;min-block-size:44px;margin:0;font-size:.9375rem;font-weight:600}
.ask legend .icon{color:var(--color-text-muted)}
.segments{display:flex;flex-wrap:wrap;inline-size:fit-content;max-inline-size:100%;padding:2px;gap:2px;
  border:1px solid var(--color-border-strong);border-radius:var(--radius)}
.segment{position:relative;display:flex;align-items:center;min-block-size:40px;padding:4px 16px;border-radius:6px;font-size:.875rem;
  font-weight:500;cursor:pointer}
.segment:hover{background:var(--color-surface-subtle)}
.segment input{position:absolute;inset:0;opacity:0;cursor:pointer}
.segment:has(:checked){background:var(--color-accent);color:var(--color-on-accent)}
.segment:has(:focus-visible){outline:var(--focus-ring);outline-offset:2px}
:disabled .segment{cursor:default}
.fold{border-block-start:1px solid var(--color-border)}
.fold summary{display:flex;align-items:center;gap:8px;min-block-size:48px;cursor:pointer}
.fold summary::before{content:"";flex:none;inline-size:8px;block-size:8px;margin-inline:4px;border:solid currentColor;
  border-width:0 2px 2px 0;rotate:-45deg;transition:rotate var(--transition)}
[dir=rtl] .fold:not([open]) summary::before{rotate:135deg}
.fold[open] summary::before{rotate:45deg}
.warning .link{color:inherit}
.facts-table th[scope=row]{border-block-start:1px solid var(--color-border);padding-block:10px;font-size:.9375rem;font-weight:400;
  color:inherit;vertical-align:top}
.facts-table .label{display:none}
.facts-table .line{display:block}
.facts-table .actions{padding-inline-end:0;white-space:nowrap;text-align:end}
.facts-table .actions a{display:block;padding-block:4px;font-size:.875rem}
.date-of-choice{display:none;margin-inline-start:32px;max-inline-size:20rem}
form:has([value=date]:checked) .date-of-choice{display:block}
.snippet pre{tab-size:2}
.snippet{display:grid;grid-template-columns:minmax(0,1fr);gap:8px}
.snippet .buttons{position:sticky;inset-block-end:8px;z-index:1;justify-content:flex-end;justify-self:end}
.snippet .buttons>*{background:var(--color-surface)}
.hl-text{color:light-dark(#116a3c,#8fdcb0)}
.hl-number{color:light-dark(#8a4b00,#f0c36d)}
.hl-keyword{color:light-dark(#3346d3,#aeb9ff)}
.hl-comment{color:light-dark(#5d6470,#9aa1af)}
.hl-variable{color:light-dark(#8b1f78,#f0a8e2)}

@media (min-width:800px){
  .narrow .frame{padding-block-start:8vh}
  .frame:has(>.side){grid-template-columns:var(--side-width) minmax(0,1fr);gap:40px;padding-block-start:32px}
  .side{display:block;align-self:start;position:sticky;inset-block-start:24px}
  .menu,.upper,.own{display:none}
  .upper+.tabs{margin-block-start:0}
  .bar:has(.menu) .column{padding-inline-end:0}
  body:not(.wide) .frame:has(>.side) main{max-inline-size:720px}
}
@media (max-width:799px){.where .env{display:none}.picker{display:block}.app-line:has(+.picker) .app-name,.upper{display:none}.upper+.tabs{margin-block-start:0}}
@media (max-width:599px){.tabs ul{margin-inline:-20px;padding-inline:20px}.tabs a{padding-inline:10px}
  .findings>li{grid-template-columns:minmax(0,1fr)}.log summary{grid-template-columns:minmax(0,1fr) auto 20px}
  .log .what{grid-area:2/1/auto/-1}}
@media (max-width:479px){.row.top>.icon~form{flex-basis:100%;padding-inline-start:36px}.open-mark~.grow~*{margin-block-start:8px;margin-inline-start:32px}.add>.button,.filter>.buttons{margin-block-start:0}
  .facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-block-end:8px}.card{padding:16px}}
@media (min-width:1080px){.facts-table .line{max-inline-size:11rem;overflow-wrap:break-word}.facts-table time{white-space:nowrap}}
@media (max-width:1079px){
  .facts-table,.facts-table :is(tbody,tr,th,td){display:block}
  .facts-table thead{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
  .facts-table tr{padding-block:12px;border-block-start:1px solid var(--color-border)}
  .facts-table :is(th[scope=row],td){padding:2px 0;border:0}
  .facts-table td{display:grid;grid-template-columns:minmax(0,8rem) minmax(0,1fr);gap:12px}
  .facts-table .label{display:block;color:var(--color-text-muted);font-size:.875rem;line-height:1.5rem}
  .facts-table .actions{display:flex;flex-wrap:wrap;gap:0 20px;white-space:normal}
  .facts-table .actions a{padding-block:10px}
}
${attemptCss}@media print{.bar,.side,.skip,.head .back,.buttons,.warning{display:none}.frame{display:block}}
@media (forced-colors:active){.tabs a[aria-current]{border-block-end:2px solid}.card,.notice,.warning,.secret,pre{border:1px solid}}
`;

export const styleOf = brandedStyle(css);
