import type { LeftAlone } from '#domain/import/import-people.ts';

/** Of a million, the first tell what the others are like. */
const TOLD = 10;

/** Says on the standard error which parts of rows were left out while the others were taken; all are counted in what the command prints. */
export class LeftAloneLines {
  #count = 0;

  say({ line, what, because }: LeftAlone): void {
    this.#count += 1;
    if (this.#count <= TOLD) console.error(`line ${line}: ${what} was left alone: ${because}`);
  }

  end(): void {
    if (this.#count > TOLD) console.error(`and ${this.#count - TOLD} more that were left alone`);
  }
}
