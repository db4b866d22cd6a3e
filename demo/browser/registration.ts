// Small help on the registration page. It is a classic script before the widget's, so that it notices when that one does not load.

// Where the platform is out of reach, the form alone still works, so the place for the platform's button is hidden.
addEventListener(
  'error',
  ({ target }) => {
    if (!(target instanceof HTMLScriptElement) || target.type !== 'module') return;
    const hide = () => {
      for (const element of document.querySelectorAll<HTMLElement>('[data-platform]')) element.hidden = true;
    };
    if (document.readyState === 'loading') addEventListener('DOMContentLoaded', hide);
    else hide();
  },
  true,
);

addEventListener('DOMContentLoaded', () => {
  const filled = document.querySelector<HTMLElement>('[data-filled]');
  document.querySelector('signup-with-platform')?.addEventListener('signup-success', () => {
    if (filled) filled.hidden = false;
  });
});

// The form is sent once, because a second request would find its session replaced. The block keeps `sent` from becoming a global.
{
  let sent = false;
  addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    else sent = true;
  });
  // After a return from the next page, the form can be sent again.
  addEventListener('pageshow', () => {
    sent = false;
  });
}
