/**
 * Runs in the browser: puts new events at the top of the list as they happen, and says how many there are. The list is a log to be read,
 * so it can be paused; nobody listens while the page is not in sight.
 */
export function liveEvents(): void {
  type View = Record<'id' | 'at' | 'tone' | 'requestId' | 'userId', string> & Record<string, string>;
  const maxRows = 200;
  const announceDelayMs = 1_000;

  const root = document.querySelector<HTMLElement>('[data-events]');
  const list = root?.querySelector<HTMLElement>('[data-list]');
  const prototype = list?.querySelector<HTMLElement>('[data-prototype]');
  const bar = root?.querySelector<HTMLElement>('[data-live-bar]');
  const toggle = bar?.querySelector<HTMLButtonElement>('[data-toggle-live]');
  const state = bar?.querySelector<HTMLElement>('[data-state]');
  const announcer = bar?.querySelector<HTMLElement>('[data-announce]');
  if (!root || !list || !prototype || !bar || !toggle || !state || !announcer) return;

  let source: EventSource | undefined;
  let isWanted = true;
  let newest = root.dataset.after ?? '';
  let unannounced = 0;

  const rowsOf = () => [...list.querySelectorAll<HTMLElement>(':scope > [data-id]')];
  const tell = (key: 'on' | 'paused' | 'reconnecting' | 'stopped') => {
    bar.dataset.live = key;
    state.textContent = state.dataset[key] ?? '';
  };

  const makeRow = (event: View): HTMLElement => {
    const row = prototype.cloneNode(true) as HTMLElement;
    row.hidden = false;
    row.removeAttribute('data-prototype');
    row.dataset.id = event.id;
    for (const slot of row.querySelectorAll<HTMLElement>('[data-slot]')) {
      const value = event[slot.dataset.slot ?? ''] ?? '';
      slot.textContent = value;
      slot.closest<HTMLElement>('[data-part]')?.toggleAttribute('hidden', value === '');
      if (slot.dataset.tone) slot.dataset.tone = event.tone;
      if (slot instanceof HTMLTimeElement) slot.dateTime = event.at;
    }
    for (const link of row.querySelectorAll<HTMLAnchorElement>('[data-search]')) {
      const value = event[link.dataset.search ?? ''] ?? '';
      link.href = `${root.dataset.path}?${new URLSearchParams({ q: value })}`;
      const text = link.querySelector('bdi');
      if (text) text.textContent = value;
      link.closest<HTMLElement>('[data-part]')?.toggleAttribute('hidden', value === '');
    }
    return row;
  };

  // Ids sort by time. What comes again, or belongs to an older page, is left out.
  const add = (event: View): boolean => {
    const rows = rowsOf();
    const oldest = rows.at(-1)?.dataset.id ?? '';
    if (rows.some((row) => row.dataset.id === event.id)) return false;
    if (root.dataset.more !== undefined && event.id < oldest) return false;
    const next = rows.find((row) => (row.dataset.id ?? '') < event.id);
    list.insertBefore(makeRow(event), next ?? null);
    if (rows.length >= maxRows) {
      rows.at(-1)?.remove();
      root.dataset.more = '';
    }
    if (event.id > newest) newest = event.id;
    return true;
  };

  const announce = () => {
    announcer.textContent = (announcer.dataset.text ?? '').replace('{count}', String(unannounced));
    unannounced = 0;
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
    opened.addEventListener('error', () => tell(opened.readyState === EventSource.CLOSED ? 'stopped' : 'reconnecting'));
    opened.addEventListener('message', ({ data }) => {
      if (!add(JSON.parse(data))) return;
      list.hidden = false;
      root.querySelector('[data-empty]')?.setAttribute('hidden', '');
      if (unannounced === 0) setTimeout(announce, announceDelayMs);
      unannounced += 1;
    });
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
