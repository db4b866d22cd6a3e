import { z } from 'zod';
import { appOf } from './app-review.ts';
import { type Command, type CommandContext, parseWord, parseWordAndOptions, UsageError } from './command.ts';
import { inTransaction, note, tellOwners } from './operator-act.ts';

/**
 * An app has two switches, the operator's and its owners', and works when both are on. Neither party turns the other's on: owners cannot undo
 * what the operator has stopped, and an app that its owners have stopped, because a key is out perhaps, stays so until they say otherwise.
 * `app disable` and `app suspend` turn the same switch; suspending says why.
 */
export const appDisable: Command = {
  name: 'app disable',
  usage: 'app disable ID',
  async run(words, context) {
    const id = parseWord(words, 'app disable ID');
    return inTransaction(context, async (part) => {
      const app = await appOf(part, id);
      if (app.suspensionReason === undefined) {
        await part.storage.appReviews.setSuspended(app.id, '');
        await note(part, 'app.disabled', `app:${app.id}`);
        await tellOwners(part, app.id, { kind: 'app_disabled', app: app.name });
      }
      return { app_id: app.id, disabled: true };
    });
  },
};

const ENABLE_USAGE = 'app enable ID [--override-owners]';
const enableSchema = z.object({ 'override-owners': z.boolean().default(false) });

export const appEnable: Command = {
  name: 'app enable',
  usage: ENABLE_USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(
      words,
      { 'override-owners': { type: 'boolean' } },
      enableSchema,
      ENABLE_USAGE,
    );
    return inTransaction(context, (part) => enable(part, id, options['override-owners']));
  },
};

async function enable(part: CommandContext, id: string, overridesOwners: boolean): Promise<Record<string, unknown>> {
  const { apps, appReviews, appMembers } = part.storage;
  const { id: appId, name, suspensionReason } = await appOf(part, id);
  const isOffByOwners = (await apps.find(appId))?.disabled === true;
  const isOffByOperator = suspensionReason !== undefined;
  // Where nobody owns an app, both are the operator's.
  const hasOwners = (await appMembers.list(appId)).some(({ role }) => role === 'owner');
  const staysOff = isOffByOwners && hasOwners && !overridesOwners;
  if (staysOff && !isOffByOperator) {
    throw new UsageError(
      `"${name}" was disabled by one of its owners, who can enable it in the portal. To do it in their place: app enable ${appId} --override-owners`,
    );
  }
  if (isOffByOperator) await appReviews.setSuspended(appId, undefined);
  if (isOffByOwners && !staysOff) await apps.setDisabled(appId, false);
  if (isOffByOperator || isOffByOwners) await note(part, 'app.enabled', `app:${appId}`);
  if (staysOff) return { app_id: appId, disabled: true, disabled_by: 'owner' };
  if (isOffByOperator || isOffByOwners) await tellOwners(part, appId, { kind: 'app_enabled', app: name });
  return { app_id: appId, disabled: false };
}
