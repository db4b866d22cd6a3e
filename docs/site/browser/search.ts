import MiniSearch from 'minisearch';
import { say } from './say.ts';
import { SEARCH_OPTIONS, type SearchDocument } from './search-options.ts';

const MAX_RESULTS = 12;

/** Makes the search box of the header work. The index comes from this server, once, when somebody goes to the box. */
export function addSearch(): void {
  const box = document.querySelector<HTMLElement>('[data-search]');
  const input = box?.querySelector('input');
  const list = box?.querySelector('ul');
  const address = box?.dataset['search'];
  if (!box || !input || !list || !address) return;
  box.hidden = false;

  let loaded: Promise<MiniSearch<SearchDocument>> | undefined;
  const load = () => {
    loaded ??= fetch(address)
      .then((response) => response.text())
      .then((text) => MiniSearch.loadJSON<SearchDocument>(text, SEARCH_OPTIONS));
    loaded.catch(() => {
      loaded = undefined;
    });
    return loaded;
  };
  input.addEventListener('focus', () => void load().catch(() => {}), { once: true });

  const close = () => {
    list.hidden = true;
  };
  const show = async () => {
    const text = input.value.trim();
    if (text === '') return close();
    try {
      const index = await load();
      if (input.value.trim() !== text) return;
      const found = index.search(text).slice(0, MAX_RESULTS);
      list.replaceChildren(...found.map(({ id, heading, page }) => row(id, String(heading), String(page))));
      list.hidden = found.length === 0;
      say(found.length === 0 ? `Nothing found for “${text}”` : `${found.length} results`);
    } catch {
      say('The search could not be loaded. Try again.');
    }
  };
  input.addEventListener('input', () => void show());
  input.addEventListener('focus', () => void show());

  const links = () => [...list.querySelectorAll('a')];
  box.addEventListener('keydown', (event) => {
    const all: HTMLElement[] = [input, ...links()];
    const at = all.findIndex((element) => element.matches(':focus'));
    if (event.key === 'Escape') {
      input.focus();
      close();
    }
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && !list.hidden) {
      event.preventDefault();
      all[(at + step + all.length) % all.length]?.focus();
    }
    if (event.key === 'Enter' && document.activeElement === input) links()[0]?.click();
  });
  box.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && box.contains(relatedTarget))) close();
  });
  list.addEventListener('click', close);
  document.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest('input,textarea,select');
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
}

function row(address: string, heading: string, page: string): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = address;
  const name = document.createElement('b');
  name.textContent = heading;
  link.append(name);
  if (page !== heading) {
    const where = document.createElement('span');
    where.textContent = page;
    link.append(' ', where);
  }
  item.append(link);
  return item;
}
