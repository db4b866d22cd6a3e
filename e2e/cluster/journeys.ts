import { setTimeout as delay } from 'node:timers/promises';
import { HttpBrowser, type Page } from '../../server/testing/http-journey.ts';
import { SHOP_ORIGIN } from '../../server/testing/test-platform.ts';
import type { Answers } from './answers.ts';

const PAUSE_MS = 100;
const PERSONA = { persona: 'complete' };

/** People who open a shop's popup, agree and are handed over, one after the other, while the cluster loses parts. */
export class Journeys {
  readonly #url: string;
  readonly #clientId: string;
  readonly #answers: Answers;
  readonly #loops: Promise<void>[];
  #isStopped = false;
  /** Whom a server knew no more after the page of sign-in, because another one was killed before it had answered. */
  beganAnew = 0;
  /** The ids that the shop was told, of people whose credential it was handed. */
  readonly users: string[] = [];

  constructor(url: string, clientId: string, answers: Answers, atOnce: number) {
    this.#url = url;
    this.#clientId = clientId;
    this.#answers = answers;
    this.#loops = Array.from({ length: atOnce }, () => this.#walkOnAndOn());
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await Promise.all(this.#loops);
  }

  async #walkOnAndOn(): Promise<void> {
    for (; !this.#isStopped; await delay(PAUSE_MS)) {
      try {
        await this.#walk();
      } catch (error) {
        this.#answers.noteFailure('a page', error);
      }
    }
  }

  async #walk(): Promise<void> {
    const browser = new HttpBrowser(this.#url);
    const request = { client_id: this.#clientId, origin: SHOP_ORIGIN, state: 'state', nonce: 'nonce' };
    const people = await this.#page('the first page', () => browser.openPopup(request));
    const consent =
      people && (await this.#page('the page of consent', () => browser.submit(people, '/persona', PERSONA)));
    // As on the page before.
    if (consent?.html.includes(`value="${PERSONA.persona}"`)) {
      this.beganAnew += 1;
      return;
    }
    const last = consent && (await this.#page('the last page', () => browser.submit(consent, '/consent')));
    if (!last) return;
    const [, claims = ''] = (last.message.credential ?? '').split('.');
    const { sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { sub: string };
    this.users.push(sub);
  }

  /** Undefined where there is another page. */
  async #page(what: string, load: () => Promise<Page>): Promise<Page | undefined> {
    const sinceMs = performance.now();
    const page = await load();
    this.#answers.note(what, page, sinceMs, /<h1/.test(page.html));
    return page.status === 200 ? page : undefined;
  }
}
