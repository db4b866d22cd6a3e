import { baseCss } from '#pages/base-styles.ts';
import { brandedStyle } from '#pages/brand.ts';

/** The start page: words and ways on one side, the picture on the other, or below on a narrow screen. */
const css = `${baseCss}
.column{inline-size:min(100% - 40px,1120px)}
.in{margin-inline-start:auto;padding-block:10px;font-size:.9375rem;font-weight:600}
main{flex:1;display:grid;grid-template-columns:minmax(0,1fr);align-content:center;gap:32px;padding-block:32px 48px}
.intro{display:grid;gap:12px}
h1{font-size:clamp(1.75rem,1.1rem + 2.4vw,2.75rem);line-height:1.14;letter-spacing:-.022em}
.intro p{max-inline-size:34rem;font-size:1.125rem;text-wrap:pretty}
h2{color:inherit;font-size:1rem;line-height:1.5rem}
.ways{border-block:1px solid var(--color-border)}
.ways li{position:relative;display:flex;align-items:center;gap:16px;min-block-size:72px;padding-block:12px}
.ways li+li{border-block-start:1px solid var(--color-border)}
.ways li>div{flex:1;min-inline-size:0}
.ways li>.icon:first-child{color:var(--color-accent)}
.ways li>.icon:last-child{rotate:-90deg;color:var(--color-text-muted)}
[dir=rtl] .ways li>.icon:last-child{rotate:90deg}
.ways a{color:inherit;text-decoration:none}
.ways a::after{content:"";position:absolute;inset:0;border-radius:var(--radius)}
.ways a:focus-visible{outline:0}
.ways a:focus-visible::after{outline:var(--focus-ring);outline-offset:2px}
.ways a:hover{color:var(--color-accent);text-decoration:underline}

.picture{justify-self:center;display:grid;inline-size:min(100%,460px);padding-block-end:8px;font-size:.8125rem;line-height:1.25rem}
.picture>*{grid-area:1/1}
.window{overflow:hidden;border:1px solid var(--color-border);border-radius:var(--radius-large);background:var(--color-surface);
  box-shadow:0 1px 2px rgb(0 0 0/.06),0 12px 32px rgb(0 0 0/.1)}
.address{display:flex;align-items:center;gap:6px;padding:8px 12px;border-block-end:1px solid var(--color-border);
  background:var(--color-surface-subtle);color:var(--color-text-muted);font-size:.75rem;line-height:1rem}
.address i{flex:none;inline-size:8px;block-size:8px;border-radius:50%;background:var(--color-border-strong)}
.address bdi{min-inline-size:0;margin-inline:auto;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.page{display:grid;gap:12px;padding:16px}
.page b{font-size:.9375rem;line-height:1.375rem;font-weight:650}
.page b bdi{white-space:nowrap}
.shop{inline-size:84%;margin-block-end:128px}
.popup{align-self:end;justify-self:end;inline-size:min(68%,320px);margin-block-start:140px}
.popup .page{gap:8px}
.press{display:flex;align-items:center;justify-content:center;gap:8px;min-block-size:40px;padding:4px 12px;border-radius:var(--radius);
  background:var(--color-accent);color:var(--color-on-accent);font-weight:600;text-align:center}
.press .mark,.press .logo{inline-size:20px;block-size:20px}
.press .mark{fill:var(--color-on-accent)}
.press .mark :not(rect){fill:var(--color-accent)}
.blank{block-size:34px;border:1px solid var(--color-border);border-radius:var(--radius)}
.short{inline-size:55%}
.shared{display:grid;grid-template-columns:1.25rem minmax(0,1fr) 1.25rem;align-items:center;gap:0 10px;padding-block:6px;
  border-block-end:1px solid var(--color-border)}
.shared .icon{inline-size:1.125rem;block-size:1.125rem;color:var(--color-text-muted)}
.shared>.icon:last-child{color:var(--color-success)}
.shared span span{display:block}
.term{color:var(--color-text-muted);font-size:.75rem;line-height:1rem}
.given{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
@media (max-width:480px){
  .shop{inline-size:92%}
  .popup{inline-size:82%}
  .page{padding:12px}
}
@media (min-width:900px){
  main{grid-template-columns:minmax(0,1fr) minmax(0,460px);gap:28px 72px}
  .picture{grid-column:2;grid-row:1/3;align-self:center}
  .intro{align-self:end}
  .ways{align-self:start}
}
@media (forced-colors:active){.press{border:1px solid}}
`;

export const styleOf = brandedStyle(css);
