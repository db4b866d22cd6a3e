import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import type { Config } from '../config.ts';
import { renderPage } from '../pages/layout.ts';
import type { RenderedPage } from '../pages/rendered-page.ts';
import type { StoredMail } from '../storage/mails.ts';

const LINK = /(https?:\/\/\S+)/;

/** Renders the list of mails. The page is in English only, because only developers see it. */
export function renderMails(
  config: Pick<Config, 'platformName' | 'brand'>,
  mails: readonly StoredMail[],
): RenderedPage {
  const context = {
    platformName: config.platformName,
    brand: config.brand,
    realm: 'production',
    languages: ['en'],
    theme: 'auto',
  } as const;
  return renderPage(context, {
    language: pickLanguage(context.languages),
    title: 'Mail',
    personal: true,
    scripts: [],
    main: html`<div class="intro"><h1>Mail</h1>
<p>No SMTP_URL is set, so mail is kept here instead of being sent. Newest first.</p></div>
${mails.length === 0 ? html`<p class="muted">Nothing yet.</p>` : mails.map(renderMail)}`,
  });
}

function renderMail(mail: StoredMail): unknown {
  const createdAt = mail.createdAt.toISOString();
  const time = html`<time datetime=${createdAt}>${createdAt.slice(0, 16).replace('T', ' ')} UTC</time>`;
  return html`<article class="mail" aria-label=${mail.subject}><h2><bdi>${mail.subject}</bdi></h2>
<p class="small muted">To <bdi>${mail.to}</bdi>, ${time}</p>
${mail.text.split('\n').map((line) => html`<p class="small" dir="auto">${withLinks(line)}</p>`)}</article>`;
}

/** Makes links of the URLs in a line. `split` by a pattern with a group puts the matches at the odd indexes. */
function withLinks(line: string): unknown[] {
  return line.split(LINK).map((part, index) => (index % 2 === 1 ? html`<a href=${part}>${part}</a>` : part));
}
