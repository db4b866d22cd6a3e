import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { checkDomain, needsProof, withCheck } from '#domain/apps/domain-proof.ts';
import { callInTransaction } from '#portal/call-in-transaction.ts';
import { type EnvironmentCall, forEnvironment } from '#portal/route.ts';
import { tellToWait } from '#portal/too-many-attempts.ts';
import { environmentPath } from '../app-layout.ts';
import { showSetup } from './show-setup.ts';

const formSchema = z.object({ host: z.string().max(255).catch('') });

export const domainRoutes = [forEnvironment('POST', '/apps/:appId/:environment/domains/check', 'developer', checkNow)];

/** Looks for the proof of a host now. A host that is proven stays so, and one that the environment does not have is not looked at. */
async function checkNow(call: EnvironmentCall): Promise<FastifyReply> {
  const { host } = formSchema.parse(call.body ?? {});
  const { context, environment } = call;
  const { publicUrl } = context.config;
  const domain = environment.domains.find((one) => one.host === host);
  if (!domain || !needsProof(environment.environment, publicUrl)) return showSetup(call, 400, {});
  if (domain.provenAt !== undefined) return finish(call, true);
  const waitMs = await context.throttle.count('checkDomain', call.account.id);
  if (waitMs > 0) return showSetup(call, 429, { alert: tellToWait(call, waitMs) });

  const check = await checkDomain(domain, publicUrl);
  await callInTransaction(call, async (part) => {
    const { appEnvironments } = part.context.storage;
    await appEnvironments.changeDomains(environment.clientId, (domains) => withCheck(domains, domain, check));
    if (!check.proven) return;
    await part.audit('environment.domain_proven', `environment:${environment.clientId}`, { host, by: check.by });
  });
  return finish(call, check.proven);
}

function finish(call: EnvironmentCall, isProven: boolean): FastifyReply {
  return call.reply.redirect(`${environmentPath(call)}${isProven ? '?done=domain_proven' : '#domains'}`, 303);
}
