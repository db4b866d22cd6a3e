import { test } from '@playwright/test';
import { NotHere } from '../clients/client.ts';
import { pythonWith } from '../clients/install.ts';
import { tryOtherLibrary } from './other-library.ts';
import type { ReceiverId } from './receivers.ts';
import { tryReceiver } from './try-receiver.ts';

// The programs of the documentation that receive webhooks, as a developer runs them, and another's implementation beside ours:
// `npm run test:samples`.

const LANGUAGES: Readonly<Record<ReceiverId, string>> = {
  node: 'Node',
  python: 'Python',
  php: 'PHP',
  go: 'Go',
  java: 'Java',
};

/** Skips what cannot be tried on this machine, and says why. */
async function where(tried: () => Promise<void>): Promise<void> {
  try {
    await tried();
  } catch (error) {
    if (error instanceof NotHere) test.skip(true, error.message);
    throw error;
  }
}

for (const [id, language] of Object.entries(LANGUAGES) as [ReceiverId, string][]) {
  test(`[${language}, webhooks] the printed sample takes events, and nothing else`, () => where(() => tryReceiver(id)));
}

test('[Python, webhooks] the library of Standard Webhooks and ours accept each other', () =>
  where(async () => tryOtherLibrary(await pythonWith('standardwebhooks==1.1.0'))));
