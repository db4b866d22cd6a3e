import { type ChildProcess, spawn } from 'node:child_process';
import { ROOT } from './run.ts';

/** Somewhat longer than a program takes to stop, and less than the ten seconds after which Docker kills. */
const STOP_TIMEOUT_MS = 9_500;

export interface Launch {
  /** What people call it. */
  readonly name: string;
  /** What Node runs. */
  readonly words: readonly string[];
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A program that starts another one, as `node --watch` does, passes on signals but not the end of a channel. */
  readonly stopBySignal?: boolean;
}

/** Programs that end together: all of them when one ends, or when this one is asked to stop. */
export class Programs {
  readonly #children = new Set<ChildProcess>();
  #exitCode: number | undefined;
  #onEnded = () => {};
  /** Resolves when all have ended, after `stop` was called. */
  readonly ended: Promise<void>;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
  }

  get stopping(): boolean {
    return this.#exitCode !== undefined;
  }

  /** The exit code that the whole deserves. */
  get exitCode(): number {
    return this.#exitCode ?? 0;
  }

  /**
   * Starts a program. Its channel to this process tells it, by its end, when this process has ended in whichever way.
   * @param onMessage called with each message of the program
   */
  launch({ name, words, env, stopBySignal = false }: Launch, onMessage: (message: unknown) => void = () => {}): void {
    if (this.stopping) return;
    const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env });
    this.#children.add(child);
    let started = false;
    child.on('message', (message) => {
      started = true;
      onMessage(message);
    });
    child.once('exit', (code) => {
      this.#children.delete(child);
      // A program that fails at its start has said why.
      const saidWhy = !started && code !== null && code !== 0;
      if (!this.stopping && !saidWhy) console.error(`${name} stopped unexpectedly.`);
      // A program that a signal ended has no code. Who stopped it wanted that.
      this.stop(code ?? 1);
      if (code !== null && code !== 0) this.#exitCode ||= code;
      if (this.#children.size === 0) this.#onEnded();
    });
    this.#wishes.set(child, () => (stopBySignal || !child.connected ? child.kill('SIGTERM') : child.disconnect()));
  }

  readonly #wishes = new Map<ChildProcess, () => void>();

  stop(exitCode: number): void {
    if (this.stopping) return;
    this.#exitCode = exitCode;
    if (this.#children.size === 0) this.#onEnded();
    for (const child of this.#children) this.#wishes.get(child)?.();
    setTimeout(() => this.kill(), STOP_TIMEOUT_MS).unref();
  }

  /** Ends whatever is left at once. */
  kill(): void {
    if (this.#children.size > 0) this.#exitCode ||= 1;
    for (const child of this.#children) child.kill('SIGKILL');
  }
}
