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
  // Whoever started it tells people about it. A developer who started it by hand reads it here, where no log collector does.
  const isShown = process.send !== undefined || process.stdout.isTTY;
  platform = await startPlatform(config, { showsDeveloperAccount: isShown });
  const { app, url, docs, mailPage, developer } = platform;
  for (const warning of config.warnings) app.log.warn(warning);
  app.log.info(`Platform listens at ${url}`);
  if (process.send) process.send({ url, docs, mailPage, developer });
  else if (process.stdout.isTTY) {
    if (mailPage) console.log(`Emails that would be sent are at ${mailPage}`);
    if (developer?.password)
      console.log(`Sign in at ${url}/account as ${developer.email}, password ${developer.password}`);
  }
} catch (error) {
  console.error(explainStartFailure(error) ?? error);
  process.exit(1);
}
