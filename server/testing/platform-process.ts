import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.ts';
import { freePort } from './free-port.ts';
import { mailServerFor } from './mail-server-for.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
/** Long, because several may start at once on a busy machine. */
const START_TIMEOUT_MS = 120_000;

/** The platform as a process of its own, started as it is in production: what a test may kill. */
export class PlatformProcess {
  readonly #child: ChildProcess;
  readonly #exit: Promise<unknown>;
  #url = '';
  /** All that it has written: its log, one JSON object a line, and its complaints. */
  output = '';

  private constructor(env: Record<string, string>) {
    this.#child = spawn(process.execPath, [MAIN], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: bareEnvironment(env),
    });
    this.#exit = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
  }

  /**
   * Resolves once it answers requests.
   * @param env settings; by default a free port
   */
  static async start(env: Record<string, string> & { DATA_DIR: string }): Promise<PlatformProcess> {
    // What is known by another name than its own does not tell its port, so that one is chosen here.
    const port = env['PORT'] ?? (env['PUBLIC_URL'] ? String(await freePort()) : '0');
    const platform = new PlatformProcess({ PORT: port, LOG_LEVEL: 'info', ...mailServerFor(env), ...env });
    try {
      const publicUrl = await platform.#listening();
      platform.#url = env['PUBLIC_URL'] ? `http://localhost:${port}` : publicUrl;
      return platform;
    } catch (error) {
      await platform.kill();
      throw error;
    }
  }

  /** Where it can be reached: its public address too, unless PUBLIC_URL says otherwise. */
  get url(): string {
    return this.#url;
  }

  /** Of the process that was started, which may have started others. */
  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Ends it as a power cut does. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }

  /** Asks it to end, as a process manager does. @returns the exit code, null when it had to be killed */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    await this.#exit;
    return this.#child.exitCode;
  }

  async #listening(): Promise<string> {
    const ended = this.#exit.then(() => {
      throw new Error(`the platform ended with ${this.#child.exitCode ?? this.#child.signalCode}: ${this.output}`);
    });
    const signal = AbortSignal.timeout(START_TIMEOUT_MS);
    for (;;) {
      const [, url] = /"Platform listens at (http[^"]+)"/.exec(this.output) ?? [];
      if (url) return url;
      if (this.#child.stdout) await Promise.race([once(this.#child.stdout, 'data', { signal }), ended]);
    }
  }
}
