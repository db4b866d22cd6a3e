import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { DatabaseSettings } from './engines.ts';

/** What {@link ServerProcess.do} can ask for. The work is in server-process-main.ts. */
export interface Tasks {
  /** @returns the migrations that this process ran */
  migrate(): Promise<string[]>;
  /** @returns the ids of the accounts and apps that were made, all at the same time */
  register(count: number): Promise<{ accountIds: string[]; appIds: string[] }>;
  /** @returns the users that those accounts are to an app */
  ensureUsers(clientId: string, accountIds: string[]): Promise<string[]>;
  /** @returns the secret, and the keys of the production realm after this process tried to add one */
  begin(): Promise<{ secret: string; keyIds: string[] }>;
  /** @returns how many of those records this process was the first to consume */
  consume(ids: string[]): Promise<number>;
}

export type Task = keyof Tasks;
export type Request = { task: Task; parameters: unknown[] };
export type Answer = { result: unknown } | { error: string };

const MAIN = fileURLToPath(new URL('./server-process-main.ts', import.meta.url));

/** A separate operating-system process on the same database, like one of several servers behind a load balancer. */
export class ServerProcess {
  readonly #child;
  readonly #ended: Promise<unknown>;

  private constructor(settings: DatabaseSettings) {
    this.#child = fork(MAIN, [JSON.stringify(settings)], { execArgv: [] });
    this.#ended = once(this.#child, 'exit');
  }

  /** Resolves once it is ready to be told what to do; it has not touched the database yet. */
  static async start(settings: DatabaseSettings): Promise<ServerProcess> {
    const server = new ServerProcess(settings);
    await server.#message();
    return server;
  }

  do<Name extends Task>(task: Name, ...parameters: Parameters<Tasks[Name]>): ReturnType<Tasks[Name]>;
  async do(task: Task, ...parameters: unknown[]): Promise<unknown> {
    const answer = this.#message();
    this.#child.send({ task, parameters } satisfies Request);
    const message = await answer;
    if ('error' in message) throw new Error(`in another process: ${message.error}`);
    return message.result;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  async #message(): Promise<Answer> {
    const ended = this.#ended.then(() => {
      throw new Error(`the other process ended with ${this.#child.exitCode ?? this.#child.signalCode}`);
    });
    const [message] = (await Promise.race([once(this.#child, 'message'), ended])) as [Answer];
    return message;
  }
}
