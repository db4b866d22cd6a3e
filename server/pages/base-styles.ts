import { tokensCss } from '@signup-with-platform/design/stylesheet';

/** What popup and portal share: type, colours, inputs, buttons, messages. Each adds the arrangement of its own pages. */
export const baseCss = `${tokensCss}
[data-theme=light]{color-scheme:light}
[data-theme=dark]{color-scheme:dark}
*,::before,::after{box-sizing:border-box}
[hidden]{display:none!important}
html{
  font:400 var(--font-size)/var(--line-height) var(--font-family);
  color:var(--color-text);background:var(--color-surface);
  -webkit-text-size-adjust:100%;text-size-adjust:100%;
}
body{margin:0;min-height:100vh;min-height:100dvh;display:flex;flex-direction:column;overflow-wrap:anywhere}
h1,h2,p,ul{margin:0;padding:0}
ul{list-style:none}
fieldset{margin:0;padding:0;border:0;min-inline-size:0}
h1{font-size:var(--heading-1);line-height:1.25;font-weight:650;letter-spacing:-.012em;text-wrap:balance}
h1.long{font-size:1.125rem}
h2{font-size:.875rem;font-weight:600;color:var(--color-text-muted)}
a,.link{color:var(--color-accent);text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:3px}
a:hover,.link:hover{color:var(--color-accent-hover);text-decoration-thickness:2px}
button,input,select,textarea{font:inherit;color:inherit;margin:0}
:focus-visible{outline:var(--focus-ring);outline-offset:2px}
.column{inline-size:min(100% - 40px,400px);margin-inline:auto}
.muted{color:var(--color-text-muted)}
.small{font-size:.875rem;line-height:1.43}
.hidden{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{flex:none;inline-size:1.25rem;block-size:1.25rem;fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}

.ribbon{background:var(--color-warning-subtle);color:var(--color-warning);font-size:.8125rem;font-weight:600;line-height:1.25rem}
.ribbon .column{display:flex;align-items:center;gap:8px;padding-block:6px}
.ribbon .icon{inline-size:1rem;block-size:1rem}
.bar{border-block-end:1px solid var(--color-border);font-weight:600}
.bar .column{display:flex;align-items:center;gap:10px;min-block-size:calc(var(--header-height) - 1px);padding-block:4px;line-height:1.75rem}
.logo{flex:none;block-size:28px;inline-size:auto;max-inline-size:140px;object-fit:contain}
.bar bdi{line-height:1.3}
.mark{flex:none;fill:var(--color-accent)}
.mark :not(rect){fill:var(--color-on-accent)}

.grow{flex:1;min-inline-size:0}
.name{font-weight:600;line-height:1.375}
.clamp{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:3;overflow:hidden}
.tile{
  flex:none;position:relative;display:grid;place-items:center;inline-size:2.75rem;block-size:2.75rem;overflow:hidden;
  border-radius:10px;background:var(--color-accent-subtle);color:var(--color-accent);font-weight:600;letter-spacing:.02em
}
.tile.round{inline-size:2.25rem;block-size:2.25rem;border-radius:50%;font-size:.8125rem}
.tile img{position:absolute;inset:0;inline-size:100%;block-size:100%;object-fit:contain;background:#fff}

.stack{display:grid;gap:16px}
.pair{display:flex;flex-wrap:wrap;gap:16px 12px}
.pair>*{flex:1 1 9.5rem;min-inline-size:0}
.pair>.narrow{flex:1 1 7rem}
.pair>.wide{flex:2 1 10rem}
.pair>.full{flex-basis:100%}
.input label{display:inline-block;margin-block-end:4px;font-size:.875rem;font-weight:500;line-height:1.25rem}
.control{position:relative;display:block}
.control>input,.control>select,.control>textarea{
  display:block;inline-size:100%;min-block-size:var(--target-size);padding:9px 12px;
  border:1px solid var(--color-border-strong);border-radius:var(--radius);background:var(--color-surface);
  transition:border-color var(--transition)
}
.control>:is(input,textarea):not([dir]){unicode-bidi:plaintext}
.control>textarea{resize:vertical;min-block-size:72px}
.control>select{appearance:none;padding-inline-end:40px;text-overflow:ellipsis}
.control>select+.icon{position:absolute;inset-inline-end:12px;inset-block-start:12px;pointer-events:none;color:var(--color-text-muted)}
.control>:hover{border-color:var(--color-text-muted)}
.control>:is(input,select,textarea):focus-visible{outline-offset:-1px;border-color:var(--color-accent)}
.control>[aria-invalid=true],form:not([novalidate]) .control>:user-invalid{border-color:var(--color-danger)}
[dir=rtl] .control>[dir=ltr]{text-align:right}
.toggle{
  position:absolute;inset-block:1px;inset-inline-end:1px;max-inline-size:6.5rem;padding:0 14px;border:0;border-radius:var(--radius);
  background:none;color:var(--color-accent);font-size:.875rem;line-height:1.2;font-weight:600;cursor:pointer
}
.toggle:hover{color:var(--color-accent-hover);text-decoration:underline;text-underline-offset:3px}
.toggle:focus-visible{outline-offset:-4px}
.control:has(>.toggle:not([hidden]))>input{padding-inline-end:6.5rem}
.hint,.error{margin-block-start:6px;font-size:.875rem;line-height:1.25rem}
.hint{color:var(--color-text-muted)}
.error{color:var(--color-danger)}
.alert{display:flex;gap:10px;padding:12px;border-radius:var(--radius);background:var(--color-danger-subtle);color:var(--color-danger);
  font-size:.9375rem;line-height:1.4}
.points{display:grid;gap:4px;padding-inline-start:20px;list-style:disc}
.note{display:flex;gap:10px;color:var(--color-text-muted)}
.note .icon{color:var(--color-success)}
.note:not(.small) .icon{margin-block-start:2px}

.button{
  position:relative;display:flex;align-items:center;justify-content:center;inline-size:100%;min-block-size:48px;padding:8px 20px;
  border:1px solid transparent;border-radius:var(--radius);font-weight:600;text-align:center;cursor:pointer;
  transition:background-color var(--transition),border-color var(--transition)
}
.primary{background:var(--color-accent);color:var(--color-on-accent)}
.primary:hover{background:var(--color-accent-hover)}
.secondary{background:none;border-color:var(--color-border-strong)}
.secondary .icon{margin-inline-end:8px;color:var(--color-accent)}
.secondary:hover{background:var(--color-surface-subtle)}
.quiet{min-block-size:var(--target-size);background:none;color:var(--color-text-muted)}
.quiet:hover{color:var(--color-text);background:var(--color-surface-subtle)}
.link{padding:0;border:0;background:none;font-size:.875rem;cursor:pointer;text-align:start}

.below{text-align:center;line-height:1.375rem}
.below a{display:inline-block;padding-block:11px}
.or{display:flex;align-items:center;gap:12px;color:var(--color-text-muted);font-size:.875rem}
.or::before,.or::after{content:"";flex:1;border-block-start:1px solid var(--color-border)}
.personas{margin-block-start:8px;border:1px solid var(--color-border);border-radius:var(--radius-large);overflow:hidden}
.persona{
  display:flex;align-items:center;gap:12px;inline-size:100%;min-block-size:56px;padding:8px 12px;text-align:start;cursor:pointer;
  border:0;background:none;transition:background-color var(--transition)
}
.persona+.persona{border-block-start:1px solid var(--color-border)}
.persona:focus-visible{outline-offset:-3px}
.persona:hover{background:var(--color-surface-subtle)}
.persona b,.persona span span{display:block}
.persona b{font-weight:600;line-height:1.375}

[data-busy]{pointer-events:none}
[aria-disabled=true]{opacity:.6;cursor:default}
.early:empty{display:none}
.button[data-busy]::after,.spinner{
  content:"";inline-size:18px;block-size:18px;border:2px solid currentColor;border-inline-end-color:transparent;border-radius:50%;
  animation:turn .8s linear infinite
}
.button[data-busy]::after{position:absolute;inset-inline-end:16px}
.spinner{inline-size:28px;block-size:28px;border-width:3px;color:var(--color-accent)}
@keyframes turn{to{transform:rotate(1turn)}}

footer{padding-block:4px 8px;font-size:.8125rem}
footer ul{display:flex;flex-wrap:wrap;justify-content:center;gap:0 20px}
footer a{display:inline-block;padding-block:12px;color:var(--color-text-muted);line-height:1.25rem;text-decoration:none}
footer a:hover{color:var(--color-text);text-decoration:underline}
.tag{display:inline-block;padding:0 8px;border-radius:1em;background:var(--color-surface-subtle);font-size:.75rem;font-weight:500;line-height:1.25rem}
.tag.warn{background:var(--color-warning-subtle);color:var(--color-warning)}
code{font:.875rem/1.43 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
@media (prefers-reduced-motion:reduce){*,::before,::after{animation:none!important;transition:none!important}}
@media (forced-colors:active){.tile,.alert,.tag{border:1px solid}.primary{border-color:ButtonText}}
`;

