import { baseCss, furtherBaseCss } from './base-styles.ts';
import { brandedStyle } from './brand.ts';

/** What every page of the popup has: small enough to be sent with each. */
const css = `${baseCss}
main{flex:1;display:flex;flex-direction:column;gap:20px;padding-block:24px 16px}
.intro{display:grid;gap:6px}
.vendor{display:flex;align-items:center;gap:12px;padding:12px;border-radius:var(--radius-large);background:var(--color-surface-subtle)}
.vendor .tile{background:var(--color-surface)}
.actions{display:grid;gap:4px}
.actions.below p a{display:inline}
.links{display:flex;flex-wrap:wrap;gap:0 16px}
.links a{padding-block:4px}
form:not([hidden])+.actions{margin-block-start:-8px}
.end{margin-block-start:auto}
.sticky{display:flex;flex-wrap:wrap;gap:8px;margin-block:-20px -12px;padding-block:20px 12px;
  background:linear-gradient(transparent,var(--color-surface) 20px)}
.sticky>*{flex:1 0 auto;max-inline-size:100%}
.sticky>:first-child{flex-grow:9}
.sticky>:is(p,.stack){flex-basis:100%;text-align:center}
.sticky>p:empty{display:none}
.sticky .button{padding-inline:12px}
.sticky>.button{inline-size:auto}
a.button{text-decoration:none}
.sticky .quiet{min-block-size:48px;border-color:var(--color-border-strong);color:inherit}

@media (min-height:20em){
  html:has(.sticky){scroll-padding-block-end:9rem}
  .sticky{position:sticky;bottom:0;z-index:2}
}
@media (max-height:37em){.sticky.last{position:static}}
@media (max-height:719px){main{gap:16px;padding-block-start:16px}.actions{gap:0}}
@media (min-width:640px) and (min-height:720px){main{padding-block-start:48px}}
@media (forced-colors:active){.vendor{border:1px solid}}
`;

/** What the first page, which has to be small, does without: the account, the rows of what is shared, messages. */
const furtherCss = `
.account{display:flex;align-items:center;gap:8px;padding-inline:6px 16px;border:1px solid var(--color-border);border-radius:24px}
.who{flex:1;min-inline-size:0;display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:0 16px}
.who>div{padding-block:6px}
.account .link{display:inline-block;padding-block:11px}
.fields{border-block:1px solid var(--color-border)}
.field{position:relative;display:grid;grid-template-columns:1.25rem minmax(0,1fr) auto;gap:0 12px;padding-block:12px}
.field+.field{border-block-start:1px solid var(--color-border)}
.field>.icon{margin-block-start:1px;color:var(--color-text-muted)}
.given{color:var(--color-success)}
.term{display:flex;flex-wrap:wrap;align-items:center;gap:2px 8px;font-size:.875rem;line-height:1.375rem;color:var(--color-text-muted)}
label.term{cursor:pointer}
label.term::after{content:"";position:absolute;inset:0}
.value{line-height:1.45}
.value img{display:block;inline-size:48px;block-size:48px;margin-block-start:4px;border-radius:50%;object-fit:cover;
  background:var(--color-surface-subtle);font-size:0}
.field input[type=checkbox]{inline-size:1.25rem;block-size:1.25rem;margin-block-start:1px;accent-color:var(--color-accent);cursor:pointer;
  position:relative;z-index:1}
.field:has([type=checkbox]:not(:checked)) .value{color:var(--color-text-muted);text-decoration:line-through}
.field:has([type=checkbox]:not(:checked)) .pair{display:none}
.field .pair{position:relative;z-index:1;grid-column:1/-1;margin-block:8px 4px}
.message{flex:1;display:grid;align-content:center;justify-items:center;gap:12px;text-align:center;padding-block-end:8vh}
.delivery{flex:1;display:grid}
.delivery>*,.cut-off{display:none}
html:not([data-delivery]) .pending,[data-delivery=delivered] .delivered,[data-delivery=unreachable] :is(.unreachable,.cut-off){display:grid}
html:not([data-delivery]) .closing,.scriptless{display:none}
.shown-code{font:600 1.75rem/1.3 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-align:center}
.box{padding:12px;border-radius:var(--radius);background:var(--color-surface-subtle);display:grid;gap:4px}
@media (scripting:none){html:not([data-delivery]) .pending,.scripted{display:none}.scriptless{display:block}.unreachable{display:grid}}
@media (forced-colors:active){.box{border:1px solid}}
`;

/** The first page's. */
export const firstStyleOf = brandedStyle(css);
export const styleOf = brandedStyle(css + furtherBaseCss + furtherCss);
