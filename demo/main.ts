import { explainListenFailure } from '../process/listen-failure.ts';
import { stopInOrder } from '../process/stop.ts';
import { createStore } from './app.ts';
import { readConfig } from './config.ts';
import { findPlatformApp } from './platform-app.ts';

let stop = async () => {};
stopInOrder(() => stop());

async function main(): Promise<void> {
  const config = readConfig(process.env);
  for (const warning of config.warnings) console.warn(warning);
  const app = await findPlatformApp(config, {
    onWait: (path) => console.log(`The demo store waits for the platform to write ${path} …`),
  });
  const store = createStore({
    ...app,
    platformName: config.platformName,
    dataDir: config.dataDir,
    keepAliveMs: config.keepAliveMs,
    secureCookies: config.publicUrl.startsWith('https:'),
    logger: { level: config.logLevel },
  });

  try {
    await store.listen({ port: config.port, host: config.host });
  } catch (error) {
    throw new Error(explainListenFailure(error as NodeJS.ErrnoException, { port: 'DEMO_PORT', host: 'HOST' }));
  }
  stop = () => store.close();
  if (process.send) process.send({ url: config.publicUrl });
  else console.log(`The demo store is at ${config.publicUrl} and signs up with ${app.platformUrl}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  // The channel to `npm start` would keep this process.
  process.exit(1);
});
