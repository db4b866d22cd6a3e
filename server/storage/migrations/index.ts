import type { Migration } from 'kysely/migration';
import * as foundations from './001-foundations.ts';

/** In order; a migration that has been released is never edited. */
export const migrations: Record<string, Migration> = {
  '001-foundations': foundations,
};
