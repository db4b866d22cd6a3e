import { readConfig } from './config.ts';
import { startPlatform } from './platform.ts';
import { explainStartFailure } from './start-failure.ts';

const SHUTDOWN_TIMEOUT_MS = 15_000;

try {
  const config = readConfig(process.env);
  const platform = await startPlatform(config);
  for (const warning of config.warnings) platform.app.log.warn(warning);
  platform.app.log.info(`Platform listens at ${platform.url}`);
  const stop = (signal: NodeJS.Signals) => {
    platform.app.log.info(`${signal}: finishing open requests`);
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    platform.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(explainStartFailure(error) ?? error);
  process.exit(1);
}
