import { test } from '../support/test.ts';
import { OTHER_CLIENTS } from './all-clients.ts';
import { NotHere, titleOf } from './client.ts';
import { signInWith } from './sign-in.ts';

// Clients of other languages, with nothing set but what a vendor pastes. What they need is installed: `npm run test:clients`.

for (const client of OTHER_CLIENTS) {
  test(titleOf(client), async ({ page, platform }) => {
    try {
      await signInWith(client, platform, page);
    } catch (error) {
      if (error instanceof NotHere) test.skip(true, error.message);
      throw error;
    }
  });
}
