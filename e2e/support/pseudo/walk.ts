import { expect, type Page } from '@playwright/test';
import { cutText } from './cut-text.ts';
import { dataIn } from './data.ts';
import { unmarked } from './unmarked.ts';
import { untranslated } from './untranslated.ts';

/** A walk from page to page in one language, which notes what is wrong on each. */
export class Walk {
  readonly page: Page;
  readonly #language: string;
  readonly #data: readonly string[];
  readonly #problems = new Map<string, string[]>();
  #looks = 0;

  constructor(page: Page, language: string) {
    this.page = page;
    this.#language = language;
    this.#data = dataIn(language);
  }

  /** Checks the page that is open. */
  async look(name: string): Promise<void> {
    const { page } = this;
    this.#looks += 1;
    const language = await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) {
        details.removeAttribute('name');
        details.open = true;
      }
      return document.documentElement.lang;
    });
    const problems =
      language === this.#language
        ? [...(await untranslated(page, this.#data)), ...(await cutText(page)), ...(await unmarked(page))]
        : [`the page is in ${language || 'no language'}`];
    // A part of many pages is told of once.
    for (const problem of problems) this.#problems.set(problem, [...(this.#problems.get(problem) ?? []), name]);
  }

  async end(): Promise<void> {
    expect(this.#looks).toBeGreaterThan(0);
    await this.page.context().close();
    const told = [...this.#problems].map(([problem, [first, ...others]]) =>
      others.length > 0 ? `${problem} on ${first} and ${others.length} more` : `${problem} on ${first}`,
    );
    expect(told).toEqual([]);
  }
}
