import { html } from '@lit-labs/ssr';
import { nothing } from 'lit';
import { EVENT_GROUP_NAMES } from '#events/app-event.ts';
import { chevronIcon } from '#pages/icons.ts';
import { inlineScript } from '#pages/inline.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import type { PortalPage } from '#portal/layout.ts';
import type { EnvironmentCall } from '#portal/route.ts';
import type { EventPage } from '#storage/app-events.ts';
import { environmentPath } from '../app-layout.ts';
import { type EventQuery, MAX_SEARCH_LENGTH, queryOf } from './event-query.ts';
import { type EventView, eventViewer } from './event-view.ts';
import { liveEvents } from './scripts/live-events.ts';
import { type EventStrings, eventStrings } from './strings.ts';

const liveScript = inlineScript(liveEvents);

/** Stands for events that are still to come: the script of the page makes copies of its row. */
const NO_EVENT: EventView = {
  id: '',
  at: '',
  time: '',
  tag: '',
  tone: 'plain',
  summary: '',
  status: '',
  requestId: '',
  userId: '',
  detail: '',
  advice: '',
};

export function eventsPage(call: EnvironmentCall, query: EventQuery, { events, next }: EventPage): PortalPage {
  const strings = eventStrings(call.language);
  const path = `${environmentPath(call)}/events`;
  const view = eventViewer(call.language);
  const isNewest = query.before === undefined;
  const rows = events.map((event) => eventRow(view(event), path, strings));
  return {
    title: strings.title,
    lead: strings.lead,
    connects: isNewest,
    scripts: isNewest ? [liveScript()] : [],
    main: html`${filterForm(path, query, strings)}
<section class="stack" data-events data-stream="${path}/stream${queryOf(query)}" data-path=${path} data-after=${events[0]?.id ?? nothing} ?data-more=${next !== undefined}>
${isNewest ? liveBar(strings) : nothing}
<p class="empty" data-empty ?hidden=${events.length > 0}>${emptyText(query, next, strings)}</p>
<ol class="log" aria-label=${strings.list} data-list ?hidden=${events.length === 0}>${isNewest ? eventRow(NO_EVENT, path, strings, true) : nothing}${rows}</ol>
${pager(path, query, next, strings)}
</section>
<p class="small muted">${strings.kept}</p>`,
  };
}

function filterForm(path: string, query: EventQuery, strings: EventStrings): unknown {
  const option = (value: string, label: string) =>
    html`<option value=${value} ?selected=${value === (query.group ?? '')}>${label}</option>`;
  const isFiltered = query.group !== undefined || query.search !== '';
  return html`<search><form class="filter" action=${path} aria-label=${strings.filter}>
<div class="input"><label for="group">${strings.group}</label><span class="control"><select id="group" name="group">${option('', strings.groups.all)}${EVENT_GROUP_NAMES.map((name) => option(name, strings.groups[name]))}</select>${chevronIcon}</span></div>
<div class="input grow"><label for="q">${strings.search}</label><span class="control"><input id="q" name="q" type="search" value=${query.search} maxlength=${MAX_SEARCH_LENGTH} autocomplete="off" autocapitalize="none" spellcheck="false" placeholder=${strings.searchHint}></span></div>
<div class="buttons"><button class="button secondary">${strings.apply}</button>${isFiltered ? html`<a class="link" href=${path}>${strings.clear}</a>` : nothing}</div>
</form></search>`;
}

/** Without script there is nothing to switch. */
function liveBar(strings: EventStrings): unknown {
  return html`<div class="live" data-live-bar hidden><button class="button secondary" type="button" data-toggle-live aria-pressed="true" title=${strings.liveHint}>${strings.live}</button><p class="small muted" data-state data-on=${strings.liveOn} data-paused=${strings.livePaused} data-reconnecting=${strings.liveReconnecting} data-stopped=${strings.liveStopped}></p><p class="hidden" role="status" data-announce data-text=${strings.newEvents}></p></div>`;
}

function emptyText({ group, search, before }: EventQuery, next: string | undefined, strings: EventStrings): string {
  if (next !== undefined) return strings.noneFoundYet;
  return group === undefined && search === '' && before === undefined ? strings.none : strings.noneFound;
}

/** @param isPrototype hidden, with every part that an event may have */
function eventRow(event: EventView, path: string, strings: EventStrings, isPrototype = false): unknown {
  const part = (value: string, content: unknown) => (value || isPrototype ? content : nothing);
  const fact = (slot: 'requestId' | 'userId') =>
    part(
      event[slot],
      html`<div data-part><dt>${strings[slot]}</dt><dd><a data-search=${slot} href="${path}${queryOf({ group: undefined, search: event[slot] })}"><code>${isolateLeftToRight(event[slot])}</code></a></dd></div>`,
    );
  const aside = (slot: 'requestId' | 'userId') =>
    part(event[slot], html`<span data-part> · <bdi dir="ltr" data-slot=${slot}>${event[slot]}</bdi></span>`);
  return html`<li data-id=${event.id || nothing} ?data-prototype=${isPrototype} ?hidden=${isPrototype}><details>
<summary><span class="tag" data-slot="tag" data-tone=${event.tone}>${event.tag}</span><span class="what"><span><bdi lang="en" dir="ltr" data-slot="summary">${event.summary}</bdi></span><span class="small muted"><time datetime=${event.at} data-slot="time">${event.time}</time>${aside('requestId')}${aside('userId')}</span></span>${part(event.status, html`<span class="number" data-part><bdi data-slot="status">${event.status}</bdi></span>`)}${chevronIcon}</summary>
<div class="stack">
${part(event.advice, html`<div data-part><h2>${strings.whatToDo}</h2><p data-slot="advice">${event.advice}</p></div>`)}
${part(event.requestId || event.userId, html`<dl class="facts">${fact('requestId')}${fact('userId')}</dl>`)}
<div><h2>${strings.details}</h2><pre lang="en" dir="ltr" tabindex="0" data-slot="detail">${event.detail}</pre></div>
</div></details></li>`;
}

function pager(path: string, query: EventQuery, next: string | undefined, strings: EventStrings): unknown {
  if (next === undefined && query.before === undefined) return nothing;
  return html`<nav class="buttons" aria-label=${strings.pages}>${
    query.before === undefined
      ? nothing
      : html`<a class="button secondary" href="${path}${queryOf(query)}">${strings.newest}</a>`
  }${
    next === undefined
      ? nothing
      : html`<a class="button secondary" href="${path}${queryOf(query, { before: next })}">${strings.older}</a>`
  }</nav>`;
}
