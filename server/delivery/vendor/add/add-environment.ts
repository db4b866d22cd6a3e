import type { Environment } from '@signup-with-platform/protocol';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { checkNewAddress } from '#domain/apps/environment-addresses.ts';
import { nameOf } from '#domain/apps/members.ts';
import { notifyOwners } from '#domain/apps/notify-owners.ts';
import { type ProductionNeed, productionNeeds } from '#domain/apps/production.ts';
import { reviewOfNew } from '#domain/apps/review.ts';
import { environmentOfSlug, slugOf } from '#portal/environment-slug.ts';
import { PortalError } from '#portal/portal-error.ts';
import { forMember, type MemberCall } from '#portal/route.ts';
import { appPath } from '../app-layout.ts';
import { firstList } from '../first-address.ts';
import { sendNewSecrets } from '../new-secrets-page.ts';
import { askOperator } from '../review/ask-operator.ts';
import { detailsOf } from '../settings/settings.ts';
import { makeOnce } from '../shown-once.ts';
import { sendAdd } from './add-page.ts';

const MAX_INPUT_LENGTH = 2_000;
const text = z.string().max(MAX_INPUT_LENGTH).trim().catch('');
const querySchema = z.object({ environment: text });
const formSchema = z.object({ environment: text, origin: text });

export const addRoutes = [
  forMember('GET', '/apps/:appId/add', 'owner', getAdd, { recentSignIn: true }),
  forMember('POST', '/apps/:appId/add', 'owner', postAdd, {
    recentSignIn: true,
    form: { keeps: ['environment', 'origin'] },
  }),
];

async function getAdd(call: MemberCall): Promise<FastifyReply> {
  const kept = formSchema.parse(call.kept);
  const environment = environmentOfSlug(querySchema.parse(call.query ?? {}).environment || kept.environment);
  if (!environment) throw new PortalError('not_found');
  if (await exists(call, environment)) return call.reply.redirect(`${appPath(call)}/${slugOf(environment)}`, 303);
  const { kind } = await detailsOf(call);
  return sendAdd(call, 200, { environment, kind, origin: kept.origin, needs: await needsOf(call, environment) });
}

async function postAdd(call: MemberCall): Promise<FastifyReply> {
  const { environment: slug, origin } = formSchema.parse(call.body ?? {});
  const environment = environmentOfSlug(slug);
  if (!environment) throw new PortalError('invalid_request');
  const needs = await needsOf(call, environment);
  const { kind, fields } = await detailsOf(call);
  const list = firstList(kind);
  const problem = checkNewAddress(list, { environment, kind }, call.context.config.publicUrl, [], origin);
  if (needs.length > 0 || problem) return sendAdd(call, 400, { environment, kind, origin, needs, problem });

  const path = `${appPath(call)}/${slug}`;
  return makeOnce(call, async ({ context, app, account, languages, audit }) => {
    const keyName = call.language.t('vendor.keys.first');
    const review = reviewOfNew(environment, context.config, origin);
    const addresses = { origins: [], redirectUris: [], [list]: [origin] };
    const more = { keyName, redirectUris: addresses.redirectUris, ...review };
    const secrets = await context.storage.appEnvironments.add(call.app.id, environment, addresses.origins, more);
    // Another member added it first, and was shown its secrets.
    if (!secrets) return { path, show: async () => call.reply.redirect(path, 303) };
    await audit('environment.added', `environment:${secrets.clientId}`, { app: call.app.id, environment, origin });
    if (review.review) await askOperator(call, audit, { client_id: secrets.clientId });
    if (environment === 'production') {
      const about = { app: app.name, environment, address: origin, by: { name: nameOf(account) } };
      await notifyOwners(
        context,
        app.id,
        { kind: kind === 'native' ? 'redirect_uri_added' : 'origin_added', ...about },
        languages,
      );
    }
    const waits = { approval: review.review !== undefined, domain: (review.domains?.length ?? 0) > 0 };
    const made = { app: call.app.name, kind, redirectUris: [origin], environment, secrets, fields, path, waits };
    return { path, show: () => sendNewSecrets(call, made) };
  });
}

async function exists({ context, app }: MemberCall, environment: Environment): Promise<boolean> {
  return (await context.storage.appEnvironments.find(app.id, environment)) !== undefined;
}

async function needsOf({ context, account, app }: MemberCall, environment: Environment): Promise<ProductionNeed[]> {
  if (environment !== 'production') return [];
  return productionNeeds(account, (await context.storage.apps.findDetails(app.id)) ?? {});
}
