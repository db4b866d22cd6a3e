/** The bar of the documentation; the page's own style says how wide a column is. */
export const docsBarCss = `
.bar{position:sticky;inset-block-start:0;z-index:3;background:var(--color-surface);border-block-end:1px solid var(--color-border)}
.bar .column{display:flex;flex-wrap:wrap;align-items:center;gap:4px 20px;min-block-size:calc(var(--header-height) - 1px);padding-block:4px}
.home{display:flex;align-items:center;gap:10px;min-inline-size:0;min-block-size:44px;color:inherit;font-weight:600;line-height:1.3;text-decoration:none}
.home:hover{color:inherit;text-decoration:none}
.ways{display:flex;flex:none;gap:0 20px;margin-inline-start:auto}
.ways a{display:inline-flex;align-items:center;min-block-size:44px;padding:0;background:none;color:var(--color-accent);font-size:.875rem;
  font-weight:500;text-decoration:underline}
.ways a:hover{background:none;color:var(--color-accent-hover)}
search{position:relative;flex:1 1 12rem;max-inline-size:22rem;margin-inline-start:auto}
search+.ways{margin-inline-start:0}
search input{inline-size:100%;min-block-size:40px;padding:6px 12px;border:1px solid var(--color-border-strong);border-radius:var(--radius);
  background:var(--color-surface);font:inherit;font-size:.9375rem;font-weight:400;color:inherit}
search input::placeholder{color:var(--color-text-muted);opacity:1}
.results{position:absolute;inset-block-start:calc(100% + 4px);inset-inline-end:0;inline-size:min(26rem,100vw - 40px);max-block-size:min(28rem,70vh);
  overflow-y:auto;margin:0;padding:4px;list-style:none;border:1px solid var(--color-border-strong);border-radius:var(--radius);
  background:var(--color-surface);box-shadow:0 8px 24px light-dark(#191b2029,#00000080)}
.results a{display:block;padding:8px 12px;border-radius:6px;color:inherit;font-weight:400;font-size:.9375rem;line-height:1.35;text-decoration:none}
.results a:is(:hover,:focus-visible){background:var(--color-accent-subtle);color:inherit}
.results a:focus-visible{outline-offset:-2px}
.results .nothing{padding:8px 12px;font-size:.9375rem;line-height:1.35;font-weight:400}
.results b{display:block;font-weight:600}
.results span{font-size:.8125rem;color:var(--color-text-muted)}
@media (max-width:639px){
  search+.ways{margin-inline-start:auto}
  search{order:3;flex-basis:100%;max-inline-size:none;margin:0 0 4px}
  .bar{position:static}
  .results{inset-inline:0;inline-size:auto}
}
`;
