import { z } from 'zod';
import { GRACES, GRACES_MS } from '../../domain/apps/grace.ts';
import { type Command, parseOptions, UsageError } from './command.ts';
import { clientIdSchema, graceSchema } from './key.ts';
import { inTransaction, tellOwners } from './operator-act.ts';

const USAGE = `secret rotate --client-id X [--grace ${GRACES.join('|')}]`;
const schema = z.object({ 'client-id': clientIdSchema, grace: graceSchema });

/** Creates a client secret that replaces the current one. */
export const secretRotate: Command = {
  name: 'secret rotate',
  usage: USAGE,
  async run(words, context) {
    const text = { type: 'string' } as const;
    const { 'client-id': clientId, grace } = parseOptions(words, { 'client-id': text, grace: text }, schema, USAGE);
    return inTransaction(context, async (part) => {
      const { storage } = part;
      const secret = await storage.clientSecrets.replace(clientId, GRACES_MS[grace]);
      const app = secret && (await storage.appEnvironments.findByClientId(clientId));
      if (!app) throw new UsageError(`There is no client_id "${clientId}".`);
      await storage.auditLog.append({
        realm: app.realm,
        act: 'environment.secret_replaced',
        actor: 'operator',
        subject: `environment:${clientId}`,
        detail: { grace },
      });
      const { appId, name, environment } = app;
      await tellOwners(part, appId, { kind: 'client_secret_replaced', app: name, environment });
      return {
        client_id: clientId,
        client_secret: secret,
        previous_works_until: app.previousSecret?.expiresAt.toISOString() ?? null,
      };
    });
  },
};
