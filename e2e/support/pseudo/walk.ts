import { expect, type Page } from '@playwright/test';
import { findCutText } from './cut-text.ts';
import { dataIn } from './data.ts';
import { findUnmarked } from './unmarked.ts';
import { type Said, textsOf, untranslated } from './untranslated.ts';

interface Seen {
  readonly language: string;
  readonly said: readonly Said[];
  readonly problems: readonly string[];
}

/** Everything at once, because each question takes longer than its answer. */
const SEE = `
  for (const details of document.querySelectorAll('details')) {
    details.removeAttribute('name');
    details.open = true;
  }
  ({
    language: document.documentElement.lang,
    said: (${textsOf})(),
    problems: [...(${findCutText})(true), ...(${findUnmarked})()],
  })`;

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
    this.#looks += 1;
    const seen: Seen = await this.page.evaluate(SEE);
    const problems =
      seen.language === this.#language
        ? [...untranslated(seen.said, this.#data), ...seen.problems]
        : [`the page is in ${seen.language || 'no language'}`];
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
