/** The log of events. Of an attempt in it, the steps are a log within the log, on a line that leads from one to the next. */
export const attemptCss = `
.log .steps{margin-block:4px 20px;margin-inline:28px 16px;border-radius:var(--radius);overflow:visible}
.log .steps>li{position:relative}
.log .steps>li::before{content:"";position:absolute;inset-block:0;inset-inline-start:-13px;border-inline-start:2px solid var(--color-border)}
.log .steps>li::after{content:"";position:absolute;inset-block-start:16px;inset-inline-start:-16px;inline-size:8px;block-size:8px;
  border-radius:50%;background:var(--color-text-muted)}
.log [data-began],.log [data-took],.steps time{font-variant-numeric:tabular-nums;white-space:nowrap}
.export{display:grid;gap:8px}
@media (max-width:599px){.log .steps{margin-inline:24px 8px}.log .steps summary{padding-inline:10px}}
`;
