/**
 * Runs in the browser: copies examples, keeps the chosen language for all of them, and marks in the navigation where the reader is.
 * Without it the page has all of its content.
 */
export function docsScript(): void {
  const shownMs = 2_000;
  const status = document.querySelector<HTMLElement>('[data-copy-status]');
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const panels = [...(button.parentElement?.querySelectorAll<HTMLElement>('.panel') ?? [])];
      const code = panels.find((panel) => panel.checkVisibility())?.querySelector('pre');
      if (!code) return;
      try {
        await navigator.clipboard.writeText(code.textContent ?? '');
        button.dataset['copied'] = '';
        if (status) status.textContent = 'Copied';
      } catch {
        // No clipboard here: what is selected can be copied by hand.
        getSelection()?.selectAllChildren(code);
        if (status) status.textContent = 'Selected; copy it with the keyboard';
      }
      setTimeout(() => {
        delete button.dataset['copied'];
        if (status) status.textContent = '';
      }, shownMs);
    });
  }

  document.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== 'radio') return;
    // What is above grows or shrinks, too: the reader stays where they are.
    const before = target.getBoundingClientRect().top;
    for (const other of document.querySelectorAll<HTMLInputElement>('.tab input')) {
      if (other.value === target.value) other.checked = true;
    }
    scrollBy({ top: target.getBoundingClientRect().top - before, behavior: 'instant' });
  });

  const side = document.querySelector<HTMLElement>('.side');
  const links = [...document.querySelectorAll<HTMLAnchorElement>('.side a')];
  const observer = new IntersectionObserver(
    (entries) => {
      const entry = entries.find(({ isIntersecting }) => isIntersecting);
      if (!entry) return;
      for (const link of links) {
        if (link.hash === `#${entry.target.id}`) {
          link.setAttribute('aria-current', 'true');
          const { top, bottom } = link.getBoundingClientRect();
          // Not scrollIntoView, which would end a scroll of the page that is under way.
          if (side && (top < side.getBoundingClientRect().top || bottom > innerHeight))
            side.scrollTop = link.offsetTop - 120;
        } else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-10% 0px -80%' },
  );
  for (const section of document.querySelectorAll('main section[id]')) observer.observe(section);

  // On a narrow screen the contents give way to what was chosen.
  const menu = document.querySelector<HTMLDetailsElement>('.menu');
  menu?.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLAnchorElement) menu.open = false;
  });
}
