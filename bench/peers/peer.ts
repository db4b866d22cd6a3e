import { execFileSync } from 'node:child_process';
import type { Launch } from '../process.ts';
import type { Load } from '../wrk-script.ts';

/** What a peer is asked that the platform is asked, too. */
export const KINDS = ['password', 'read', 'machine'] as const;
export type Kind = (typeof KINDS)[number];

/** A server that other people wrote and that does what a part of the platform does, with the settings that its documentation begins with. */
export interface Peer {
  readonly name: string;
  readonly version: string;
  launch(port: number): Launch;
  /** Registers who is needed, once it runs. */
  loads(url: string): Promise<Partial<Record<Kind, Load>>>;
}

/** Fetches or builds a peer, into an empty folder. @throws Error where its package or its tools cannot be had */
export type Prepare = (directory: string) => Promise<Peer>;

export const PASSWORD = 'correct horse battery staple';
/** A download, or a build, on a busy machine. */
const TIMEOUT_MS = 10 * 60_000;

/** Runs a tool until it ends. @throws Error with the end of what it printed */
export function tool(program: string, words: readonly string[], cwd: string): void {
  try {
    execFileSync(program, words, {
      cwd,
      timeout: TIMEOUT_MS,
      killSignal: 'SIGKILL',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stderr, stdout, code } = error as { stderr?: Buffer; stdout?: Buffer; code?: string };
    const said = `${stdout ?? ''}${stderr ?? ''}`.trim().slice(-300).replaceAll(/\s+/g, ' ');
    throw new Error(code === 'ENOENT' ? `there is no ${program}` : `${program} failed: ${said}`);
  }
}

/** @throws Error when it is not answered with success */
export async function ask(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${(await response.text()).slice(0, 200)}`);
  return response;
}
