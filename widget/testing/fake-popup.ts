import { READY_MESSAGE, RESPONSE_MESSAGE, type ResponseMessage } from '@signup-with-platform/protocol';
import { PLATFORM } from './credentials.ts';

/** Replaces `window.open`, and sends messages like the popup. */
export class FakePopups {
  readonly #open = window.open;
  readonly opened: FakePopup[] = [];
  blocked = false;

  constructor() {
    window.open = (url, _target, features) => {
      if (this.blocked) return null;
      const popup = new FakePopup(new URL(String(url)), features ?? '');
      this.opened.push(popup);
      return popup.window;
    };
  }

  get last(): FakePopup {
    const popup = this.opened.at(-1);
    if (!popup) throw new Error('no popup was opened');
    return popup;
  }

  restore(): void {
    window.open = this.#open;
  }
}

export class FakePopup {
  readonly url: URL;
  readonly features: string;
  /** A real window, so that it can be the `source` of a message. */
  readonly window: Window;
  readonly #frame = document.createElement('iframe');
  closed = false;
  focused = 0;
  closeCalls = 0;

  constructor(url: URL, features: string) {
    this.url = url;
    this.features = features;
    document.body.append(this.#frame);
    const real = this.#frame.contentWindow as Window;
    Object.defineProperty(real, 'closed', { get: () => this.closed });
    real.focus = () => {
      this.focused += 1;
    };
    real.close = () => {
      this.closeCalls += 1;
      this.closed = true;
    };
    this.window = real;
  }

  get state(): string {
    return this.url.searchParams.get('state') ?? '';
  }

  get nonce(): string {
    return this.url.searchParams.get('nonce') ?? '';
  }

  post(data: unknown, from: { origin?: string; source?: MessageEventSource | null } = {}): void {
    dispatchEvent(new MessageEvent('message', { origin: PLATFORM, source: this.window, ...from, data }));
  }

  ready(): void {
    this.post({ type: READY_MESSAGE, state: this.state });
  }

  response(members: Partial<ResponseMessage>): ResponseMessage {
    return { type: RESPONSE_MESSAGE, state: this.state, iss: PLATFORM, ...members };
  }

  answer(members: Partial<ResponseMessage>): void {
    this.post(this.response(members));
  }

  remove(): void {
    this.#frame.remove();
  }
}
