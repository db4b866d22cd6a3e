import type { Counts } from '#domain/import/import-people.ts';

const EVERY_MS = { terminal: 200, log: 10_000 } as const;

/** Says how far an import is, on the standard error: in one line that is written over on a terminal, and now and then elsewhere. */
export class Progress {
  readonly #startMs = performance.now();
  readonly #part: () => number | undefined;
  readonly #out: NodeJS.WriteStream;
  #saidMs = 0;

  /** @param part how much of the file is behind us, 0 to 1; unknown through a pipe */
  constructor(part: () => number | undefined, out: NodeJS.WriteStream = process.stderr) {
    this.#part = part;
    this.#out = out;
  }

  say(counts: Readonly<Counts>): void {
    const everyMs = this.#out.isTTY ? EVERY_MS.terminal : EVERY_MS.log;
    if (performance.now() - Math.max(this.#saidMs, this.#startMs) < everyMs) return;
    this.#saidMs = performance.now();
    const line = this.#line(counts);
    this.#out.write(this.#out.isTTY ? `\r\u001b[2K${line}` : `${line}\n`);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\u001b[2K');
  }

  get seconds(): number {
    return (performance.now() - this.#startMs) / 1000;
  }

  #line({ read, rejected }: Readonly<Counts>): string {
    const rate = `${Math.round(read / this.seconds).toLocaleString('en')} a second`;
    const part = this.#part();
    const rejects = rejected > 0 ? `, ${rejected.toLocaleString('en')} rejected` : '';
    const rows = `${read.toLocaleString('en')} rows${rejects}, ${rate}`;
    if (part === undefined || part === 0) return rows;
    const rest = Math.round((this.seconds / part) * (1 - part));
    const filled = Math.round(part * 20);
    return `${'█'.repeat(filled)}${'░'.repeat(20 - filled)} ${Math.round(part * 100)} %  ${rows}, ${timeOf(rest)} left`;
  }
}

function timeOf(seconds: number): string {
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
