import {
  accountBlock,
  accountCreate,
  accountDelete,
  accountList,
  accountRemoveSecondFactor,
  accountUnblock,
  accountVerify,
} from './account.ts';
import { accountCounts } from './account-counts.ts';
import { accountSearch } from './account-search.ts';
import { appCreate } from './app.ts';
import { appApprove, appDecline, appList, appShow, appSuspend } from './app-review.ts';
import { appSet } from './app-set.ts';
import { appDisable, appEnable } from './app-switch.ts';
import { audit, auditList } from './audit.ts';
import type { BareCommand, Command } from './command.ts';
import { contractTest } from './contract-test.ts';
import { dbBackup, dbMigrate } from './db.ts';
import { doctor } from './doctor/doctor.ts';
import { importCommand } from './import/import.ts';
import { importList, importUndo } from './import/undo.ts';
import { keyCreate, keyList, keyRevoke, keyRotate } from './key.ts';
import { mailPreview } from './mail.ts';
import { managementKeyCreate, managementKeyList, managementKeyRevoke } from './management-key.ts';
import { secretRotate } from './secret.ts';
import { signingKeyList, signingKeyRotate } from './signing-key.ts';
import {
  webhookCreate,
  webhookDelete,
  webhookDisable,
  webhookEnable,
  webhookList,
  webhookRotate,
  webhookTest,
} from './webhook.ts';
import { webhookDeliveries, webhookReplay } from './webhook-deliveries.ts';

/** The commands of `npm run platform -- <noun> <verb> [options] [--json]`. They use the database directly, so no server has to run. */
export const COMMANDS: readonly Command[] = [
  appCreate,
  appList,
  appShow,
  appSet,
  appApprove,
  appDecline,
  appSuspend,
  appDisable,
  appEnable,
  keyList,
  keyCreate,
  keyRotate,
  keyRevoke,
  managementKeyList,
  managementKeyCreate,
  managementKeyRevoke,
  secretRotate,
  webhookCreate,
  webhookList,
  webhookTest,
  webhookDisable,
  webhookEnable,
  webhookDelete,
  webhookRotate,
  webhookReplay,
  webhookDeliveries,
  accountCreate,
  accountList,
  accountSearch,
  accountCounts,
  accountBlock,
  accountUnblock,
  accountVerify,
  accountRemoveSecondFactor,
  accountDelete,
  importCommand,
  importList,
  importUndo,
  signingKeyRotate,
  signingKeyList,
  audit,
  auditList,
  dbMigrate,
  dbBackup,
];

/** Those that work where the others would fail to start. */
export const BARE_COMMANDS: readonly BareCommand[] = [doctor, contractTest, mailPreview];
