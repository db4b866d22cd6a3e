import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { EMBED_STATUS } from './embed-error.ts';

let platform: TestPlatform;
let apiKey: string;
before(async () => {
  platform = await startTestPlatform();
  ({ apiKey } = await platform.createApp());
});
after(() => platform.close());

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.emailAddress(),
  fc.constantFrom('\ud800', '', ' ', '\u0000'),
);
const anything = fc.oneof({ weight: 3, arbitrary: text }, fc.jsonValue({ maxDepth: 2 }));
const fields = fc.record(
  {
    userName: anything,
    // Short enough that none is hashed: the point is what surrounds it.
    // Never one that is taken, because everything else may be in order.
    password: fc.oneof(
      fc.string({ maxLength: 7 }),
      fc.jsonValue({ maxDepth: 1 }).filter((value) => typeof value !== 'string'),
    ),
    firstName: anything,
    lastName: anything,
    language: fc.oneof(anything, fc.constantFrom('en', 'nl-BE')),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  { weight: 4, arbitrary: fields.map((value) => JSON.stringify(value)) },
  fc.json(),
  fc.string({ unit: 'binary' }),
);

for (const path of ['/signup', '/login']) {
  it(`POST ${path} gives documented answers only, whatever is sent`, async () => {
    await fc.assert(
      fc.asyncProperty(body, async (sent) => {
        const response = await fetch(`${platform.url}/embed${path}`, {
          method: 'POST',
          headers: { 'x-api-key': apiKey, 'content-type': 'application/json' },
          body: sent,
        });
        const answer = (await response.json()) as Record<string, unknown>;
        assert.ok(response.status >= 400 && response.status < 500, `${response.status} for ${sent}`);
        assert.deepEqual(Object.keys(answer), ['message', 'code']);
        assert.equal((EMBED_STATUS as Record<string, number>)[String(answer['code'])], response.status);
        assert.doesNotMatch(String(answer['message']), /[{}]/);
      }),
      { numRuns: path === '/login' ? 60 : 250 },
    );
  });
}
