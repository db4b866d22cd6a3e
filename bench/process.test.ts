import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { startServer, withServers } from './process.ts';

/** Prints where it listens, in the place of listening. */
const idle = (url: string) => ({ words: ['-e', `console.log('ready at ${url}'); setInterval(() => {}, 1e6)`] });
const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('a measured server', () => {
  it('is ready by its line, and gone when it is stopped', async () => {
    const server = await startServer(idle('http://127.0.0.1:1234'));
    assert.equal(server.url, 'http://127.0.0.1:1234');
    assert.ok(isRunning(server.pid));
    await server.stop();
    assert.equal(isRunning(server.pid), false);
    await server.stop();
  });

  it('is an error when it ends before it is ready', async () => {
    await assert.rejects(startServer({ words: ['-e', 'process.exit(3)'] }), /ended/);
    await assert.rejects(startServer({ program: '/nowhere/at-all', words: [], pinned: false }), /ENOENT/);
  });

  it('is stopped when the work fails, and gets nothing of the environment but PATH', async () => {
    process.env['OF_THE_BENCH'] = 'http://127.0.0.1:666';
    const words = ['-p', "process.env.OF_THE_BENCH ?? 'http://127.0.0.1:7'; "];
    try {
      const pids: number[] = [];
      const work = withServers(
        { one: idle('http://127.0.0.1:1'), two: idle('http://127.0.0.1:2') },
        async (servers) => {
          pids.push(servers.one.pid, servers.two.pid);
          throw new Error('the work failed');
        },
      );
      await assert.rejects(work, /the work failed/);
      assert.deepEqual(pids.map(isRunning), [false, false]);
      const server = await startServer({ words });
      assert.equal(server.url, 'http://127.0.0.1:7');
      await server.stop();
    } finally {
      delete process.env['OF_THE_BENCH'];
    }
  });
});
