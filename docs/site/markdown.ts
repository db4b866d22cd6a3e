import MarkdownIt, { type Token } from 'markdown-it';
import { markFillings, SANDBOX_ISSUER } from './fillings.ts';
import { highlight } from './highlight.ts';
import { anchors } from './slugs.ts';

export interface Heading {
  id: string;
  text: string;
  level: number;
}

/** A piece of a page that the search finds: what stands below one heading. */
export interface Section extends Heading {
  body: string;
  /** Of its comment `<!-- search: … -->`: what people type who do not know the word that the page uses. */
  keywords: string;
}

export interface RenderedMarkdown {
  html: string;
  title: string;
  /** The first paragraph, shortened. */
  description: string;
  headings: Heading[];
  sections: Section[];
}

/** @returns the address of a link in the site; undefined for one that leads to something that the site does not have */
export type ResolveLink = (href: string) => string | undefined;

const MAX_DESCRIPTION_LENGTH = 160;

/**
 * Renders a page. Its own HTML stays, because the sources are part of this repository.
 * @param issuer what stands for the issuer in its examples
 */
export function renderMarkdown(source: string, resolveLink: ResolveLink, issuer = SANDBOX_ISSUER): RenderedMarkdown {
  const markdown = new MarkdownIt({ html: true });
  const tokens = markdown.parse(source, {});
  const headings = nameHeadings(tokens);
  followLinks(tokens, resolveLink);
  freeEmptyHeaders(tokens);
  markValues(tokens);
  markdown.renderer.rules['fence'] = (all, index) => codeBox(all[index], issuer);
  markdown.renderer.rules['code_inline'] = (all, index) => inlineCode(all[index], issuer);
  markdown.renderer.rules['table_open'] = () => '<div class="table-box"><table>\n';
  markdown.renderer.rules['table_close'] = () => '</table></div>\n';
  markdown.renderer.rules['th_open'] = (all, index) => headerCell(all[index]);
  markdown.renderer.rules['td_open'] = (all, index) => `<td${alignmentOf(all[index])}>`;
  const title = headings.find(({ level }) => level === 1)?.text;
  if (title === undefined) throw new Error('a page needs a heading of the first level');
  return {
    html: markdown.renderer.render(tokens, markdown.options, {}).replaceAll(KEYWORDS, ''),
    title,
    description: descriptionOf(tokens),
    headings,
    sections: sectionsOf(tokens, headings),
  };
}

function nameHeadings(tokens: readonly Token[]): Heading[] {
  const anchorFor = anchors();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const content = tokens[index + 1];
    const text = textOf(content);
    const id = anchorFor(text);
    token.attrSet('id', id);
    return [{ id, text, level: Number(token.tag.slice(1)) }];
  });
}

const KEYWORDS = /<!-- search: ([^<>]+) -->\n?/g;

function keywordsIn(markup: string): string {
  return [...markup.matchAll(KEYWORDS)].map(([, words]) => `${words} `).join('');
}

/** What people read of a line: no markup, no addresses. */
export function textOf(token: Token | undefined): string {
  const parts = token?.children ?? [];
  return parts
    .map(({ type, content }) => {
      if (type === 'text' || type === 'code_inline') return content;
      return type === 'softbreak' || type === 'hardbreak' ? ' ' : '';
    })
    .join('');
}

function followLinks(tokens: readonly Token[], resolveLink: ResolveLink): void {
  for (const { children } of tokens) {
    let leadsNowhere = false;
    for (const token of children ?? []) {
      if (token.type === 'link_open') {
        const href = resolveLink(String(token.attrGet('href')));
        leadsNowhere = href === undefined;
        if (href === undefined) token.attrs = null;
        else token.attrSet('href', href);
      }
      // The words stay; a link to a file that only the repository has would be a dead end.
      if (leadsNowhere && (token.type === 'link_open' || token.type === 'link_close')) token.tag = 'span';
      if (token.type === 'link_close') leadsNowhere = false;
    }
  }
}

/** The button is for the page's script, which shows it, makes it work, and makes the code a tab stop where it scrolls. */
function codeBox(token: Token | undefined, issuer: string): string {
  const [language = ''] = (token?.info ?? '').trim().split(/\s+/);
  const code = markFillings(highlight((token?.content ?? '').replace(/\n$/, ''), language), issuer);
  const label = language === '' ? '' : `<span class="code-language">${language}</span>`;
  return `<div class="code">${label}<button class="copy" type="button" hidden>Copy</button><pre><code>${code}</code></pre></div>\n`;
}

/** A cell of a table that is nothing but code is a value to copy. In a sentence, the same text may be an example, or another environment's. */
function markValues(tokens: readonly Token[]): void {
  for (const [index, { type }] of tokens.entries()) {
    const [only, ...others] = tokens[index + 1]?.children ?? [];
    if (type === 'td_open' && only?.type === 'code_inline' && others.length === 0) only.meta = { isValue: true };
  }
}

function inlineCode(token: Token | undefined, issuer: string): string {
  const code = escaped(token?.content ?? '');
  return `<code>${token?.meta?.['isValue'] ? markFillings(code, issuer) : code}</code>`;
}

/** A header without words names nothing, so its cell is an ordinary one. */
function freeEmptyHeaders(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const [, content, end] = tokens.slice(index, index + 3);
    if (token.type !== 'th_open' || content?.content !== '' || !end) continue;
    token.tag = 'td';
    end.tag = 'td';
  }
}

function headerCell(token: Token | undefined): string {
  return token?.tag === 'td' ? '<td>' : `<th scope="col"${alignmentOf(token)}>`;
}

/** A column that is aligned is one of numbers. In place of markdown-it's style attribute, which would need `unsafe-inline`. */
function alignmentOf(token: Token | undefined): string {
  return token?.attrGet('style') ? ' class="number"' : '';
}

function descriptionOf(tokens: readonly Token[]): string {
  const index = tokens.findIndex(({ type }) => type === 'paragraph_open');
  const text = textOf(tokens[index + 1]);
  if (text.length <= MAX_DESCRIPTION_LENGTH) return text;
  return `${text.slice(0, MAX_DESCRIPTION_LENGTH).replace(/\s+\S*$/, '')}…`;
}

function sectionsOf(tokens: readonly Token[], headings: readonly Heading[]): Section[] {
  const sections = headings.map((heading) => ({ ...heading, body: '', keywords: '' }));
  let current = -1;
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') current += 1;
    const section = sections[current];
    if (!section || tokens[index - 1]?.type === 'heading_open') continue;
    if (token.type === 'inline') section.body += `${textOf(token)} `;
    if (token.type === 'fence') section.body += `${token.content} `;
    if (token.type === 'html_block') section.keywords += keywordsIn(token.content);
  }
  return sections;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
