import type { Account } from '../../storage/accounts.ts';
import type { DomainContext } from '../context.ts';

/** Whether passwords are in a directory that is asked each time, of whomever it knows. */
export function keepsPasswordsElsewhere({ directory }: Pick<DomainContext, 'directory'>): boolean {
  return directory?.settings.mode === 'always';
}

/** Whether somebody's password and address are the directory's, so that they cannot be changed here. */
export async function isDirectorys(
  context: Pick<DomainContext, 'directory' | 'rows'>,
  { id }: Pick<Account, 'id'>,
): Promise<boolean> {
  return keepsPasswordsElsewhere(context) && (await context.rows.directoryPeople.find(id))?.key !== undefined;
}
