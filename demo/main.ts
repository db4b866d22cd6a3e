import { createStore } from './app.ts';
import { readConfig } from './config.ts';
import { findPlatformApp } from './platform-app.ts';

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

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      void store.close().then(() => process.exit(0));
    });
  }
  await store.listen({ port: config.port, host: config.host });
  console.log(`The demo store is at ${config.publicUrl} and signs up with ${app.platformUrl}`);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
