import { test } from '../support/test.ts';
import { trySample } from './try-sample.ts';

// What the portal prints for Node, as a developer runs it. The other languages: `npm run test:samples`.

test('[Node] the printed sample signs people in, and nobody else', async ({ page, platform }) => {
  await trySample('node', platform, page);
});
