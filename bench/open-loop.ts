import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What became of a request, and when that was known. */
export interface Outcome {
  /** 0 for whoever got no answer in time. */
  readonly status: number;
  readonly tookMs: number;
  readonly atMs: number;
}

export interface OpenLoad {
  readonly url: string;
  /** Each a whole request of HTTP/1.1, taken in turn. */
  readonly requests: readonly Buffer[];
  readonly perSecond: number;
  /** Whoever has no answer by then goes away. */
  readonly patienceMs: number;
}

/** So many may be waiting for an answer; further ones count as having got none. The system gives a process no more connections. */
const MAX_OPEN = 4_000;
const TICK_MS = 2;

/**
 * Sends requests at a fixed rate, whether or not earlier ones have been answered, as a crowd does. wrk waits for each answer before it asks
 * again on the same connection, so it never asks for more than a server can do. Sockets are used as they are, because Node's own client
 * takes longer for a request than the server takes to refuse it.
 */
export async function openLoop(load: OpenLoad, signal: AbortSignal): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const lines = new Lines(load, (outcome) => outcomes.push(outcome));
  const startMs = performance.now();
  for (let sent = 0; !signal.aborted; ) {
    const due = ((performance.now() - startMs) / 1000) * load.perSecond;
    for (; sent < due; sent += 1) lines.send(load.requests[sent % load.requests.length] ?? Buffer.alloc(0));
    await delay(TICK_MS);
  }
  await lines.close();
  return outcomes;
}

class Lines {
  readonly #load: OpenLoad;
  readonly #note: (outcome: Outcome) => void;
  readonly #idle: Line[] = [];
  readonly #open = new Set<Line>();
  #busy = 0;

  constructor(load: OpenLoad, note: (outcome: Outcome) => void) {
    this.#load = load;
    this.#note = note;
  }

  send(request: Buffer): void {
    const line = this.#idle.pop() ?? this.#connect();
    if (!line) {
      this.#note({ status: 0, tookMs: Number.POSITIVE_INFINITY, atMs: performance.now() });
      return;
    }
    this.#busy += 1;
    line.send(request);
  }

  /** Waits until the last one has an answer, or has gone away. */
  async close(): Promise<void> {
    while (this.#busy > 0) await delay(TICK_MS);
    for (const line of this.#open) line.end();
  }

  #connect(): Line | undefined {
    if (this.#open.size >= MAX_OPEN) return undefined;
    const line = new Line(this.#load, (outcome, isOpen) => {
      this.#busy -= 1;
      this.#note(outcome);
      if (isOpen) this.#idle.push(line);
      else this.#open.delete(line);
    });
    this.#open.add(line);
    return line;
  }
}

/** One connection, with one request at a time. */
class Line {
  readonly #socket: Socket;
  readonly #patienceMs: number;
  readonly #onOutcome: (outcome: Outcome, isOpen: boolean) => void;
  #startMs: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #answer = '';

  constructor({ url, patienceMs }: OpenLoad, onOutcome: (outcome: Outcome, isOpen: boolean) => void) {
    const { hostname, port } = new URL(url);
    this.#patienceMs = patienceMs;
    this.#onOutcome = onOutcome;
    this.#socket = connect({ host: hostname, port: Number(port), noDelay: true });
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (text: string) => this.#read(text)).on('error', () => {});
    this.#socket.on('close', () => this.#settle(0, false));
  }

  send(request: Buffer): void {
    this.#startMs = performance.now();
    this.#answer = '';
    this.#timer = setTimeout(() => this.#socket.destroy(), this.#patienceMs);
    this.#socket.write(request);
  }

  end(): void {
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#answer += text;
    if (isWhole(this.#answer))
      this.#settle(Number(this.#answer.slice(9, 12)), !/^connection: close/im.test(this.#answer));
  }

  #settle(status: number, isOpen: boolean): void {
    if (this.#startMs === undefined) return;
    const atMs = performance.now();
    const tookMs = atMs - this.#startMs;
    this.#startMs = undefined;
    clearTimeout(this.#timer);
    if (!isOpen) this.#socket.destroy();
    this.#onOutcome({ status, tookMs, atMs }, isOpen);
  }
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end)) ?? [];
  return length === undefined ? answer.endsWith('0\r\n\r\n') : answer.length >= end + 4 + Number(length);
}

/** A request without a body, as it is sent. */
export function asBytes(url: string, path: string, headers: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries({ host: new URL(url).host, ...headers }).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from([`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n'), 'latin1');
}
