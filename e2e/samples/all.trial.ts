import { NotHere } from '../clients/client.ts';
import { test } from '../support/test.ts';
import type { SampleId } from './readers.ts';
import { trySample } from './try-sample.ts';

// What the portal prints for each language, as a developer runs it. What the languages need is installed: `npm run test:samples`.

const SAMPLES: Readonly<Record<SampleId, string>> = {
  node: 'Node',
  python: 'Python (Flask)',
  django: 'Python (Django)',
  php: 'PHP',
  go: 'Go',
  java: 'Java (Spring Boot)',
};

for (const [id, language] of Object.entries(SAMPLES) as [SampleId, string][]) {
  test(`[${language}] the printed sample signs people in, and nobody else`, async ({ page, platform }) => {
    try {
      await trySample(id, platform, page);
    } catch (error) {
      if (error instanceof NotHere) test.skip(true, error.message);
      throw error;
    }
  });
}
