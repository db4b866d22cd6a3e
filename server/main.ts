import './engine/expected-notice.ts';
import { stopInOrder } from '../process/stop.ts';
import { readConfig } from './config.ts';
import { type Platform, startPlatform } from './platform.ts';
import { explainStartFailure } from './start-failure.ts';

let platform: Platform | undefined;
// Before it listens, it has promised nothing to anybody, so that it can end at once.
stopInOrder(async (reason) => {
  platform?.app.log.info(`${reason}: finishing open requests`);
  await platform?.close();
});

try {
  const config = readConfig(process.env);
  // For people, and before anything can fail: a start that fails may do so because of them. Log collectors get them below.
  for (const warning of config.warnings) console.error(warning);
  platform = await startPlatform(config);
  const { app, url, mailPage } = platform;
  for (const warning of config.warnings) app.log.warn(warning);
  app.log.info(`Platform listens at ${url}`);
  // Whoever started it tells people about it. A developer who started it by hand reads it here, where no log collector does.
  if (process.send) process.send({ url, mailPage });
  else if (mailPage && process.stdout.isTTY) console.log(`Emails that would be sent are at ${mailPage}`);
} catch (error) {
  console.error(explainStartFailure(error) ?? error);
  process.exit(1);
}
