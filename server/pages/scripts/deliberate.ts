/**
 * Runs in the browser, before the page is shown: an agreement takes a deliberate act (invariant 15). A form that is marked works half a second
 * after the latest of loading, becoming visible and gaining focus, and only while the page has focus, because whoever can open this
 * page in front of somebody chooses the moment: the second click of a double click must not agree to anything. A press that comes too early
 * is answered. Without this script the forms work.
 */
export function deliberate(): void {
  const waitMs = 500;
  let rested = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const marked = 'form[data-deliberate]';
  const isReady = () => rested && document.hasFocus() && document.visibilityState === 'visible';
  const show = () => {
    for (const form of document.querySelectorAll<HTMLFormElement>(marked))
      for (const control of form.elements)
        if (control.matches('button:not([type=button])'))
          if (isReady()) control.removeAttribute('aria-disabled');
          else control.setAttribute('aria-disabled', 'true');
  };
  const rest = () => {
    rested = false;
    show();
    clearTimeout(timer);
    timer = setTimeout(() => {
      rested = true;
      show();
    }, waitMs);
  };
  rest();
  document.addEventListener('DOMContentLoaded', () => {
    for (const form of document.querySelectorAll<HTMLFormElement>(marked)) {
      const status = document.createElement('p');
      status.className = 'small muted early';
      status.setAttribute('role', 'status');
      form.append(status);
    }
    show();
  });
  // After loading, and on the way back from the back/forward cache.
  addEventListener('pageshow', rest);
  document.addEventListener('visibilitychange', rest);
  addEventListener('focus', rest);
  addEventListener('blur', show);

  addEventListener(
    'submit',
    (event) => {
      const form = event.target as HTMLFormElement;
      if (!form.matches(marked) || isReady()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const status = form.querySelector('[role=status].early');
      if (!status) return;
      // Emptied first, so that a second early press is announced, too.
      status.textContent = '';
      setTimeout(() => {
        status.textContent = form.dataset.deliberate ?? '';
      }, 50);
    },
    true,
  );
  // A key that is held down since the page before is no press.
  addEventListener(
    'keydown',
    (event) => {
      const { form } = event.target as HTMLButtonElement;
      const isPress = event.key === 'Enter' || (event.key === ' ' && (event.target as Element).matches('button'));
      if (event.repeat && isPress && form?.matches(marked) && !(event.target as Element).matches('textarea'))
        event.preventDefault();
    },
    true,
  );
}
