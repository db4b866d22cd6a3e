import { ID_TOKEN_ALGS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import type { AppChoices } from '../../storage/apps.ts';
import { appOf } from './app-review.ts';
import { type Command, type CommandContext, parseWordAndOptions, UsageError } from './command.ts';
import { inTransaction, note, tellOwners } from './operator-act.ts';
import { ownerAddress, ownerIdOf } from './owner.ts';

const USAGE =
  `app set ID [--id-token-alg ${ID_TOKEN_ALGS.join('|')}] [--offline-access | --no-offline-access] ` +
  '[--device-flow | --no-device-flow] [--require-verified-email | --no-require-verified-email] [--owner EMAIL]';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const OPTIONS = {
  'id-token-alg': text,
  'offline-access': flag,
  'no-offline-access': flag,
  'device-flow': flag,
  'no-device-flow': flag,
  'require-verified-email': flag,
  'no-require-verified-email': flag,
  owner: text,
};
const SWITCHES = ['offline-access', 'device-flow', 'require-verified-email'] as const;

const schema = z
  .object({
    'id-token-alg': z.enum(ID_TOKEN_ALGS).optional(),
    'offline-access': z.literal(true).optional(),
    'no-offline-access': z.literal(true).optional(),
    'device-flow': z.literal(true).optional(),
    'no-device-flow': z.literal(true).optional(),
    'require-verified-email': z.literal(true).optional(),
    'no-require-verified-email': z.literal(true).optional(),
    owner: ownerAddress.optional(),
  })
  .superRefine((options, context) => {
    for (const name of SWITCHES)
      if (options[name] && options[`no-${name}`])
        context.addIssue({ code: 'custom', path: [name], message: `contradicts --no-${name}` });
  });

/** Changes an app by its app_id or client_id: settings that are named, and who owns it. All else stays. */
export const appSet: Command = {
  name: 'app set',
  usage: USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(words, OPTIONS, schema, USAGE);
    const switched = (name: (typeof SWITCHES)[number]) => options[name] ?? (options[`no-${name}`] ? false : undefined);
    const wanted = {
      id_token_alg: options['id-token-alg'],
      offline_access: switched('offline-access'),
      device_flow: switched('device-flow'),
      require_verified_email: switched('require-verified-email'),
    };
    const { owner } = options;
    const set = Object.fromEntries(Object.entries({ ...wanted, owner }).filter(([, value]) => value !== undefined));
    if (Object.keys(set).length === 0) throw new UsageError(`Say what to change.\nUsage: ${USAGE}`);
    return inTransaction(context, async (part) => {
      const { id: appId, name } = await appOf(part, id);
      await changeSettings(part, appId, wanted);
      if (owner !== undefined) await addOwner(part, { appId, name }, owner);
      return { app_id: appId, ...set };
    });
  },
};

interface Wanted {
  id_token_alg: AppChoices['idTokenAlg'];
  offline_access: boolean | undefined;
  device_flow: boolean | undefined;
  require_verified_email: boolean | undefined;
}

async function changeSettings(part: CommandContext, appId: string, wanted: Wanted): Promise<void> {
  const changed = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  if (changed.length === 0) return;
  await part.storage.apps.updateChoices(appId, {
    idTokenAlg: wanted.id_token_alg,
    offlineAccess: wanted.offline_access,
    deviceFlow: wanted.device_flow,
    requireVerifiedEmail: wanted.require_verified_email,
  });
  await note(part, 'app.settings_changed', `app:${appId}`, { changed });
}

/** The owners that there are stay; they are told. */
async function addOwner(part: CommandContext, app: { appId: string; name: string }, email: string): Promise<void> {
  const { storage } = part;
  const account = await ownerIdOf(storage, email);
  const before = await storage.appMembers.findRole(app.appId, account);
  if (before === 'owner') return;
  await storage.appMembers.put(app.appId, account, 'owner');
  const about = { app: app.name, member: email };
  if (before === undefined) {
    await note(part, 'member.added', `app:${app.appId}`, { account, role: 'owner' });
    await tellOwners(part, app.appId, { kind: 'member_added', ...about });
  } else {
    await note(part, 'member.role_changed', `app:${app.appId}`, { account, from: before, to: 'owner' });
    await tellOwners(part, app.appId, { kind: 'member_role_changed', ...about, role: 'owner' });
  }
}
