import { baseCss } from '../pages/base-styles.ts';
import { inlineStyle } from '../pages/inline.ts';

/**
 * One stylesheet for every page of the portal. Pages are made of cards (`.card`), of rows within them (`.row`, with `.grow` and what
 * can be done about it), of facts (`dl.facts`) and of forms (`.stack`, `.pair`, the inputs of pages/forms.ts).
 */
const css = `${baseCss}
.column{inline-size:min(100% - 40px,1080px)}
.narrow .frame{max-inline-size:440px}
.wide .column{inline-size:min(100% - 40px,1280px)}
.skip{position:fixed;inset-block-start:-80px;inset-inline-start:16px;z-index:3;padding:10px 16px;background:var(--color-accent);color:var(--color-on-accent);border-radius:var(--radius)}
.skip:focus{inset-block-start:8px;color:var(--color-on-accent)}
.bar .column{justify-content:space-between}
.home{display:flex;align-items:center;gap:10px;min-block-size:44px;color:inherit;text-decoration:none}
a.home:hover{color:inherit;text-decoration:none}
.sign-out .link{min-block-size:44px;padding-inline:4px}
.bar .column{padding-block:4px}

.frame{flex:1;display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:16px;padding-block:16px 64px}
.side{display:none}
nav h2{padding:20px 12px 4px;font-size:.8125rem;color:var(--color-text-muted)}
nav a{display:flex;align-items:center;min-block-size:44px;padding:6px 12px;border-radius:var(--radius);color:var(--color-text);font-size:.9375rem;line-height:1.35;text-decoration:none}
nav a:hover{background:var(--color-surface-subtle);color:var(--color-text)}
nav a[aria-current]{background:var(--color-accent-subtle);color:var(--color-accent);font-weight:600}
.menu{border:1px solid var(--color-border);border-radius:var(--radius)}
.menu summary{display:flex;align-items:center;min-block-size:44px;padding:8px 16px;font-weight:600;cursor:pointer;list-style-position:inside}
.menu nav{padding:0 4px 8px}
main{display:grid;grid-template-columns:minmax(0,1fr);align-content:start;gap:24px;min-inline-size:0;outline:0}
.head{display:grid;gap:6px}
.back a{display:inline-block;padding-block:11px}
.app-name{display:flex;flex-wrap:wrap;align-items:center;gap:4px 12px;font-size:1.125rem;font-weight:650}
.tabs{margin-block-end:4px;border-block-end:1px solid var(--color-border);overflow-x:auto}
.tabs ul{display:flex;gap:4px;inline-size:max-content;min-inline-size:100%}
.tabs a{border-radius:var(--radius) var(--radius) 0 0;white-space:nowrap}
.tabs a[aria-current]{background:none;box-shadow:inset 0 -2px var(--color-accent)}
.tabs+.tabs{margin-block-start:-6px}
.tabs+.tabs a{font-size:.875rem}
h2{color:var(--color-text);font-size:1.0625rem;line-height:1.35;font-weight:650}
h3{margin:0;font-size:.9375rem;line-height:1.4;font-weight:600}
.notice{display:flex;gap:10px;padding:12px;border-radius:var(--radius);background:var(--color-success-subtle);color:var(--color-success)}
.warning{display:flex;gap:10px;padding:12px;border-radius:var(--radius);background:var(--color-warning-subtle);color:var(--color-warning)}

.card{display:grid;grid-template-columns:minmax(0,1fr);gap:16px;padding:20px;border:1px solid var(--color-border);border-radius:var(--radius-large)}
.card>header{display:grid;gap:4px}
.rows{display:grid;grid-template-columns:minmax(0,1fr)}
.row{display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;min-block-size:56px;padding-block:8px}
.row+.row{border-block-start:1px solid var(--color-border)}
.row>.grow{flex:1 1 12rem}
a.row{color:inherit;text-decoration:none}
a.row:hover{color:inherit}
a.row:hover b{color:var(--color-accent);text-decoration:underline;text-underline-offset:3px;text-decoration-thickness:1px}
a.row>.icon{rotate:-90deg;color:var(--color-text-muted)}
[dir=rtl] a.row>.icon{rotate:90deg}
.facts{display:grid;grid-template-columns:minmax(8rem,auto) minmax(0,1fr);gap:8px 16px;margin:0}
.facts dt{color:var(--color-text-muted);font-size:.875rem;line-height:24px}
.facts dd{margin:0}
.button{inline-size:auto;min-block-size:var(--target-size)}
.narrow .button{inline-size:100%;min-block-size:48px}
.buttons{display:flex;flex-wrap:wrap;align-items:center;gap:8px}
.danger{background:none;border-color:var(--color-danger);color:var(--color-danger)}
.danger:hover{background:var(--color-danger-subtle)}
a.button{color:var(--color-text);text-decoration:none}
a.primary,a.primary:hover{color:var(--color-on-accent)}
a.danger,a.danger:hover{color:var(--color-danger)}
.row .link{min-block-size:44px}
.empty{padding:32px 20px;border:1px dashed var(--color-border-strong);border-radius:var(--radius-large);text-align:center;color:var(--color-text-muted)}
.choice{display:flex;gap:12px;align-items:start;min-block-size:44px;padding-block:10px;cursor:pointer}
.choice input{flex:none;inline-size:20px;block-size:20px;margin:2px 0 0;accent-color:var(--color-accent)}
legend{padding:0;margin-block-end:4px;font-size:.875rem;font-weight:500;line-height:20px}
table{inline-size:100%;border-collapse:collapse;font-size:.9375rem}
th{padding:8px 12px 8px 0;text-align:start;font-size:.8125rem;font-weight:600;color:var(--color-text-muted)}
td{padding:10px 12px 10px 0;border-block-start:1px solid var(--color-border);vertical-align:top}
pre{margin:0;padding:16px;overflow-x:auto;border-radius:var(--radius);background:var(--color-surface-subtle);font:.8125rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-align:start}
.secret{display:flex;flex-wrap:wrap;align-items:center;gap:8px;padding:12px;border-radius:var(--radius);background:var(--color-surface-subtle)}
.secret code{flex:1 1 12rem;overflow-wrap:anywhere}

@media (min-width:800px){
  .narrow .frame{padding-block-start:8vh}
  .frame:has(>.side){grid-template-columns:220px minmax(0,1fr);gap:40px;padding-block-start:32px}
  .side{display:block;align-self:start;position:sticky;inset-block-start:24px}
  .menu{display:none}
  body:not(.wide) .frame:has(>.side) main{max-inline-size:720px}
}
@media (max-width:479px){.facts{grid-template-columns:minmax(0,1fr);gap:0}.facts dd{margin-block-end:8px}.card{padding:16px}}
@media (forced-colors:active){.tabs a[aria-current]{border-block-end:2px solid}.card,.notice,.warning,.secret,pre{border:1px solid}}
`;

export const style = inlineStyle(css);
