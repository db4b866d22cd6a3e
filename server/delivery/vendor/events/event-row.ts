import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { chevronIcon } from '#pages/icons.ts';
import { isolateLeftToRight } from '#pages/text.ts';
import { queryOf } from './event-query.ts';
import type { EventView } from './event-view.ts';

/** Stands for events that are still to come: the page's script makes copies of its row. */
const NO_EVENT: EventView = {
  id: '',
  at: '',
  time: '',
  tag: '',
  tone: 'plain',
  summary: '',
  status: '',
  requestId: '',
  attempt: '',
  outcome: '',
  outcomeTone: 'plain',
  rank: '',
  userId: '',
  detail: '',
  advice: '',
};

interface Row {
  event: EventView;
  /** Of the page that lists the events. */
  path: string;
  /** Hidden, with every part that an event may have. */
  isPrototype: boolean;
  /** Of an attempt's step: how long after the first it was. */
  since?: string;
}

/** One event of the list: a line that opens. @param path of the page that lists the events */
export function eventRow(language: Language, event: EventView, path: string): unknown {
  return rowElement(language, { event, path, isPrototype: false });
}

/** One step of an attempt, with the time since the first. */
export function stepRow(
  language: Language,
  event: EventView,
  { path, since }: { path: string; since: string },
): unknown {
  return rowElement(language, { event, path, isPrototype: false, since });
}

/** The row that the page's script makes copies of. */
export function prototypeRow(language: Language, path: string): unknown {
  return rowElement(language, { event: NO_EVENT, path, isPrototype: true });
}

function rowElement(language: Language, row: Row): unknown {
  const { event, isPrototype } = row;
  const key = row.since === undefined ? event.id || nothing : nothing;
  return html`<li data-id=${event.id || nothing} data-key=${key} ?data-prototype=${isPrototype} ?hidden=${isPrototype}><details>
${summary(row)}
${details(language, row)}</details></li>`;
}

/** A part that is left out when the event has no such value, unless the script will fill it in. */
function part({ isPrototype }: Row, value: string, content: unknown): unknown {
  return value || isPrototype ? content : nothing;
}

function summary(row: Row): unknown {
  const { event } = row;
  const id = (slot: 'requestId' | 'userId') =>
    part(row, event[slot], html`<span data-part> · <bdi dir="ltr" data-slot=${slot}>${event[slot]}</bdi></span>`);
  const status = html`<span class="number" data-part><bdi data-slot="status">${event.status}</bdi></span>`;
  const time = html`<time datetime=${event.at} data-slot="time">${row.since ?? event.time}</time>`;
  return html`<summary><span class="tag" data-slot="tag" data-tone=${event.tone}>${event.tag}</span><span
 class="what"><span><bdi lang="en" dir="ltr" data-slot="summary">${event.summary}</bdi></span><span
 class="small muted">${time}${id('requestId')}${id('userId')}</span></span>${part(
   row,
   event.status,
   status,
 )}${chevronIcon}</summary>`;
}

function details({ t }: Language, row: Row): unknown {
  const { event, path } = row;
  const fact = (slot: 'requestId' | 'userId') => {
    const href = `${path}${queryOf({ group: undefined, search: event[slot] })}`;
    const link = html`<a data-search=${slot} href=${href}><code>${isolateLeftToRight(event[slot])}</code></a>`;
    return part(row, event[slot], html`<div data-part><dt>${t(`vendor.events.${slot}`)}</dt><dd>${link}</dd></div>`);
  };
  const advice = html`<div data-part><h2>${t('vendor.events.whatToDo')}</h2>
<p data-slot="advice">${event.advice}</p></div>`;
  const facts = html`<dl class="facts">${fact('requestId')}${fact('userId')}</dl>`;
  return html`<div class="stack">
${part(row, event.advice, advice)}
${part(row, event.requestId || event.userId, facts)}
<div><h2>${t('vendor.events.details')}</h2><pre lang="en" dir="ltr"
 data-slot="detail">${event.detail}</pre></div>
</div>`;
}
