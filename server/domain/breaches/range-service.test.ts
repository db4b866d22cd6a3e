import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { after, afterEach, before, describe, it } from 'node:test';
import { askRange } from './range-service.ts';
import { type RangeServer, startRangeServer } from './testing/range-server.ts';

const BREACHED = 'a password of thieves';
const HASH = createHash('sha1').update(BREACHED).digest('hex').toUpperCase();

describe('askRange', () => {
  let range: RangeServer;
  before(async () => {
    range = await startRangeServer([BREACHED]);
  });
  afterEach(() => {
    range.answer = undefined;
    range.asked.length = 0;
  });
  after(() => range.close());

  it('finds a breached password, and no other', async () => {
    assert.equal(await askRange(range.address, BREACHED), true);
    assert.equal(await askRange(range.address, 'a password of nobody'), false);
  });

  it('tells five digits of a hash, and nothing else of the password', async () => {
    await askRange(range.address, BREACHED);
    const [asked, ...others] = range.asked;
    assert.deepEqual(others, []);
    assert.equal(asked?.path, `/range/${HASH.slice(0, 5)}`);
    assert.equal(asked.headers['add-padding'], 'true');
    const told = JSON.stringify(asked);
    assert.ok(!told.includes(BREACHED) && !told.toUpperCase().includes(HASH.slice(5, 12)));
  });

  const body =
    (text: string, status = 200): RequestListener =>
    (_request, response) =>
      response.writeHead(status).end(text);

  it('reads what is padding as no breach, and digits in small letters', async () => {
    range.answer = body(`${HASH.slice(5)}:0\r\n`);
    assert.equal(await askRange(range.address, BREACHED), false);
    range.answer = body(`${HASH.slice(5).toLowerCase()}:3`);
    assert.equal(await askRange(range.address, BREACHED), true);
  });

  const failures: Record<string, RequestListener> = {
    fails: body('', 500),
    'asks to slow down': body('', 429),
    'leads elsewhere': (_request, response) => response.writeHead(302, { location: range.address.href }).end(),
    'never stops': (_request, response) => response.end('x'.repeat(300_000)),
    'answers nothing': () => {},
    'breaks off': (_request, response) => response.destroy(),
  };
  for (const [what, answer] of Object.entries(failures))
    it(`does not know when the service ${what}`, async () => {
      range.answer = answer;
      assert.equal(await askRange(range.address, BREACHED), undefined);
    });

  for (const answer of ['', '<!doctype html><title>Sign in to this network</title>', `${HASH.slice(5)}:lots`])
    it(`finds nothing in ${JSON.stringify(answer.slice(0, 20))}`, async () => {
      range.answer = body(answer);
      assert.equal(await askRange(range.address, BREACHED), false);
    });

  it('does not know when nobody is there', async () => {
    const gone = await startRangeServer([]);
    await gone.close();
    assert.equal(await askRange(gone.address, BREACHED), undefined);
  });
});
