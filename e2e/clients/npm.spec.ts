import { test } from '../support/test.ts';
import { titleOf } from './client.ts';
import { NPM_CLIENTS } from './npm-clients.ts';
import { signInWith } from './sign-in.ts';

// Clients that other people wrote, with nothing set but what a vendor pastes.

for (const client of NPM_CLIENTS) {
  test(titleOf(client), async ({ page, platform }) => {
    await signInWith(client, platform, page);
  });
}
