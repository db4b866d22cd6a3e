import type { Realm } from '@signup-with-platform/protocol';
import type { FastifyInstance } from 'fastify';
import type { IdleEnds } from '../../process/http-server.ts';
import { registerApiDocs } from '../delivery/api/docs/api-docs.ts';
import { registerEmbed } from '../delivery/api/embed/register.ts';
import { registerExternalLogin } from '../delivery/api/external-login/register.ts';
import { registerManagementApi } from '../delivery/api/management/register.ts';
import { Quota } from '../delivery/api/quota.ts';
import { registerUserApi } from '../delivery/api/register.ts';
import type { ApiContext } from '../delivery/api/route.ts';
import { refuseUnknownMethods } from '../delivery/api/unknown-method.ts';
import { registerDocs } from '../delivery/docs/register.ts';
import { addFrontDoor } from '../delivery/front/register.ts';
import { addPackageFiles } from '../delivery/packages/package-files.ts';
import { getPopup } from '../delivery/popup/entry/entry.ts';
import { addOwnFieldsFile } from '../delivery/widget/own-fields-file.ts';
import { addWidgetCheck } from '../delivery/widget/widget-check.ts';
import { addWidgetFiles } from '../delivery/widget/widget-files.ts';
import { addMailPage } from '../dev/mail-page.ts';
import { addDiagnostics } from '../http/diagnostics.ts';
import { addPictureRoute } from '../pictures/picture-route.ts';
import type { Database } from '../storage/database.ts';
import type { RealmParts } from './realm.ts';
import type { Services } from './services.ts';

/** Adds the routes that belong to no realm: the popup's address, the vendors' APIs, the front door, the widget's files. */
export async function addApis(
  app: FastifyInstance,
  services: Services,
  realms: Record<Realm, RealmParts>,
  { database, idleEnds }: { database: Database; idleEnds: IdleEnds },
): Promise<{ quota: Quota }> {
  const { config, storage, events, throttle } = services;
  const entry = {
    appEnvironments: storage.appEnvironments,
    events,
    fields: services.fields,
    publicUrl: config.publicUrl,
    platformName: config.platformName,
    brand: config.brand,
    realms: { production: realms.production.mounted, sandbox: realms.sandbox.mounted },
  };
  app.get('/popup', (request, reply) => getPopup(entry, request, reply));

  const quota = new Quota(database.pool, config.apiQuotaPerHour);
  // A database that is out of reach keeps what this process has taken until the hour is over.
  app.addHook('onClose', () =>
    quota.close().catch((error: unknown) => app.log.warn({ err: error }, 'quota not returned')),
  );
  const api: ApiContext = {
    ...services,
    accessTokens: { production: realms.production.accessTokens, sandbox: realms.sandbox.accessTokens },
    quota,
  };
  refuseUnknownMethods(app);
  await registerUserApi(app, api);
  await registerManagementApi(app, { ...services, quota });
  const search = await registerDocs(app, { ...services, signedIn: realms.production.signedIn });
  await registerApiDocs(app, api, search);
  await registerEmbed(app, api);
  await registerExternalLogin(app, api);

  addFrontDoor(app, config);
  await addWidgetFiles(app, { ...config, versions: storage.widgetVersions });
  addOwnFieldsFile(app, config.ownFields);
  addWidgetCheck(app, { appEnvironments: storage.appEnvironments, throttle });
  await addPackageFiles(app, { ...config, packageFiles: storage.packageFiles });
  addPictureRoute(app, storage.pictures);
  addMailPage(app, storage.mails, config);
  addDiagnostics(app, config, { tokens: storage.diagnosticTokens, idleEnds });
  return { quota };
}
