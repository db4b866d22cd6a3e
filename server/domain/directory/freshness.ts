import type { DirectoryPerson } from '../../storage/directory-people.ts';
import type { DirectoryContext } from './ask.ts';

/** Whether the directory's last word about somebody is good, and young enough to count while it is out of order. */
export function isFresh({ directory }: DirectoryContext, word: DirectoryPerson | undefined): word is DirectoryPerson {
  if (!word || word.refusedAt) return false;
  return Date.now() - word.confirmedAt.getTime() < directory.settings.maxStaleMs;
}
