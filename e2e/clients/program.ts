import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from '../../server/testing/bare-environment.ts';
import type { Given, RelyingParty } from './client.ts';

/** The folder from which Node programs find their packages. */
export const FOLDER = fileURLToPath(new URL('.', import.meta.url));
const POLL_MS = 50;
const START_TIMEOUT_MS = 120_000;

export interface Program {
  command: string;
  words: readonly string[];
  /** Besides `CLIENT_SECRET`, `PORT`, and a secret for the vendor's own sessions. */
  env?: Record<string, string>;
  cwd?: string;
  /** Sent to its standard input. */
  input?: string;
  /** How long it may take to start, by default two minutes, because the machine may be busy. */
  startTimeoutMs?: number;
}

/** The lines to paste, from a file of this folder. */
export function textOf(file: string): string {
  return readFileSync(FOLDER + file, 'utf8');
}

/** Runs a Node program that was pasted, as a module of this folder. */
export function nodeProgram(text: string, given: Given): Promise<RelyingParty> {
  return startProgram({ command: process.execPath, words: ['--input-type=module', '-'], input: text }, given);
}

/** Starts a relying party as a process of its own. Resolves once it listens. */
export async function startProgram(program: Program, given: Given): Promise<RelyingParty> {
  const options: SpawnOptions = {
    cwd: program.cwd ?? FOLDER,
    env: bareEnvironment({
      CLIENT_SECRET: given.clientSecret,
      SESSION_SECRET: 'the-secret-of-the-shop-itself-32',
      PORT: String(given.port),
      ...program.env,
    }),
    // A program of its own group is ended with what it has started.
    detached: true,
  };
  const child = spawn(program.command, program.words, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.on('error', () => {}).end(program.input);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const stop = () => end(child);
  try {
    await listening(child, given.port, program.startTimeoutMs ?? START_TIMEOUT_MS);
  } catch (error) {
    await stop();
    throw new Error(`${program.command} does not listen: ${output.slice(-4_000)}`, { cause: error });
  }
  return { stop, output: () => output };
}

async function listening(child: ChildProcess, port: number, timeoutMs: number): Promise<void> {
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = error;
  });
  const giveUp = Date.now() + timeoutMs;
  while (!(await accepts(port))) {
    if (failed) throw failed;
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
    if (Date.now() > giveUp) throw new Error('it took too long');
    await delay(POLL_MS);
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, 'localhost');
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'close');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
