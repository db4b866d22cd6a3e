import { once } from 'node:events';
import { createWriteStream, fchmodSync, fstatSync, type WriteStream } from 'node:fs';
import type { Reject } from '#domain/import/import-people.ts';
import { FileError } from './open-file.ts';

/** People's data, so nobody but the operator may read it. */
const MODE = 0o600;
/** How many are told of on the standard error where they are kept in no file. */
const TOLD = 10;

/** Where the rows go that were left out: a file of one JSON object a line, `{"line","reason","row"}`; without one, the first are told of. */
export class Rejects {
  readonly #file: WriteStream | undefined;
  #failed: Error | undefined;
  #count = 0;

  constructor(path: string | undefined) {
    this.#file = path === undefined ? undefined : createWriteStream(path, { mode: MODE });
    // One that is there already, perhaps for everybody to read, keeps its mode otherwise. A pipe is left alone.
    this.#file?.on('open', (file) => {
      if (fstatSync(file).isFile()) fchmodSync(file, MODE);
    });
    this.#file?.on('error', (error) => {
      this.#failed = error;
    });
  }

  /** @throws FileError when it could not be written */
  async add({ line, reason, row }: Reject): Promise<void> {
    this.#count += 1;
    if (this.#failed) throw new FileError(`The rejects cannot be written: ${this.#failed.message}`);
    if (this.#file) {
      if (!this.#file.write(`${JSON.stringify({ line, reason, row })}\n`)) await once(this.#file, 'drain');
    } else if (this.#count <= TOLD) console.error(`line ${line}: ${reason}`);
  }

  async close(): Promise<void> {
    if (this.#file) {
      this.#file.end();
      if (!this.#failed) await once(this.#file, 'close');
    } else if (this.#count > TOLD) {
      console.error(`and ${this.#count - TOLD} more; --rejects FILE keeps them all`);
    }
  }
}
