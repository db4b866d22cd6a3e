import { existsSync } from 'node:fs';
import type { Config } from '#config.ts';
import { OwnAddress } from '#outbound/own-address.ts';
import { explainStartFailure } from '#start-failure.ts';
import { openDatabase } from '#storage/database.ts';
import { type DatabaseFacts, readDatabaseFacts } from '#storage/database-facts.ts';
import { createStorage } from '#storage/index.ts';
import { judgeClock, type OtherClock } from './clock.ts';
import { databaseUnreachable, judgeDatabase, judgeMigrations } from './database.ts';
import { databaseFile, examineDisk, examineFiles } from './disk.ts';
import { examineFedcm } from './fedcm.ts';
import { type Finding, notChecked, problem, SUBJECTS, type Subject } from './finding.ts';
import { examineKept } from './kept.ts';
import { examineMail } from './mail.ts';
import { examinePublicAddress, type PublicAddressResult } from './public-address.ts';
import { judgeReview, judgeVersion } from './server.ts';
import { examineSettings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

const CALL_TIMEOUT_MS = 5_000;

/**
 * Looks at everything that makes an installation fit for production. It changes nothing but a token in the database, which is gone at the
 * end. Every call is bounded, so that the whole takes less than two minutes where nothing answers, and seconds where all is well.
 *
 * @returns one finding of each subject, in their order
 */
export async function examine(
  config: Config,
  { mailTo, ...surroundings }: Surroundings & { readonly mailTo?: string | undefined } = {},
): Promise<Finding[]> {
  const files = examineFiles(config);
  const address = new OwnAddress(config.publicUrl, { timeoutMs: CALL_TIMEOUT_MS, resolver: surroundings.resolver });
  try {
    const [installed, mail, fedcm] = await Promise.all([
      examineInstalled(config, (token) => examinePublicAddress(address, config, token, surroundings)),
      examineMail(config, mailTo),
      examineFedcm(config.publicUrl, surroundings.resolver),
    ]);
    const { visit } = installed;
    return complete([
      ...examineSettings(config),
      files,
      ...examineDisk(config),
      ...installed.findings,
      judgeVersion(visit),
      judgeReview(visit, config),
      judgeClock(installed.clocks),
      ...mail,
      fedcm,
    ]);
  } finally {
    address.close();
  }
}

type AskPublicAddress = (token: string | undefined) => Promise<PublicAddressResult>;

/** The database, and with a token in it the public address. */
async function examineInstalled(config: Config, ask: AskPublicAddress): Promise<PublicAddressResult> {
  const without = async (findings: readonly Finding[]) => {
    const asked = await ask(undefined);
    return { ...asked, findings: [...findings, ...asked.findings] };
  };
  // To open it would make it.
  if (!config.databaseUrl && !existsSync(databaseFile(config))) {
    const reason = `there is no ${databaseFile(config)}`;
    return without(databaseUnreachable(reason));
  }
  const database = openDatabase(config);
  try {
    const facts = await readDatabaseFacts(database);
    const findings = [...judgeDatabase(facts, config.databaseUrl), judgeMigrations(facts)];
    if (facts.pending.length > 0) return await without(findings);
    const storage = createStorage(database);
    const kept = await examineKept(storage, Date.now());
    const token = await storage.diagnosticTokens.open();
    try {
      const asked = await ask(token);
      return {
        ...asked,
        findings: [...findings, ...kept, ...asked.findings],
        clocks: [...asked.clocks, ...clockOf(facts)],
      };
    } finally {
      await storage.diagnosticTokens.close(token);
    }
  } catch (error) {
    return without(databaseUnreachable(reasonOf(error)));
  } finally {
    await database.close();
  }
}

function clockOf({ postgres }: DatabaseFacts): OtherClock[] {
  return postgres ? [{ whose: 'the database', ms: postgres.nowMs, readAtMs: Date.now(), unitMs: 0 }] : [];
}

function reasonOf(error: unknown): string {
  return explainStartFailure(error) ?? (error instanceof Error ? error.message : String(error));
}

/** What could not be looked at is said, because silence would be taken for a pass. */
function complete(findings: readonly Finding[]): Finding[] {
  return SUBJECTS.map(
    (code) => findings.find((finding) => finding.code === code) ?? notChecked(code, reasonWhy(code, findings)),
  );
}

const OF_THE_DATABASE: ReadonlySet<Subject> = new Set(['signing_keys', 'secrets', 'backups', 'mail_queue']);

function reasonWhy(code: Subject, findings: readonly Finding[]): string {
  const isWrong = (name: Subject) =>
    findings.some((finding) => finding.code === name && finding.level !== 'ok' && finding.level !== 'warning');
  if (code === 'certificate' || (code === 'http_redirect' && !isWrong('certificate')))
    return 'PUBLIC_URL is not https.';
  if (code.startsWith('mail_') && !OF_THE_DATABASE.has(code)) return 'No mail server was reached.';
  if (OF_THE_DATABASE.has(code)) return 'The database is out of reach, or lacks migrations.';
  if (isWrong('certificate')) return 'Nothing is sent to an address whose certificate is not valid.';
  if (isWrong('server')) return 'The server was not reached through its public address.';
  return 'Without the database, this command cannot prove to the server that it belongs to the same installation.';
}

/** For settings with which nothing else can be looked at. */
export function settingsProblem(message: string): Finding[] {
  return [
    problem('settings', message, 'Correct the settings. Nothing else was looked at.'),
    ...SUBJECTS.filter((code) => code !== 'settings').map((code) => notChecked(code, 'The settings are wrong.')),
  ];
}
