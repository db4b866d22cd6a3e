/** What a platform that answers tells whoever started it. */
export interface Told {
  readonly url: string;
  readonly docs: string;
  readonly mailPage: string | undefined;
  readonly developer: { readonly email: string; readonly password: string | undefined } | undefined;
}

/** What a worker says to the process that started it. `id` is that of the question. */
export type FromWorker =
  | { readonly type: 'ready'; readonly told: Told }
  /** It wants the figures of all workers. */
  | { readonly type: 'gather'; readonly id: number }
  | { readonly type: 'figures'; readonly id: number; readonly figures: object[] };

export type ToWorker =
  | { readonly type: 'stop' }
  /** Its own figures are wanted. */
  | { readonly type: 'figures'; readonly id: number }
  | { readonly type: 'gathered'; readonly id: number; readonly text: string };

/** The channel between the two is also that of libraries, such as the one that counts for limits. */
const CHANNEL = 'signup-with-platform';

export function toChannel<Message extends FromWorker | ToWorker>(message: Message): Message & { channel: string } {
  return { ...message, channel: CHANNEL };
}

/** Both ends are of one version, so that the mark says enough. */
export function isFromWorker(message: unknown): message is FromWorker {
  return isOurs(message);
}

export function isToWorker(message: unknown): message is ToWorker {
  return isOurs(message);
}

function isOurs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && Reflect.get(message, 'channel') === CHANNEL;
}
