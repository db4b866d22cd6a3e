import type { elapsed as Elapsed } from './elapsed.ts';

/**
 * Runs in the browser: puts new events at the top of the list as they happen, or into the attempt that they belong to, and announces how many
 * there are. The list can be paused, because it is a log to be read. While the page is hidden, no connection is kept.
 */
export function liveEvents(elapsed: typeof Elapsed): void {
  type Parts = 'id' | 'at' | 'time' | 'tone' | 'requestId' | 'userId' | 'attempt' | 'outcome' | 'outcomeTone' | 'rank';
  type View = Record<Parts | 'summary', string> & Record<string, string>;
  const root = document.querySelector<HTMLElement>('[data-events]');
  const list = root?.querySelector<HTMLElement>('[data-list]');
  const prototype = list?.querySelector<HTMLElement>('[data-prototype]:not([data-attempt])');
  const attempt = list?.querySelector<HTMLElement>('[data-prototype][data-attempt]');
  const bar = root?.querySelector<HTMLElement>('[data-live-bar]');
  if (root && list && prototype && attempt && bar) start(rowsOf(root, list, { prototype, attempt }), root, bar);

  /** The list. Its `add` returns false for an event that is not put into it. */
  function rowsOf(
    root: HTMLElement,
    list: HTMLElement,
    prototypes: Record<'prototype' | 'attempt', HTMLElement>,
  ): { add(event: View): boolean } {
    const maxRows = 200;
    const copyOf = (prototype: HTMLElement): HTMLElement => {
      const copy = document.importNode(prototype, true);
      copy.hidden = false;
      copy.removeAttribute('data-prototype');
      return copy;
    };
    const makeRow = (event: View): HTMLElement => {
      const copy = copyOf(prototypes.prototype);
      copy.dataset.id = event.id;
      for (const slot of copy.querySelectorAll<HTMLElement>('[data-slot]')) fillSlot(slot, event);
      for (const link of copy.querySelectorAll<HTMLAnchorElement>('[data-search]')) fillLink(link, event);
      return copy;
    };
    const fillSlot = (slot: HTMLElement, event: View) => {
      const value = event[slot.dataset.slot ?? ''] ?? '';
      slot.textContent = value;
      slot.closest<HTMLElement>('[data-part]')?.toggleAttribute('hidden', value === '');
      if (slot.dataset.tone) slot.dataset.tone = event.tone;
      if (slot instanceof HTMLTimeElement) slot.dateTime = event.at;
    };
    const fillLink = (link: HTMLAnchorElement, event: View) => {
      const value = event[link.dataset.search ?? ''] ?? '';
      link.href = `${root.dataset.path}?${new URLSearchParams({ q: value })}`;
      const text = link.querySelector('bdi');
      if (text) text.textContent = value;
      link.closest<HTMLElement>('[data-part]')?.toggleAttribute('hidden', value === '');
    };
    const rows = () => [...list.querySelectorAll<HTMLElement>(':scope > [data-key]:not([data-prototype])')];
    // Ids sort by time. A row that belongs to an older page is left out.
    const place = (row: HTMLElement, key: string): boolean => {
      const known = rows();
      if (root.dataset.more !== undefined && key < (known.at(-1)?.dataset.key ?? '')) return false;
      row.dataset.key = key;
      list.insertBefore(row, known.find((other) => (other.dataset.key ?? '') < key) ?? null);
      if (known.length >= maxRows) {
        known.at(-1)?.remove();
        root.dataset.more = '';
      }
      list.hidden = false;
      root.querySelector('[data-empty]')?.setAttribute('hidden', '');
      return true;
    };
    // An attempt stays where it is, because somebody may be reading it.
    const addStep = (event: View): boolean => {
      const known = rows().find((row) => row.dataset.attempt === event.attempt);
      const row = known ?? copyOf(prototypes.attempt);
      const steps = row.querySelector<HTMLElement>('[data-steps]');
      if (!steps || (!known && !place(row, event.id))) return false;
      row.dataset.attempt = event.attempt;
      const later = [...steps.querySelectorAll<HTMLElement>(':scope > [data-id]')].find(
        (step) => (step.dataset.id ?? '') > event.id,
      );
      steps.insertBefore(makeRow(event), later ?? null);
      tellAttempt(row, event);
      retime(row, steps, event);
      return true;
    };
    /** The step with the highest rank says how the attempt stands. */
    const tellAttempt = (row: HTMLElement, event: View) => {
      const user = row.querySelector<HTMLElement>('[data-user]');
      if (user && event.userId) {
        user.textContent = event.userId;
        user.closest<HTMLElement>('[data-part]')?.removeAttribute('hidden');
      }
      if (event.rank < (row.dataset.rank ?? '')) return;
      row.dataset.rank = event.rank;
      const [outcome, decided] = [
        row.querySelector<HTMLElement>('[data-outcome]'),
        row.querySelector('[data-decided]'),
      ];
      if (outcome) {
        outcome.textContent = event.outcome;
        outcome.dataset.tone = event.outcomeTone;
      }
      if (decided) decided.textContent = event.summary;
    };
    /** Each step says how long after the first it was. */
    const retime = (row: HTMLElement, steps: HTMLElement, event: View) => {
      const times = [...steps.querySelectorAll<HTMLTimeElement>('summary time')];
      const after = times.map(({ dateTime }) => Date.parse(dateTime) - Date.parse(times[0]?.dateTime ?? ''));
      const { lang } = document.documentElement;
      for (const [index, time] of times.entries()) time.textContent = elapsed(lang, after[index] ?? 0, 'always');
      const [began, took] = [row.querySelector<HTMLTimeElement>('[data-began]'), row.querySelector('[data-took]')];
      if (took) took.textContent = elapsed(lang, after.at(-1) ?? 0, 'auto');
      if (began && times[0]?.dateTime === event.at) {
        began.dateTime = event.at;
        began.textContent = event.time;
      }
    };
    const add = (event: View): boolean => {
      if (list.querySelector(`[data-id="${event.id}"]`)) return false;
      return event.attempt ? addStep(event) : place(makeRow(event), event.id);
    };
    return { add };
  }

  /** Says at most once a second how many events have come. The phrases are for one event, for two and so on; the last is for more. */
  function announcerOf(announcer: HTMLElement): { count(): void } {
    const delayMs = 1_000;
    const phrases: readonly string[] = JSON.parse(announcer.dataset.phrases ?? '[]');
    let unannounced = 0;
    const announce = () => {
      announcer.textContent = phrases[Math.min(unannounced, phrases.length) - 1] ?? '';
      unannounced = 0;
    };
    const count = () => {
      if (unannounced === 0) setTimeout(announce, delayMs);
      unannounced += 1;
    };
    return { count };
  }

  function start(rows: { add(event: View): boolean }, root: HTMLElement, bar: HTMLElement): void {
    const toggle = bar.querySelector<HTMLButtonElement>('[data-toggle-live]');
    const state = bar.querySelector<HTMLElement>('[data-state]');
    const announcer = bar.querySelector<HTMLElement>('[data-announce]');
    if (!toggle || !state || !announcer) return;
    const announced = announcerOf(announcer);
    let source: EventSource | undefined;
    let isWanted = true;
    let newest = root.dataset.after ?? '';

    const tell = (key: 'on' | 'paused' | 'reconnecting' | 'stopped') => {
      bar.dataset.live = key;
      state.textContent = state.dataset[key] ?? '';
    };
    const receive = ({ data }: MessageEvent) => {
      const event: View = JSON.parse(data);
      if (!rows.add(event)) return;
      if (event.id > newest) newest = event.id;
      announced.count();
    };
    const listen = () => {
      source?.close();
      source = undefined;
      if (!isWanted || document.hidden) return;
      const address = new URL(root.dataset.stream ?? '', location.href);
      if (newest) address.searchParams.set('after', newest);
      const opened = new EventSource(address);
      source = opened;
      opened.addEventListener('open', () => tell('on'));
      opened.addEventListener('error', () =>
        tell(opened.readyState === EventSource.CLOSED ? 'stopped' : 'reconnecting'),
      );
      opened.addEventListener('message', receive);
    };

    toggle.addEventListener('click', () => {
      isWanted = !isWanted;
      toggle.setAttribute('aria-pressed', String(isWanted));
      if (!isWanted) tell('paused');
      listen();
    });
    document.addEventListener('visibilitychange', listen);
    window.addEventListener('pagehide', () => source?.close());
    window.addEventListener('pageshow', (event) => {
      if (event.persisted) listen();
    });
    bar.hidden = false;
    listen();
  }
}
