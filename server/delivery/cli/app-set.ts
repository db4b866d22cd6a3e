import { ID_TOKEN_ALGS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { appOf } from './app-review.ts';
import { type Command, parseWordAndOptions, UsageError } from './command.ts';
import { inTransaction, note } from './operator-act.ts';

const USAGE = `app set ID [--id-token-alg ${ID_TOKEN_ALGS.join('|')}]`;
const schema = z.object({ 'id-token-alg': z.enum(ID_TOKEN_ALGS).optional() });

/** Changes settings of an app by its app_id or client_id, and leaves those that are not named. */
export const appSet: Command = {
  name: 'app set',
  usage: USAGE,
  async run(words, context) {
    const { word: id, options } = parseWordAndOptions(words, { 'id-token-alg': { type: 'string' } }, schema, USAGE);
    const { 'id-token-alg': idTokenAlg } = options;
    if (idTokenAlg === undefined) throw new UsageError(`Say what to change.\nUsage: ${USAGE}`);
    return inTransaction(context, async (part) => {
      const { id: appId } = await appOf(part, id);
      await part.storage.apps.setIdTokenAlg(appId, idTokenAlg);
      await note(part, 'app.settings_changed', `app:${appId}`, { changed: ['id_token_alg'] });
      return { app_id: appId, id_token_alg: idTokenAlg };
    });
  },
};
