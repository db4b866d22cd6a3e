import { addButtonBuilder } from './builder.ts';
import { addCodeBoxes } from './code-boxes.ts';
import { addSearch } from './search.ts';
import { fillInYourApp } from './your-apps.ts';

// Everything can be read without this script. It searches, copies, and fills the examples in.
addSearch();
addCodeBoxes();
addButtonBuilder();
fillInYourApp()
  .then(() => document.dispatchEvent(new Event('docs-filled')))
  // Somebody who is offline, or whose session is over, reads the placeholders.
  .catch(() => {});
const menu = document.querySelector<HTMLDetailsElement>('details.menu');
menu?.addEventListener('click', ({ target }) => {
  if (target instanceof HTMLAnchorElement) menu.open = false;
});
