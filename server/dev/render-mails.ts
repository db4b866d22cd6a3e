import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import type { Config } from '../config.ts';
import { renderPage } from '../pages/layout.ts';
import type { RenderedPage } from '../pages/rendered-page.ts';
import type { StoredMail } from '../storage/mails.ts';

type Brandable = Pick<Config, 'platformName' | 'brand'>;

const LINK = /(https?:\/\/\S+)/;

/** Renders the list of mails. The page is in English only, because only developers see it. */
export function renderMails(config: Brandable, mails: readonly StoredMail[]): RenderedPage {
  return renderMain(
    config,
    html`<div class="intro"><h1>Mail</h1>
<p>No SMTP_URL is set, so mail is kept here instead of being sent. Newest first.</p></div>
${mails.length === 0 ? html`<p class="muted">Nothing yet.</p>` : mails.map(renderMail)}`,
  );
}

/** What a developer sees who has not opened the link. */
export function renderLocked(config: Brandable): RenderedPage {
  return renderMain(
    config,
    html`<div class="intro"><h1>Mail</h1>
<p>Only the link that the start of the platform printed opens this page. It changes with each start.</p></div>
<p class="muted">Is the terminal out of sight? Set <code>DEV_MAIL_TOKEN</code>, and open <code>/dev/mail?token=…</code>.</p>`,
  );
}

function renderMain({ platformName, brand }: Brandable, main: unknown): RenderedPage {
  const context = { platformName, brand, realm: 'production', languages: ['en'], theme: 'auto' } as const;
  const language = pickLanguage(context.languages);
  return renderPage(context, { language, title: 'Mail', personal: true, scripts: [], main });
}

function renderMail(mail: StoredMail): unknown {
  const createdAt = mail.createdAt.toISOString();
  const time = html`<time datetime=${createdAt}>${createdAt.slice(0, 16).replace('T', ' ')} UTC</time>`;
  return html`<article class="box" aria-label=${mail.subject}><h2><bdi>${mail.subject}</bdi></h2>
<p class="small muted">To <bdi>${mail.to}</bdi>, ${time}</p>
${mail.text.split('\n').map((line) => html`<p class="small" dir="auto">${withLinks(line)}</p>`)}</article>`;
}

/** Makes links of the URLs in a line. `split` by a pattern with a group puts the matches at the odd indexes. */
function withLinks(line: string): unknown[] {
  return line.split(LINK).map((part, index) => (index % 2 === 1 ? html`<a href=${part}>${part}</a>` : part));
}
