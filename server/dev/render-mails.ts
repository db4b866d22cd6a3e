import { html } from '@lit-labs/ssr';
import { pickLanguage } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import type { Config } from '../config.ts';
import { renderPage } from '../pages/layout.ts';
import type { RenderedPage } from '../pages/rendered-page.ts';
import type { StoredMail } from '../storage/mails.ts';

type Brandable = Pick<Config, 'platformName' | 'brand'>;
type Locked = Brandable & Pick<Config, 'publicUrl'>;

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
export function renderLocked(config: Locked): RenderedPage {
  const { publicUrl } = config;
  return renderMain(
    config,
    html`<div class="intro"><h1>Mail</h1>
<p>To open this page, use the link in the terminal where you started the platform. It stands beside
&ldquo;Mail&rdquo; in what <code>npm start</code> prints, and looks like this:</p>
<p><code>${publicUrl}/dev/mail?token=&hellip;</code></p></div>
<p class="muted">The link is a new one at each start. No terminal at hand? Start the platform with <code>DEV_MAIL_TOKEN</code> set to a
secret of at least 16 letters and digits, then open <code>/dev/mail?token=</code> followed by it.</p>`,
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
<p class="small muted">To <bdi>${mail.to}</bdi>, ${time}${mail.html ? html` · <a href="/dev/mail/${mail.id}">HTML</a>` : nothing}</p>
${mail.text.split('\n').map((line) => html`<p class="small" dir="auto">${withLinks(line)}</p>`)}</article>`;
}

/** Makes links of the URLs in a line. `split` by a pattern with a group puts the matches at the odd indexes. */
function withLinks(line: string): unknown[] {
  return line.split(LINK).map((part, index) => (index % 2 === 1 ? html`<a href=${part}>${part}</a>` : part));
}
