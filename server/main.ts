import { ConfigError, readConfig } from './config.ts';
import { startPlatform } from './platform.ts';

const SHUTDOWN_TIMEOUT_MS = 15_000;

try {
  const platform = await startPlatform(readConfig(process.env));
  platform.app.log.info(`Platform listens at ${platform.url}`);
  const stop = (signal: NodeJS.Signals) => {
    platform.app.log.info(`${signal}: finishing what is under way`);
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    platform.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (error instanceof ConfigError) console.error(error.message);
  else if ((error as NodeJS.ErrnoException).code === 'EADDRINUSE')
    console.error(`The port is taken: ${(error as Error).message}. Set PORT to another.`);
  else console.error(error);
  process.exit(1);
}
