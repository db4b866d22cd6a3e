import { createHash } from 'node:crypto';
import { html } from '@lit-labs/ssr';
import type { TemplateResult } from 'lit';
import { unsafeStatic, withStatic } from 'lit/static-html.js';
import { mask } from '../http/mask.ts';
import { readData, type ScriptData } from './scripts/read-data.ts';

/**
 * Inline style and script, allowed by hash (CSP 3 section 2.3.1): the page arrives in one round trip, and nothing that a
 * template interpolates can ever run. Lit's server-only templates refuse a binding inside either element, so the text goes in
 * as a static part of the template. That is for constants of this program alone.
 */
const staticHtml = withStatic((strings, ...values) => html(strings, ...values) as TemplateResult<1>);

export interface Inline {
  element: unknown;
  /** CSP source expression, e.g. `'sha256-…'`. */
  hash: string;
}

/** The `<style>` element of a page. @param css constant */
export function inlineStyle(css: string): Inline {
  const source = withoutEndTag(compactCss(css));
  return { element: staticHtml`<style>${unsafeStatic(source)}</style>`, hash: hashOf(source) };
}

/**
 * A function as an inline script, run where it stands in the page. It is sent as source, so it can use what is inside it and the
 * browser's globals, nothing else.
 *
 * @param run constant
 * @param helpers functions that it is handed; constant, and sent as source, too
 * @returns what makes the element
 */
export function inlineScript<Helpers extends ((...values: never[]) => unknown)[]>(
  run: (...helpers: Helpers) => void,
  ...helpers: Helpers
): () => Inline {
  const handed = helpers.map((helper) => compactScript(helper.toString())).join();
  const source = withoutEndTag(`(${compactScript(run.toString())})(${handed})`);
  const hash = hashOf(source);
  return () => ({ element: staticHtml`<script>${unsafeStatic(source)}</script>`, hash });
}

/**
 * The same for a script that is handed data. The data is masked: it may be a credential, and some of it, like `state`, is what the request
 * said, which must not stand beside secrets in a page that a proxy compresses (http/mask.ts). Besides, nothing can break out of base64.
 */
export function inlineScriptWithData(run: (data: ScriptData) => void): (data: ScriptData) => Inline {
  const source = withoutEndTag(`(${compactScript(run.toString())})((${compactScript(readData.toString())})())`);
  const hash = hashOf(source);
  return (data) => {
    const masked = mask(Buffer.from(JSON.stringify(data))).toString('base64');
    return { element: staticHtml`<script data-masked=${masked}>${unsafeStatic(source)}</script>`, hash };
  };
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source, 'utf8').digest('base64')}'`;
}

/** `</` and `<!--` are what ends or confuses a raw text element (HTML section 13.1.2.1). */
function withoutEndTag(source: string): string {
  if (/<\/|<!--/.test(source)) throw new TypeError('inline source may contain neither "</" nor "<!--"');
  return source;
}

/** Removes comments and the white space that CSS ignores around `{ } ; ,`. */
function compactCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/;}/g, '}')
    .trim();
}

/** Removes lines that are comments, and white space in a row: indentation, and what type stripping leaves behind. */
function compactScript(source: string): string {
  return source
    .split('\n')
    .map((line) => line.trim().replace(/ {2,}/g, ' '))
    .filter((line) => line !== '' && !line.startsWith('//'))
    .join('\n');
}
