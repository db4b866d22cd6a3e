import { REALMS, type Realm } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { STORED_FORMS } from '#domain/password-forms/sealed.ts';
import type { RealmStorage } from '#storage/index.ts';
import { type Command, parseOptions } from './command.ts';

const USAGE = 'account counts [--realm production|sandbox]';
const schema = z.object({ realm: z.enum(REALMS).optional() });

/** Counts accounts by realm, by how their passwords are hashed, and by the import that brought them. */
export const accountCounts: Command = {
  name: 'account counts',
  usage: USAGE,
  async run(words, { storage }) {
    const { realm } = parseOptions(words, { realm: { type: 'string' } }, schema, USAGE);
    const counts: [Realm, object][] = [];
    for (const one of realm ? [realm] : REALMS) counts.push([one, await countsOf(storage.realm(one))]);
    return Object.fromEntries(counts);
  },
};

async function countsOf({ accountCounts }: RealmStorage): Promise<object> {
  const { accounts, verified, blocked, ownPassword, noPassword } = await accountCounts.states();
  const forms = Object.entries(await accountCounts.foreignForms(STORED_FORMS)).filter(([, count]) => count > 0);
  const sources = await accountCounts.sources();
  const brought = sources.reduce((sum, source) => sum + source.accounts, 0);
  return {
    ...{ accounts, verified, blocked },
    passwords: { own: ownPassword, none: noPassword, ...Object.fromEntries(forms) },
    sources: [
      { import_id: null, source: 'signed up here', accounts: accounts - brought },
      ...sources.map(({ importId, ...one }) => ({ import_id: importId, ...one })),
    ],
  };
}
