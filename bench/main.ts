import { build } from '../scripts/build.ts';
import { firstPage } from './first-page.ts';
import { print } from './report.ts';
import { returningUser } from './returning-user.ts';
import { vendorApi } from './vendor-api.ts';
import { widgetSize } from './widget-size.ts';

/** `npm run bench`: each file measures one line of the speed table, together with its baseline, in one run. */
await build();
print([...(await widgetSize()), ...(await firstPage()), ...(await returningUser()), ...(await vendorApi())]);
process.exit();
