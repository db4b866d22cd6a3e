import type { Migration } from 'kysely/migration';
import * as foundations from './001-foundations.ts';
import * as vendorApi from './002-vendor-api.ts';
import * as portal from './003-portal.ts';
import * as hardening from './004-hardening.ts';
import * as birthdate from './005-birthdate.ts';
import * as sandboxInbox from './006-sandbox-inbox.ts';
import * as submissions from './008-submissions.ts';
import * as limits from './010-limits.ts';
import * as listPositions from './013-list-positions.ts';
import * as boundedWork from './014-bounded-work.ts';
import * as appReview from './017-app-review.ts';
import * as sandboxAccounts from './018-sandbox-accounts.ts';
import * as appDeletion from './019-app-deletion.ts';
import * as credentialLifetime from './020-credential-lifetime.ts';
import * as signingAlgorithms from './021-signing-algorithms.ts';
import * as signOut from './022-sign-out.ts';
import * as nativeApps from './023-native-apps.ts';
import * as deviceFlow from './025-device-flow.ts';
import * as eventAttempts from './026-event-attempts.ts';
import * as copiesOfTestPeople from './027-copies-of-test-people.ts';
import * as htmlMails from './028-html-mails.ts';
import * as packageFiles from './030-package-files.ts';
import * as widgetVersions from './031-widget-versions.ts';
import * as diagnosticTokens from './032-diagnostic-tokens.ts';
import * as lookups from './033-lookups.ts';
import * as disclosuresByUser from './034-disclosures-by-user.ts';
import * as mailedCodes from './037-mailed-codes.ts';
import * as identities from './039-identities.ts';
import * as breachedPasswords from './041-breached-passwords.ts';
import * as secondFactors from './042-second-factors.ts';
import * as foreignPasswords from './044-foreign-passwords.ts';
import * as imports from './045-imports.ts';
import * as signOuts from './046-sign-outs.ts';
import * as importedBelongings from './047-imported-belongings.ts';
import * as directoryPeople from './049-directory-people.ts';
import * as handOver from './050-hand-over.ts';
import * as management from './051-management.ts';
import * as ownFields from './052-own-fields.ts';
import * as webhooks from './060-webhooks.ts';
import * as webhookDeliveries from './061-webhook-deliveries.ts';

/** In order; a migration that has been released is never edited. */
export const migrations: Record<string, Migration> = {
  '001-foundations': foundations,
  '002-vendor-api': vendorApi,
  '003-portal': portal,
  '004-hardening': hardening,
  '005-birthdate': birthdate,
  '006-sandbox-inbox': sandboxInbox,
  '008-submissions': submissions,
  '010-limits': limits,
  '013-list-positions': listPositions,
  '014-bounded-work': boundedWork,
  '017-app-review': appReview,
  '018-sandbox-accounts': sandboxAccounts,
  '019-app-deletion': appDeletion,
  '020-credential-lifetime': credentialLifetime,
  '021-signing-algorithms': signingAlgorithms,
  '022-sign-out': signOut,
  '023-native-apps': nativeApps,
  '025-device-flow': deviceFlow,
  '026-event-attempts': eventAttempts,
  '027-copies-of-test-people': copiesOfTestPeople,
  '028-html-mails': htmlMails,
  '030-package-files': packageFiles,
  '031-widget-versions': widgetVersions,
  '032-diagnostic-tokens': diagnosticTokens,
  '033-lookups': lookups,
  '034-disclosures-by-user': disclosuresByUser,
  '037-mailed-codes': mailedCodes,
  '039-identities': identities,
  '041-breached-passwords': breachedPasswords,
  '042-second-factors': secondFactors,
  '044-foreign-passwords': foreignPasswords,
  '045-imports': imports,
  '046-sign-outs': signOuts,
  '047-imported-belongings': importedBelongings,
  '049-directory-people': directoryPeople,
  '050-hand-over': handOver,
  '051-management': management,
  '052-own-fields': ownFields,
  '060-webhooks': webhooks,
  '061-webhook-deliveries': webhookDeliveries,
};
