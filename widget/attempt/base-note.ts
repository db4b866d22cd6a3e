/** Relative addresses lead where the page's `<base>` does. */
export function baseNote(href: string): string {
  const leads = document.querySelector('base[href]') && href.startsWith(new URL(document.baseURI).origin);
  return leads ? ' The <base> of this page leads there: write the whole address.' : '';
}
