/**
 * Runs in the browser: puts new events at the top of the list as they happen, and announces how many there are. The list can be paused,
 * because it is a log to be read. While the page is hidden, no connection is kept.
 */
export function liveEvents(): void {
  type View = Record<'id' | 'at' | 'tone' | 'requestId' | 'userId', string> & Record<string, string>;
  const root = document.querySelector<HTMLElement>('[data-events]');
  const list = root?.querySelector<HTMLElement>('[data-list]');
  const prototype = list?.querySelector<HTMLElement>('[data-prototype]');
  const bar = root?.querySelector<HTMLElement>('[data-live-bar]');
  if (root && list && prototype && bar) start(rowsOf(root, list, prototype), root, bar);

  /** The list. Its `add` returns false for an event that is not put into it. */
  function rowsOf(root: HTMLElement, list: HTMLElement, prototype: HTMLElement): { add(event: View): boolean } {
    const maxRows = 200;
    const makeRow = (event: View): HTMLElement => {
      const copy = document.importNode(prototype, true);
      copy.hidden = false;
      copy.removeAttribute('data-prototype');
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
    // Ids sort by time. An event that comes again, or belongs to an older page, is left out.
    const add = (event: View): boolean => {
      const rows = [...list.querySelectorAll<HTMLElement>(':scope > [data-id]')];
      if (rows.some((row) => row.dataset.id === event.id)) return false;
      if (root.dataset.more !== undefined && event.id < (rows.at(-1)?.dataset.id ?? '')) return false;
      const next = rows.find((row) => (row.dataset.id ?? '') < event.id);
      list.insertBefore(makeRow(event), next ?? null);
      if (rows.length >= maxRows) {
        rows.at(-1)?.remove();
        root.dataset.more = '';
      }
      list.hidden = false;
      root.querySelector('[data-empty]')?.setAttribute('hidden', '');
      return true;
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
