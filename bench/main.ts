import { build } from '../scripts/build.ts';
import { firstPage } from './first-page.ts';
import { print } from './report.ts';
import { returningUser } from './returning-user.ts';
import { soak } from './soak.ts';
import { starts } from './start.ts';
import { tokenRequest } from './token-request.ts';
import { vendorApi } from './vendor-api.ts';
import { widgetSize } from './widget-size.ts';

const SOAK_MINUTES = 10;

/**
 * `npm run bench`: each file measures one line of the speed table, together with its baseline, in one run. The soak comes last, because it
 * takes minutes; `npm run bench -- soak 2` runs it alone, for two; `-- token` runs the token requests alone, and `-- start` what a start
 * costs.
 */
await build();
const [only, minutes = String(SOAK_MINUTES)] = process.argv.slice(2);
if (only === 'token') {
  print(await tokenRequest());
  process.exit();
}
if (only === 'start') {
  print(await starts());
  process.exit();
}
if (only === 'soak') {
  print(await soak(Number(minutes)));
  process.exit();
}
print([
  ...(await widgetSize()),
  ...(await starts()),
  ...(await firstPage()),
  ...(await returningUser()),
  ...(await vendorApi()),
  ...(await tokenRequest()),
]);
print(await soak(SOAK_MINUTES));
process.exit();
