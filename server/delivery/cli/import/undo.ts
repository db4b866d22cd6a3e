import { REALMS } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { type Command, type CommandContext, parseOptions, parseWordAndOptions, UsageError } from '../command.ts';

const MAX_LISTED = 100;
const LIST_USAGE = 'import list [--realm production|sandbox]';

/** Lists the latest imports, newest first. */
export const importList: Command = {
  name: 'import list',
  usage: LIST_USAGE,
  async run(words, { storage }) {
    const schema = z.object({ realm: z.enum(REALMS).optional() });
    const { realm } = parseOptions(words, { realm: { type: 'string' } }, schema, LIST_USAGE);
    const imports = [];
    for (const one of realm ? [realm] : REALMS)
      for (const { id, startedAt, finishedAt, ...each } of await storage.realm(one).imports.list(MAX_LISTED))
        imports.push({
          ...{ import_id: id, realm: one, ...each, started_at: startedAt.toISOString() },
          finished_at: finishedAt?.toISOString() ?? null,
        });
    const weak = await Promise.all(REALMS.map((one) => storage.realm(one).accounts.countWeakPasswords()));
    return { imports, weak_passwords_left: weak.reduce((sum, count) => sum + count, 0) };
  },
};

const USAGE = 'import undo ID [--yes]';

/** Takes back what an import has created and nobody has used since. Without --yes it says how many accounts that are. */
export const importUndo: Command = {
  name: 'import undo',
  usage: USAGE,
  async run(words, context) {
    const schema = z.object({ yes: z.boolean().default(false) });
    const { word: id, options } = parseWordAndOptions(words, { yes: { type: 'boolean' } }, schema, USAGE);
    for (const realm of REALMS) {
      const { imports } = context.storage.realm(realm);
      if (!(await imports.find(id))) continue;
      if (!options.yes) return { import_id: id, would_delete: await imports.countUnused(id), confirm_with: '--yes' };
      return { import_id: id, deleted: await undo(context, realm, id) };
    }
    throw new UsageError(`There is no import "${id}".`);
  },
};

async function undo({ storage }: CommandContext, realm: (typeof REALMS)[number], id: string): Promise<number> {
  const { imports } = storage.realm(realm);
  let deleted = 0;
  for (let some = await imports.deleteUnused(id); some > 0; some = await imports.deleteUnused(id)) deleted += some;
  await storage.auditLog.append({
    realm,
    act: 'import.undone',
    actor: 'operator',
    subject: `import:${id}`,
    detail: { deleted },
  });
  return deleted;
}
