import { notices } from '../strings/notices.ts';
import type { stringsFor } from '../strings/strings.ts';

/**
 * Tells the person why this window is still open, on a page at the redirect URI that contains only our script. A page with its own text is
 * left unchanged.
 *
 * @param wordsOf handed over, so that this chunk need not import the entry
 */
export async function notice(reason: keyof typeof notices, wordsOf: typeof stringsFor): Promise<void> {
  if (document.body.innerText.trim() || document.querySelector('signup-with-platform')) return;
  const labels = await wordsOf(document.documentElement.lang || navigator.language);
  const strings = { ...notices, ...labels };
  const message = document.createElement('p');
  message.role = 'status';
  message.lang = strings.language;
  message.dir = strings.direction ?? 'ltr';
  // The style is set property by property, because no Content-Security-Policy forbids that.
  Object.assign(message.style, {
    font: '1rem/1.5 system-ui, sans-serif',
    maxWidth: '32em',
    margin: '15vh auto',
    padding: '0 1.5rem',
    textAlign: 'center',
  });
  document.body.append(message);
  // The text is set after the element is in the page, because a live region is read out when it changes.
  message.textContent = strings[reason];
}
