import type { Locator, Page } from 'playwright';
import type { Scene } from '../click/scene.ts';

/** How long a script waits for what a page shows. */
const DEADLINE_MS = 30_000;
const POLL_MS = 5;

/** Somebody in a window of the platform, whose hands take no time: what is typed is there at once, and buttons are pressed as soon as they work. */
export class Walker {
  readonly window: Page;
  readonly email: string;
  readonly password: string;
  readonly #scene: Scene;
  readonly #sinceMs = Date.now();
  /** Buttons and links that were pressed, with the shop's. */
  presses = 1;
  /** Fields that were typed into. */
  fields = 0;

  constructor(scene: Scene, window: Page, { email, password }: { email: string; password: string }) {
    this.#scene = scene;
    this.window = window;
    this.email = email;
    this.password = password;
  }

  async type(label: string, text: string): Promise<void> {
    this.fields += 1;
    await this.window.getByLabel(label, { exact: true }).fill(text);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.#press(this.window.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }));
  }

  async follow(name: string): Promise<void> {
    await this.#press(this.window.getByRole('link', { name, exact: true }));
  }

  /** Types the code of the mail, which is there at once. */
  async typeCode(): Promise<void> {
    await this.window.getByLabel('Code', { exact: true }).waitFor();
    await this.type('Code', await this.#mailedCode());
    await this.press('Continue');
  }

  async #press(target: Locator): Promise<void> {
    this.presses += 1;
    // The last press closes the window.
    await target.click({ noWaitAfter: true });
  }

  async #mailedCode(): Promise<string> {
    for (;;) {
      const mails = await this.#scene.storage.mails.list();
      const mail = mails.find(({ to, createdAt }) => to === this.email && createdAt.getTime() >= this.#sinceMs);
      const code = /\b\d{6}\b/.exec(mail?.subject ?? '')?.[0];
      if (code !== undefined) return code;
      if (Date.now() - this.#sinceMs > DEADLINE_MS) throw new Error(`no code was mailed to ${this.email}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}
