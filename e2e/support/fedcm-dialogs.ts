import { EventEmitter, once } from 'node:events';
import type { CDPSession, Page } from '@playwright/test';

/**
 * What a person would see of FedCM, and do: the dialog of a headless Chromium is seen and pressed through the DevTools protocol alone. The
 * headless shell has none.
 */
export interface Dialogs {
  readonly client: CDPSession;
  /** Kinds of the dialogs so far. */
  readonly seen: string[];
  /** The next one, once it is there. */
  readonly next: () => Promise<{ dialogId: string; loginState?: string }>;
  /** Chooses the first account there. @returns whether the browser takes it for a new one (`SignUp`) or not (`SignIn`) */
  readonly choose: () => Promise<string | undefined>;
  /** Closes it as somebody does who has read it. */
  readonly dismiss: () => Promise<void>;
  /** Presses the only button of a dialog that says what went wrong. */
  readonly acknowledge: () => Promise<void>;
}

interface DialogShown {
  dialogId: string;
  dialogType: string;
  accounts: { loginState: string }[];
}

/** In milliseconds: who closes a dialog sooner has not read it (widget/attempt/fedcm.ts). */
export const READING_MS = 1_100;
/** Long, because a busy machine may stand still for seconds. */
const DIALOG_TIMEOUT_MS = 60_000;

/**
 * Opens a page whose element prefers FedCM, and waits until the element knows that there is FedCM for its app.
 * @param open opens it
 */
export async function untilFedcmIsKnown(page: Page, open: () => Promise<unknown>): Promise<void> {
  const [metadata] = await Promise.all([page.waitForResponse('**/fedcm/client-metadata?*'), open()]);
  // Out of the cache, by the time the element has read it.
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
