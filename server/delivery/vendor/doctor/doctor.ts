import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { addressesBeside } from '#outbound/public-address.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { sendAppPage } from '../app-layout.ts';
import { doctorPage } from './doctor-page.ts';
import { examinePage, parsePageAddress } from './examine-page.ts';

const formSchema = z.object({ page: z.string().catch('') }).catch({ page: '' });

/** Looks at a vendor's page and says what will not work there. Keeps nothing of it. */
export const doctorRoutes = [
  forEnvironment('GET', '/apps/:appId/:environment/doctor', 'read-only', getDoctor),
  forEnvironment('POST', '/apps/:appId/:environment/doctor', 'read-only', postDoctor),
];

async function getDoctor(call: EnvironmentCall): Promise<FastifyReply> {
  return sendAppPage(call, 200, 'doctor', doctorPage(call, { typed: call.environment.origins[0] ?? '' }));
}

async function postDoctor(call: EnvironmentCall): Promise<FastifyReply> {
  const typed = formSchema.parse(call.body).page;
  const address = parsePageAddress(typed);
  if (!address) {
    const error = call.language.t('vendor.doctor.notAnAddress');
    return sendAppPage(call, 400, 'doctor', doctorPage(call, { typed, error }));
  }
  const waitMs = await call.context.throttle.count('examinePage', call.account.id);
  if (waitMs > 0) {
    return sendAppPage(call, 429, 'doctor', doctorPage(call, { typed, alert: tellToWait(call, waitMs) }));
  }
  const { config, storage } = call.context;
  const { publicUrl } = config;
  const addresses = addressesBeside(publicUrl);
  const ownFields = config.ownFields.map(({ name }) => name);
  const context = { publicUrl, addresses, ownFields, appEnvironments: storage.appEnvironments };
  const examination = await examinePage(context, call.environment, address);
  return sendAppPage(call, 200, 'doctor', doctorPage(call, { typed, examination }));
}
