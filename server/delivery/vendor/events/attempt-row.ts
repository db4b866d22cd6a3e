import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { type Outcome, outcomeOf, rankOf } from '#events/outcome.ts';
import { chevronIcon } from '#pages/icons.ts';
import type { RecordedEvent } from '#storage/app-events.ts';
import type { Steps } from './entries.ts';
import { stepRow } from './event-row.ts';
import { type EventView, outcomeTone } from './event-view.ts';
import { elapsed } from './scripts/elapsed.ts';

/** An attempt as the page shows it. */
interface AttemptView {
  id: string;
  /** The newest step. */
  key: string;
  outcome: string;
  tone: EventView['tone'];
  /** Of the step that decided: see {@link rankOf}. */
  rank: string;
  summary: string;
  /** When it began, ISO 8601 and as text. */
  at: string;
  time: string;
  took: string;
  userId: string;
}

/** Stands for attempts that are still to come. */
const NO_ATTEMPT: AttemptView = {
  id: '',
  key: '',
  outcome: '',
  tone: 'plain',
  rank: '',
  summary: '',
  at: '',
  time: '',
  took: '',
  userId: '',
};

type ViewOf = (event: RecordedEvent) => EventView;

/** One attempt of the list: a line that opens, and its steps. @param path of the page that lists the events */
export function attemptRow(language: Language, steps: Steps, viewOf: ViewOf, path: string): unknown {
  const [first] = steps;
  const since = (event: RecordedEvent) => elapsed(language.tag, event.at.getTime() - first.at.getTime(), 'always');
  const rows = steps.map((event) => stepRow(language, viewOf(event), { path, since: since(event) }));
  return attemptElement(language, viewOfAttempt(language, steps), rows);
}

/** The attempt without steps that the page's script makes copies of. */
export function prototypeAttempt(language: Language): unknown {
  return attemptElement(language, NO_ATTEMPT, nothing);
}

function viewOfAttempt({ t, tag, timestamp }: Language, steps: Steps): AttemptView {
  const { outcome, by } = outcomeOf(steps, Date.now());
  const [first] = steps;
  const last = steps.at(-1) ?? first;
  return {
    id: first.attempt ?? '',
    key: last.id,
    outcome: t(`vendor.events.outcomes.${outcome}` satisfies `vendor.events.outcomes.${Outcome}`),
    tone: outcomeTone(outcome),
    rank: rankOf(by),
    summary: by.summary,
    at: first.at.toISOString(),
    time: timestamp(first.at),
    took: elapsed(tag, last.at.getTime() - first.at.getTime(), 'auto'),
    userId: steps.findLast(({ userId }) => userId !== undefined)?.userId ?? '',
  };
}

function attemptElement({ t }: Language, attempt: AttemptView, steps: unknown): unknown {
  const isPrototype = attempt.id === '';
  const user = html`<span data-part ?hidden=${attempt.userId === ''}> · <bdi dir="ltr"
 data-user>${attempt.userId}</bdi></span>`;
  return html`<li data-attempt=${attempt.id} data-key=${attempt.key} data-rank=${attempt.rank}
 ?data-prototype=${isPrototype} ?hidden=${isPrototype}><details>
<summary><span class="tag" data-outcome data-tone=${attempt.tone}>${attempt.outcome}</span><span
 class="what"><span><bdi lang="en" dir="ltr" data-decided>${attempt.summary}</bdi></span><span
 class="small muted"><time datetime=${attempt.at} data-began>${attempt.time}</time> · <bdi
 data-took>${attempt.took}</bdi>${user}</span></span>${chevronIcon}</summary>
<ol class="log steps" aria-label=${t('vendor.events.steps')} data-steps>${steps}</ol></details></li>`;
}
