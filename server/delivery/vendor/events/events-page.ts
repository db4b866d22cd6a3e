import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { EVENT_GROUP_NAMES } from '#events/app-event.ts';
import { selectField } from '#pages/forms.ts';
import { inlineScript } from '#pages/inline.ts';
import type { PortalPage } from '#portal/layout.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import { APP_EVENT_LIFETIME_MS, type EventPage } from '#storage/app-events.ts';
import { environmentPath } from '../app-layout.ts';
import { linkButton } from '../form-buttons.ts';
import { attemptRow, prototypeAttempt } from './attempt-row.ts';
import type { Entry } from './entries.ts';
import { type EventQuery, MAX_SEARCH_LENGTH, queryOf } from './event-query.ts';
import { eventRow, prototypeRow } from './event-row.ts';
import { eventViewer } from './event-view.ts';
import { MAX_EXPORTED } from './export.ts';
import type { ExportFormat } from './export-file.ts';
import { elapsed } from './scripts/elapsed.ts';
import { liveEvents } from './scripts/live-events.ts';

const liveScript = inlineScript(liveEvents, elapsed);
const DAY_MS = 24 * 60 * 60 * 1000;
/** How many new events of one second are announced by their number. */
const MAX_COUNTED = 20;

/** A page of the log, and where it is. */
interface Log {
  query: EventQuery;
  /** Of the page without a query. */
  path: string;
  /** The event before which the next page begins. */
  next: string | undefined;
}

export function eventsPage(
  call: EnvironmentCall,
  query: EventQuery,
  { entries, events, next }: EventPage & { entries: readonly Entry[] },
): PortalPage {
  const { language } = call;
  const { t } = language;
  const path = `${environmentPath(call)}/events`;
  const log: Log = { query, path, next };
  const isNewest = query.before === undefined;
  const view = eventViewer(language);
  const rows = entries.map((entry) =>
    'steps' in entry ? attemptRow(language, entry.steps, view, path) : eventRow(language, view(entry.event), path),
  );
  return {
    title: t('vendor.events.title'),
    lead: t('vendor.events.lead'),
    connects: isNewest,
    scripts: isNewest ? [liveScript()] : [],
    main: html`${filterForm(language, log)}
<section class="stack" data-events data-stream="${path}/stream${queryOf(query)}" data-path=${path}
 data-after=${events[0]?.id ?? nothing} ?data-more=${next !== undefined}>
${isNewest ? liveBar(language) : nothing}
<p class="empty" data-empty ?hidden=${entries.length > 0}>${emptyText(language, log)}</p>
<ol class="log" aria-label=${t('vendor.events.list')} data-list ?hidden=${entries.length === 0}>${
      isNewest ? [prototypeRow(language, path), prototypeAttempt(language)] : nothing
    }${rows}</ol>
${pager(language, log)}
</section>
${exportForm(call, log)}
<p class="small muted">${t('vendor.events.kept', { duration: lifetime(language) })}</p>`,
  };
}

const lifetime = ({ duration }: Language) => duration(APP_EVENT_LIFETIME_MS / DAY_MS, 'day');

function filterForm({ t }: Language, { query, path }: Log): unknown {
  const option = (value: string, label: string) =>
    html`<option value=${value} ?selected=${value === (query.group ?? '')}>${label}</option>`;
  const groups = EVENT_GROUP_NAMES.map((name) => option(name, t(`vendor.events.groups.${name}`)));
  const isFiltered = query.group !== undefined || query.search !== '';
  const group = selectField({
    name: 'group',
    label: t('vendor.events.group'),
    options: html`${option('', t('vendor.events.groups.all'))}${groups}`,
  });
  const clear = html`<a class="link" href=${path}>${t('vendor.events.clear')}</a>`;
  return html`<search><form class="filter" action=${path} aria-label=${t('vendor.events.filter')}>
${group}
<div class="input grow"><label for="q">${t('vendor.events.search')}</label><span class="control"><input
 id="q" name="q" type="search" value=${query.search} maxlength=${MAX_SEARCH_LENGTH} autocomplete="off"
 autocapitalize="none" spellcheck="false" aria-describedby="q-hint"></span><p
 class="hint" id="q-hint">${t('vendor.events.searchHint')}</p></div>
<div class="buttons"><button
 class="button secondary">${t('vendor.events.apply')}</button>${isFiltered ? clear : nothing}</div>
</form></search>`;
}

/** Says whether new events appear, and switches that off and on. Hidden where scripts do not run, because nothing appears there. */
function liveBar({ t }: Language): unknown {
  const counted = Array.from({ length: MAX_COUNTED }, (_, index) => t('vendor.events.newEvents', { count: index + 1 }));
  // The script has no catalogue, so it gets every phrase that it may say.
  const phrases = [...counted, t('vendor.events.moreNewEvents', { count: MAX_COUNTED })];
  return html`<div class="live" data-live-bar hidden><button class="button secondary" type="button" data-toggle-live
 aria-pressed="true" title=${t('vendor.events.liveHint')}>${t('vendor.events.live')}</button><p
 class="small muted" data-state data-on=${t('vendor.events.liveOn')} data-paused=${t('vendor.events.livePaused')}
 data-reconnecting=${t('vendor.events.liveReconnecting')} data-stopped=${t('vendor.events.liveStopped')}></p><p
 class="hidden" role="status" data-announce data-phrases=${JSON.stringify(phrases)}></p></div>`;
}

function emptyText(language: Language, { query: { group, search, before }, next }: Log): string {
  const { t } = language;
  if (next !== undefined) return t('vendor.events.noneFoundYet');
  const isWholeLog = group === undefined && search === '' && before === undefined;
  return isWholeLog ? t('vendor.events.none', { duration: lifetime(language) }) : t('vendor.events.noneFound');
}

/** A file is made anew each time, so its form has no number of its own, by which an answer would be kept. */
function exportForm({ csrf, language: { t } }: EnvironmentCall, { path, query: { group, search } }: Log): unknown {
  const hidden = (name: string, value: string) => html`<input type="hidden" name=${name} value=${value}>`;
  const button = (format: ExportFormat, label: string) =>
    html`<button class="button secondary" name="format" value=${format}>${label}</button>`;
  return html`<form class="export" method="post" data-download action="${path}/export" aria-label=${t('vendor.events.download')}>
${hidden('csrf', csrf)}${group ? hidden('group', group) : nothing}${search ? hidden('q', search) : nothing}
<div class="buttons">${button('csv', t('vendor.events.downloadCsv'))}${button('jsonl', t('vendor.events.downloadJson'))}</div>
<p class="small muted">${t('vendor.events.downloadHint', { max: MAX_EXPORTED })}</p></form>`;
}

function pager({ t }: Language, { query, path, next }: Log): unknown {
  if (next === undefined && query.before === undefined) return nothing;
  const newest = linkButton(`${path}${queryOf(query)}`, t('vendor.events.newest'));
  const older = linkButton(`${path}${queryOf(query, { before: next })}`, t('vendor.events.older'));
  return html`<nav class="buttons" aria-label=${t('vendor.events.pages')}>${
    query.before === undefined ? nothing : newest
  }${next === undefined ? nothing : older}</nav>`;
}
