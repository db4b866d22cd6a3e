import type { Migration } from 'kysely/migration';
import * as foundations from './001-foundations.ts';
import * as vendorApi from './002-vendor-api.ts';
import * as portal from './003-portal.ts';
import * as hardening from './004-hardening.ts';
import * as birthdate from './005-birthdate.ts';
import * as appReview from './017-app-review.ts';

/** In order; a migration that has been released is never edited. */
export const migrations: Record<string, Migration> = {
  '001-foundations': foundations,
  '002-vendor-api': vendorApi,
  '003-portal': portal,
  '004-hardening': hardening,
  '005-birthdate': birthdate,
  '017-app-review': appReview,
};
