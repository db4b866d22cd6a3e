import type * as Crypto from 'node:crypto';
import { type MessagePort, Worker } from 'node:worker_threads';

/** What is hashed: a start, and how often the digest and the text are hashed again. */
interface Job {
  id: number;
  start: Uint8Array;
  text: Uint8Array;
  rounds: number;
}

interface Waiting {
  resolve(digest: Buffer): void;
  reject(error: Error): void;
}

/** A thread costs some megabytes, and most servers see such a hash once in a while. */
const IDLE_MS = 30_000;

/**
 * MD5 again and again, which no thread of Node's own pool does, in a thread of our own, so that nobody else waits for it. The thread begins with
 * the first hash, does one after the other, and ends when there was none for a while. Whoever asks is bounded by the queue of hashes.
 */
class Md5Thread {
  readonly #waiting = new Map<number, Waiting>();
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #jobs = 0;

  /** @returns the digest of the start, hashed again with the text behind it for so many rounds */
  iterate(start: Uint8Array, text: Uint8Array, rounds: number): Promise<Buffer> {
    clearTimeout(this.#idle);
    this.#thread ??= this.#begin();
    const thread = this.#thread;
    this.#jobs += 1;
    const id = this.#jobs;
    thread.ref();
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      thread.postMessage({ id, start, text, rounds } satisfies Job);
    });
  }

  #begin(): Worker {
    // As a text, because a release is one file, in which no other can be pointed to.
    const code = `(${serve})(require('node:crypto'), require('node:worker_threads').parentPort)`;
    const thread = new Worker(code, { eval: true });
    thread.on('message', ({ id, digest }: { id: number; digest: Uint8Array }) => {
      this.#waiting.get(id)?.resolve(Buffer.from(digest));
      this.#waiting.delete(id);
      if (this.#waiting.size === 0) this.#rest(thread);
    });
    thread.on('error', (cause) => this.#end(new Error('the thread that hashes has failed', { cause })));
    thread.on('exit', () => this.#end(new Error('the thread that hashes has ended')));
    return thread;
  }

  /** Keeps no process running. */
  #rest(thread: Worker): void {
    thread.unref();
    this.#idle = setTimeout(() => void thread.terminate(), IDLE_MS).unref();
  }

  #end(error: Error): void {
    clearTimeout(this.#idle);
    this.#thread = undefined;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

export const md5Thread = new Md5Thread();

/** Runs in the thread, with nothing of this file around it. */
function serve({ hash }: typeof Crypto, port: MessagePort): void {
  port.on('message', ({ id, start, text, rounds }: Job) => {
    const digestBytes = 16;
    // Digest and text side by side, so that no round makes a new buffer for them.
    const next = Buffer.alloc(digestBytes + text.length);
    next.set(text, digestBytes);
    next.set(hash('md5', start, 'buffer'));
    for (let round = 0; round < rounds; round += 1) next.set(hash('md5', next, 'buffer'));
    port.postMessage({ id, digest: Uint8Array.prototype.slice.call(next, 0, digestBytes) });
  });
}
