import MiniSearch from 'minisearch';
import { type Found, find } from './find.ts';
import { say } from './say.ts';
import { SEARCH_OPTIONS, type SearchDocument } from './search-options.ts';

/** Where to look, or whom to ask, when the search has nothing. */
const ELSEWHERE: readonly Found[] = [
  { id: '/docs', heading: 'Where the documentation begins', page: 'with a table of what to read for what' },
  { id: '/docs/faq', heading: 'Questions', page: 'that many people ask' },
  { id: '/docs/api', heading: 'API reference', page: 'every call and error code' },
  { id: '/docs/contact', heading: 'Contact', page: 'support and community' },
];

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
      const found = find(index, text);
      list.replaceChildren(...(found.length === 0 ? [nothing(text), ...ELSEWHERE.map(row)] : found.map(row)));
      list.hidden = false;
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
    const isResult = list.querySelector('.nothing') === null;
    if (event.key === 'Enter' && document.activeElement === input && isResult) links()[0]?.click();
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

function nothing(text: string): HTMLElement {
  const item = document.createElement('li');
  item.className = 'nothing';
  item.textContent = `Nothing found for “${text}”. Try another word, or look here:`;
  return item;
}

function row({ id, heading, page }: Found): HTMLElement {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = id;
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
