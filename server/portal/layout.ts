import { html } from '@lit-labs/ssr';
import type { FastifyReply } from 'fastify';
import { nothing } from 'lit';
import { type DocumentSite, renderDocument, siteName } from '../pages/document.ts';
import { deliberateScript, formFrame, formsScript } from '../pages/forms.ts';
import { alertIcon, checkIcon } from '../pages/icons.ts';
import type { Inline } from '../pages/inline.ts';
import type { ImageSource } from '../pages/uris.ts';
import type { Problem } from '../pages/window-title.ts';
import { sendPage } from '../pages/write-page.ts';
import { menuNavigation, type NavItem, type NavParts, sideNavigation } from './navigation.ts';
import type { PortalCall } from './route.ts';
import { styleOf } from './styles.ts';

export interface PortalPage {
  /** The heading; without {@link about}, also for the window's title bar. */
  title: string;
  /** What the page is about, besides its heading: further parts of the title in the window's title bar. */
  about?: readonly string[];
  /** Where in the navigation the page stands. */
  navItem?: NavItem;
  /** What stands below that item beside the page. Where there is no room for it, the page has these links itself. */
  navParts?: NavParts;
  /** Below the heading. */
  lead?: unknown;
  /** Above the heading: the way to where one came from. */
  back?: { href: string; label: unknown };
  /** Between the way back and the heading: what several pages have in common. */
  above?: unknown;
  /** Right above the heading. */
  symbol?: unknown;
  /** On the heading's line, after it. */
  beside?: unknown;
  main: unknown;
  /** What the window's title begins with. Default: as the status has it; with `undefined`, nothing. */
  problem?: Problem | undefined;
  /** What has just been done, above everything. */
  notice?: unknown;
  /** Run in this order when the page has been parsed, after that of every form. */
  scripts?: readonly Inline[];
  images?: readonly ImageSource[];
  /** Whether a script of the page talks to this server. Default: no. */
  connects?: boolean;
  /** Default: the middle width. `narrow` is for a single form, without the navigation; `wide` is for tables. */
  width?: 'narrow' | 'wide';
}

/** What the frame of a page has to know of the call. */
export type PortalFrame = Pick<PortalCall, 'context' | 'reply' | 'account' | 'language' | 'base' | 'csrf'>;

/** Renders and sends a page of the portal. */
export function sendPortalPage(frame: PortalFrame, status: number, page: PortalPage): Promise<FastifyReply> {
  const { context, language, reply } = frame;
  const { brand, platformName } = context.config;
  const site: DocumentSite = { platformName, realm: context.realm, ...(brand && { brand }) };
  const document = renderDocument({
    site,
    language,
    title: [page.title, ...(page.about ?? [])].join(' · '),
    problem: 'problem' in page ? page.problem : problemOf(status),
    style: styleOf(brand),
    firstScripts: [deliberateScript()],
    scripts: [formsScript(language), ...(page.scripts ?? [])],
    layout: page.width,
    skipLink: html`<a class="skip" href="#main">${language.t('account.frame.skip')}</a>`,
    bar: bar(frame, page, site),
    content: content(frame, page),
    sources: {
      imageOrigins: (page.images ?? []).flatMap(({ origin }) => origin ?? []),
      formOrigins: [],
      connectSelf: page.connects ?? false,
    },
    personal: true,
  });
  return sendPage(reply, status, document);
}

/** The portal answers with 400 when entries are wrong, and with another status when anything else is. */
function problemOf(status: number): Problem | undefined {
  if (status < 400) return undefined;
  return status === 400 ? 'entries' : 'error';
}

function hasNavigation({ account }: PortalFrame, { width }: PortalPage): boolean {
  return account !== undefined && !account.deletionDueAt && width !== 'narrow';
}

function bar(frame: PortalFrame, page: PortalPage, site: DocumentSite): unknown {
  const { account, base, csrf, language } = frame;
  if (!account) return html`<span class="home">${siteName(site)}</span>`;
  const signOut = html`<button class="link">${language.t('account.frame.signOut')}</button>`;
  return html`<a class="home" href=${base}>${siteName(site)}</a>${formFrame(
    { action: `${base}/sign-out`, csrf, layout: 'sign-out' },
    signOut,
  )}${hasNavigation(frame, page) ? menuNavigation(frame, page.navItem) : nothing}`;
}

function content(frame: PortalFrame, page: PortalPage): unknown {
  return html`<div class="frame column">
${hasNavigation(frame, page) ? sideNavigation(frame, page.navItem, page.navParts) : nothing}
<main id="main" tabindex="-1">
${page.notice ? notice(page.notice) : nothing}
<div class="head">${backLink(page)}${page.above ?? nothing}${page.symbol ?? nothing}${heading(page)}${lead(page)}</div>
${page.main}
</main>
</div>`;
}

function heading({ title, beside }: PortalPage): unknown {
  const element = html`<h1>${title}</h1>`;
  return beside ? html`<div class="title">${element}${beside}</div>` : element;
}

/** What has just been done. */
export function notice(text: unknown): unknown {
  return html`<div class="notice" role="status">${checkIcon}<p>${text}</p></div>`;
}

/** What has not been done, although nothing was wrong. */
export function warning(text: unknown): unknown {
  return html`<div class="warning" role="status">${alertIcon}<p>${text}</p></div>`;
}

function backLink({ back }: PortalPage): unknown {
  return back ? html`<p class="back small"><a href=${back.href}>${back.label}</a></p>` : nothing;
}

function lead(page: PortalPage): unknown {
  return page.lead ? html`<p class="muted">${page.lead}</p>` : nothing;
}
