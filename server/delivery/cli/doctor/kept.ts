import { REALMS } from '@signup-with-platform/protocol';
import type { Storage } from '#storage/index.ts';
import { scheduleOf } from '#storage/signing-key-schedule.ts';
import { DAY_MS, inWords } from './age.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';

const OLD_KEY_MS = 365 * DAY_MS;
const OLD_BACKUP_MS = 2 * DAY_MS;
const LATE_MAIL_MS = 15 * 60 * 1000;

/** What the database tells of keys, backups and mails. Each is asked for apart, because one may fail where the others do not. */
export const KEPT: readonly ((storage: Storage, nowMs: number) => Promise<Finding>)[] = [
  examineSigningKeys,
  examineSecrets,
  examineBackups,
  examineQueue,
];

async function examineSigningKeys(storage: Storage, nowMs: number): Promise<Finding> {
  const signing = [];
  for (const realm of REALMS) {
    const keys = scheduleOf(await storage.realm(realm).signingKeys.listAll(), nowMs);
    for (const key of keys)
      if (key.state === 'signing') signing.push({ realm, ageMs: nowMs - key.signsFrom.getTime() });
  }
  const [oldest] = signing.toSorted((a, b) => b.ageMs - a.ageMs);
  if (!oldest) return notChecked('signing_keys', 'There are none yet. The first start of the server makes them.');
  return oldest.ageMs < OLD_KEY_MS
    ? ok('signing_keys', `The oldest key that signs is ${inWords(oldest.ageMs)} old.`)
    : warning(
        'signing_keys',
        `A key of ${oldest.realm} has signed for ${inWords(oldest.ageMs)}.`,
        `platform signing-key rotate --realm ${oldest.realm}: nobody is signed out, and vendors have nothing to do.`,
      );
}

/** They cannot be replaced without signing everybody out, so that their age is no fault. */
async function examineSecrets(storage: Storage, nowMs: number): Promise<Finding> {
  const since = await storage.secrets.oldest();
  return since
    ? ok(
        'secrets',
        `The installation’s own secrets are ${inWords(nowMs - since.getTime())} old. Those of the environment (DATABASE_URL, SMTP_URL, METRICS_TOKEN) have no date: change them when somebody leaves who knew them.`,
      )
    : notChecked('secrets', 'There are none yet. The first start of the server makes them.');
}

async function examineBackups(storage: Storage, nowMs: number): Promise<Finding> {
  const [latest] = await storage.auditLog.list({ act: 'database.backed_up', limit: 1 });
  const advice =
    'Run platform db backup every day, keep the files on another machine, and try a restore (docs/operate.md).';
  if (!latest) {
    return warning(
      'backups',
      'No backup has been made by platform db backup. Others, such as PostgreSQL’s own, are not seen here.',
      advice,
    );
  }
  const ageMs = nowMs - latest.at.getTime();
  return ageMs < OLD_BACKUP_MS
    ? ok('backups', `The latest backup is ${inWords(ageMs)} old. Whether its file still exists is not seen here.`)
    : warning(
        'backups',
        `The latest backup by platform db backup is ${inWords(ageMs)} old. Others are not seen here.`,
        advice,
      );
}

async function examineQueue(storage: Storage, nowMs: number): Promise<Finding> {
  const { waiting, oldest } = await storage.mails.queue();
  const ageMs = oldest ? nowMs - oldest.getTime() : 0;
  if (waiting === 0) return ok('mail_queue', 'No mail waits.');
  return ageMs < LATE_MAIL_MS
    ? ok('mail_queue', `${waiting} mail${waiting === 1 ? ' waits' : 's wait'}, for ${inWords(ageMs)} at most.`)
    : problem(
        'mail_queue',
        `${waiting} mail${waiting === 1 ? ' waits' : 's wait'} to be sent, the oldest for ${inWords(ageMs)}.`,
        'See the server’s log for “mail was not sent”, and the finding mail_server.',
      );
}
