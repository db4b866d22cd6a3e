// Small help on the registration page. Loaded before the widget's script, so that it notices when that one does not come.

// The platform is out of reach: the form alone still works, so the place for its button goes away.
addEventListener(
  'error',
  (event) => {
    const { target } = event;
    if (!(target instanceof HTMLScriptElement) || target.type !== 'module') return;
    const hide = () => {
      for (const element of document.querySelectorAll('[data-platform]')) element.hidden = true;
    };
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', hide);
    else hide();
  },
  true,
);

addEventListener('DOMContentLoaded', () => {
  const filled = document.querySelector('[data-filled]');
  document.querySelector('signup-with-platform')?.addEventListener('signup-success', () => {
    if (filled) filled.hidden = false;
  });
});

// A second click while the first is under way would find its session gone.
let sent = false;
addEventListener('submit', (event) => {
  if (sent) event.preventDefault();
  else sent = true;
});
// Back from the next page, the form may be sent again.
addEventListener('pageshow', () => {
  sent = false;
});
