import type { BreachedPasswordsSetting } from '../../../process/settings/breached-passwords.ts';
import type { Log } from '../../log.ts';
import { isListed } from './list.ts';
import { askRange } from './range-service.ts';

/** Further questions are not asked, because a service that is slow must not collect connections. */
const MAX_ASKING = 20;
/** After a failure, nobody waits for the service for so long. */
const PAUSE_MS = 60_000;

/** What thieves have published: the passwords that are tried first, at every site, by whoever wants somebody else's account. */
export class BreachedPasswords {
  readonly #setting: BreachedPasswordsSetting;
  readonly #log: Pick<Log, 'warn'>;
  #asking = 0;
  #pausedUntilMs = 0;

  constructor(setting: BreachedPasswordsSetting, log: Pick<Log, 'warn'>) {
    this.#setting = setting;
    this.#log = log;
  }

  /** Whether it can be told at once, and without a question to anybody, that a password is breached. */
  lists(password: string): boolean {
    return this.#setting !== 'off' && isListed(password);
  }

  /**
   * Whether a password is breached, for somebody who is choosing it. A service that does not answer refuses nothing, because nobody should
   * be kept from signing up by a third party.
   */
  async has(password: string): Promise<boolean> {
    return this.lists(password) || (await this.#ask(password));
  }

  /** Asks the service alone, if there is one. For a sign-in, which does not wait for the answer. */
  whenFound(password: string, then: () => Promise<void>): void {
    if (!(this.#setting instanceof URL)) return;
    this.#ask(password)
      .then((isBreached) => (isBreached ? then() : undefined))
      .catch((error: unknown) => this.#log.warn({ err: error }, 'breached password not noted'));
  }

  async #ask(password: string): Promise<boolean> {
    if (!(this.#setting instanceof URL)) return false;
    if (this.#asking >= MAX_ASKING || performance.now() < this.#pausedUntilMs) return false;
    this.#asking += 1;
    try {
      const isBreached = await askRange(this.#setting, password);
      if (isBreached === undefined) this.#pause(this.#setting.host);
      return isBreached === true;
    } finally {
      this.#asking -= 1;
    }
  }

  #pause(host: string): void {
    this.#pausedUntilMs = performance.now() + PAUSE_MS;
    this.#log.warn({ host }, 'BREACHED_PASSWORDS: the service does not answer, and is not asked for a minute');
  }
}
