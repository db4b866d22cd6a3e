/**
 * Runs in the browser: copies examples, switches all examples to the chosen language, and marks the current section in the navigation.
 * The page shows all its content without it, too.
 */
export function docsScript(): void {
  const shownMs = 2_000;
  const status = document.querySelector<HTMLElement>('[data-status]');
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
        // Without access to the clipboard, select the code, so that the reader can copy it.
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
    // Examples above grow or shrink, too, so scroll to keep the reader's position.
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
          // Not scrollIntoView, because it would stop a smooth scroll of the page.
          if (side && (top < side.getBoundingClientRect().top || bottom > innerHeight))
            side.scrollTop = link.offsetTop - 120;
        } else link.removeAttribute('aria-current');
      }
    },
    { rootMargin: '-10% 0px -80%' },
  );
  for (const section of document.querySelectorAll('main section[id]')) observer.observe(section);

  // On a narrow screen, close the menu after a choice.
  const menu = document.querySelector<HTMLDetailsElement>('.menu');
  menu?.addEventListener('click', ({ target }) => {
    if (target instanceof HTMLAnchorElement) menu.open = false;
  });
}