/**
 * What only the popup's first page does without, because it has to be small: how hard a new password is to guess, a large icon, and that
 * what is written in another direction keeps its lines together when it needs several.
 */
export const furtherBaseCss = `
.choice{display:flex;gap:12px;align-items:start;min-block-size:44px;padding-block:10px;cursor:pointer}
.choice input{flex:none;inline-size:20px;block-size:20px;margin:2px 0 0;accent-color:var(--color-accent)}
.qr-code{display:block;inline-size:200px;max-inline-size:100%;block-size:auto;border-radius:var(--radius-large)}
.strength{margin-block-start:8px;display:grid;gap:4px;font-size:.875rem;line-height:1.25rem;color:var(--color-text-muted)}
.strength .bars{display:grid;grid-template-columns:repeat(4,1fr);gap:4px}
.strength i{block-size:4px;border-radius:2px;background:var(--color-border);forced-color-adjust:none}
[data-strength="1"] i:first-child,
[data-strength="2"] i:nth-child(-n+2),
[data-strength="3"] i:nth-child(-n+3),
[data-strength="4"] i{background:var(--level)}
.strength{--level:var(--color-danger);min-block-size:32px}
[data-strength="2"]{--level:var(--color-warning)}
[data-strength="3"],[data-strength="4"]{--level:var(--color-success)}
.badge{display:grid;place-items:center;inline-size:3rem;block-size:3rem;border-radius:50%;background:var(--color-success-subtle);color:var(--color-success)}
.badge.bad{background:var(--color-danger-subtle);color:var(--color-danger)}
.badge .icon{inline-size:1.5rem;block-size:1.5rem}
[dir=rtl] :is(.value,.name,.row b,.who *,dd,.secret code)>bdi:dir(ltr),[dir=ltr] :is(.value,.name,.row b,.who *,dd)>bdi:dir(rtl){
  display:inline-block;max-inline-size:100%}
@media (forced-colors:active){.badge{border:1px solid}}
`;
