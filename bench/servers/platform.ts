import { readConfig } from '../../server/config.ts';
import { startPlatform } from '../../server/platform.ts';
import type { Usage } from '../process.ts';

/** The platform as it runs in production, without a log. */
const platform = await startPlatform({ ...readConfig(process.env), logLevel: 'silent' });
console.log(platform.url.replace('localhost', '127.0.0.1'));
// With `--expose-gc`, whoever measures can ask what is in use, without the garbage that is still to be collected.
process.on('message', () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ memory: process.memoryUsage(), cpuMs: (user + system) / 1000 } satisfies Usage);
});
process.once('SIGTERM', () => platform.close().then(() => process.exit(0)));
