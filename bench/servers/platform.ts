import { readConfig } from '../../server/config.ts';
import { FairQueue } from '../../server/load/fair-queue.ts';
import { startPlatform } from '../../server/platform.ts';
import { endWithParent } from './with-parent.ts';

/** The platform as it runs in production, without a log. */
const options =
  process.env['BENCH_REQUEST_LIMIT'] === 'none'
    ? { requestQueue: new FairQueue('', { concurrency: Number.POSITIVE_INFINITY, maxWaiting: 0 }) }
    : {};
const platform = await startPlatform({ ...readConfig(process.env), logLevel: 'silent' }, options);
endWithParent(() => platform.close());
// With `--expose-gc`, whoever measures can ask what is in use, without the garbage that is still to be collected.
process.on('message', () => {
  globalThis.gc?.();
  process.send?.(process.memoryUsage());
});
console.log(platform.url.replace('localhost', '127.0.0.1'));
