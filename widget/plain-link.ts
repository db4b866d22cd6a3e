import type { stringsFor } from './strings/strings.ts';

/**
 * Registers the tag where the element cannot run: in browsers before docs/compatibility.md's oldest, which lack what a form's control needs.
 * Content that the page gives the tag stays as it is. Without any, there is a link to the page
 * where they sign up with the platform, which works in any browser.
 *
 * @param script address of the script
 * @param platformName on the link
 */
export function definePlainLink(script: string, platformName: string, wordsOf: typeof stringsFor): void {
  class PlainLink extends HTMLElement {
    async connectedCallback(): Promise<void> {
      const isContent = (node: ChildNode) => node instanceof HTMLElement && !node.slot;
      if ([...this.childNodes].some(isContent)) return;
      const link = document.createElement('a');
      link.href = new URL('/account/sign-up', this.getAttribute('platform') || script).href;
      this.append(link);
      const { lang } = this.closest<HTMLElement>('[lang]') ?? document.documentElement;
      const { signup } = await wordsOf(this.getAttribute('language') || lang);
      link.textContent = signup.replace('{platform}', () => this.getAttribute('platform-name') || platformName);
    }
  }
  customElements.define('signup-with-platform', PlainLink);
}
