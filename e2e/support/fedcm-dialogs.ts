import { EventEmitter, once } from 'node:events';
import type { CDPSession, Page } from '@playwright/test';

/**
 * What a person would see and do in FedCM's dialog. In a headless Chromium, the dialog is available only through the DevTools protocol, and
 * the headless shell has none.
 */
export interface Dialogs {
  readonly client: CDPSession;
  /** The types of the dialogs so far. */
  readonly seen: string[];
  /** Waits for the next dialog. */
  readonly next: () => Promise<{ dialogId: string; loginState?: string }>;
  /** Chooses the first account. @returns whether the browser treats it as new (`SignUp`) or not (`SignIn`) */
  readonly choose: () => Promise<string | undefined>;
  /** Closes the dialog like a person who has read it. */
  readonly dismiss: () => Promise<void>;
  /** Presses the only button of an error dialog. */
  readonly acknowledge: () => Promise<void>;
}

interface DialogShown {
  dialogId: string;
  dialogType: string;
  accounts: { loginState: string }[];
}

/** In milliseconds. A person who closes a dialog sooner has not read it (widget/attempt/fedcm.ts). */
export const READING_MS = 1_100;
/** Long, because a busy machine may stand still for seconds. */
const DIALOG_TIMEOUT_MS = 60_000;

/**
 * Opens a page whose element prefers FedCM, and waits until the element knows that there is FedCM for its app.
 * @param open opens it
 */
export async function untilFedcmIsKnown(page: Page, open: () => Promise<unknown>): Promise<void> {
  const [metadata] = await Promise.all([page.waitForResponse('**/fedcm/client-metadata?*'), open()]);
  // The answer comes out of the cache when the element has read it before.
  await page.evaluate(async (url) => (await fetch(url)).json(), metadata.url());
}

export async function watchDialogs(page: Page): Promise<Dialogs> {
  const client = await page.context().newCDPSession(page);
  const shown: DialogShown[] = [];
  const seen: string[] = [];
  const news = new EventEmitter();
  client.on('FedCm.dialogShown', (event: DialogShown) => {
    shown.push(event);
    seen.push(event.dialogType);
    news.emit('dialog');
  });
  await client.send('FedCm.enable', { disableRejectionDelay: true });
  const next = async () => {
    if (shown.length === 0) await once(news, 'dialog', { signal: AbortSignal.timeout(DIALOG_TIMEOUT_MS) });
    const { dialogId, accounts } = shown.shift() as DialogShown;
    const loginState = accounts[0]?.loginState;
    return { dialogId, ...(loginState && { loginState }) };
  };
  return {
    client,
    seen,
    next,
    choose: async () => {
      const { dialogId, loginState } = await next();
      await client.send('FedCm.selectAccount', { dialogId, accountIndex: 0 });
      return loginState;
    },
    dismiss: async () => {
      const { dialogId } = await next();
      await page.waitForTimeout(READING_MS);
      await client.send('FedCm.dismissDialog', { dialogId });
    },
    acknowledge: async () => {
      const { dialogId } = await next();
      await client.send('FedCm.clickDialogButton', { dialogId, dialogButton: 'ErrorGotIt' });
    },
  };
}
