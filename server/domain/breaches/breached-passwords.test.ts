import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it, mock } from 'node:test';
import { BreachedPasswords } from './breached-passwords.ts';
import { type RangeServer, startRangeServer } from './testing/range-server.ts';

const LISTED = 'ljcnjtdcrbq';
const BREACHED = 'a password of thieves';
const OTHER = 'a password of nobody';

describe('BreachedPasswords', () => {
  let range: RangeServer;
  before(async () => {
    range = await startRangeServer([BREACHED]);
  });
  afterEach(() => {
    range.answer = undefined;
    range.asked.length = 0;
  });
  after(() => range.close());
  const withLog = (setting: ConstructorParameters<typeof BreachedPasswords>[0]) => {
    const warn = mock.fn<(details: object, message: string) => void>();
    return { breaches: new BreachedPasswords(setting, { warn }), warn };
  };

  it('knows none when it is off, and those of the list without asking anybody', async () => {
    const off = withLog('off').breaches;
    const list = withLog('list').breaches;
    assert.deepEqual([await off.has(LISTED), await list.has(LISTED), await list.has(BREACHED)], [false, true, false]);
    assert.deepEqual([off.lists(LISTED), list.lists(LISTED)], [false, true]);
    assert.deepEqual(range.asked, []);
  });

  it('asks a service for what is not in the list', async () => {
    const { breaches, warn } = withLog(range.address);
    assert.equal(await breaches.has(LISTED), true);
    assert.deepEqual(range.asked, []);
    assert.deepEqual([await breaches.has(BREACHED), await breaches.has(OTHER)], [true, false]);
    assert.equal(range.asked.length, 2);
    assert.equal(warn.mock.callCount(), 0);
  });

  it('refuses nothing when the service fails, says so once, and makes nobody else wait', async () => {
    const { breaches, warn } = withLog(range.address);
    range.answer = (_request, response) => response.writeHead(503).end();
    for (let tries = 0; tries < 3; tries += 1) assert.equal(await breaches.has(BREACHED), false);
    assert.equal(range.asked.length, 1);
    assert.equal(warn.mock.callCount(), 1);
    assert.ok(!JSON.stringify(warn.mock.calls[0]?.arguments).includes(BREACHED));
    assert.equal(await breaches.has(LISTED), true, 'the list is there still');
  });

  it('asks for a few at a time', async () => {
    const { breaches } = withLog(range.address);
    const answers: (() => void)[] = [];
    range.answer = (_request, response) => answers.push(() => response.end());
    const asked = Array.from({ length: 100 }, (_, index) => breaches.has(`${OTHER} ${index}`));
    // Those that are not asked are answered at once; the others when the service is.
    await Promise.all(asked.slice(20));
    assert.equal(range.asked.length <= 20, true);
    const timer = setInterval(() => {
      for (const answer of answers.splice(0)) answer();
    }, 5);
    assert.deepEqual([...new Set(await Promise.all(asked))], [false]);
    clearInterval(timer);
    assert.equal(range.asked.length, 20);
  });

  it('tells a sign-in later, of a breach alone, and never throws there', async () => {
    const { breaches, warn } = withLog(range.address);
    const found = (password: string) =>
      new Promise<string>((done) => breaches.whenFound(password, async () => done(password)));
    assert.equal(await found(BREACHED), BREACHED);
    breaches.whenFound(OTHER, () => assert.fail('not breached'));
    const failed = new Promise<void>((done) => warn.mock.mockImplementation(() => done()));
    breaches.whenFound(BREACHED, () => Promise.reject(new Error('no database')));
    await failed;
    assert.equal(warn.mock.callCount(), 1);
    assert.match(String(warn.mock.calls[0]?.arguments[1]), /not noted/);
  });
});
