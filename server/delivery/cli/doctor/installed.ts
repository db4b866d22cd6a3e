import { existsSync } from 'node:fs';
import type { Config } from '#config.ts';
import { findBackupTools } from '#storage/backup-tools.ts';
import { type Database, openDatabase } from '#storage/database.ts';
import { type DatabaseFacts, readDatabaseFacts } from '#storage/database-facts.ts';
import { createStorage } from '#storage/index.ts';
import type { OtherClock } from './clock.ts';
import { judgeBackupTools, judgeDatabase, judgeMigrations } from './database.ts';
import { judgeDatabaseFailure } from './database-failure.ts';
import { databaseFile } from './disk.ts';
import { type Finding, problem } from './finding.ts';
import { KEPT } from './kept.ts';
import type { PublicAddressResult } from './public-address.ts';

/** @param token by which the server knows that this command belongs to it; undefined where the database could not take one */
export type AskPublicAddress = (token: string | undefined) => Promise<PublicAddressResult>;

/** The database, and with a token in it the public address. */
export async function examineInstalled(config: Config, ask: AskPublicAddress): Promise<PublicAddressResult> {
  // To open it would make it.
  if (!config.databaseUrl && !existsSync(databaseFile(config))) {
    const nothing = problem(
      'database',
      `There is no database: ${databaseFile(config)} does not exist.`,
      'Compare DATA_DIR with the server’s, or start the server, which makes it.',
    );
    return withFindings([nothing], await ask(undefined));
  }
  const database = openDatabase(config);
  try {
    return await examineDatabase(database, config, ask);
  } finally {
    await database.close();
  }
}

/** Each part is looked at by itself, so that what fails hides nothing of the others. */
export async function examineDatabase(
  database: Database,
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  ask: AskPublicAddress,
): Promise<PublicAddressResult> {
  const findings: Finding[] = [];
  /** @returns undefined when it failed, which is a finding */
  const attempt = async <Result>(part: () => Promise<Result>): Promise<Result | undefined> => {
    try {
      return await part();
    } catch (error) {
      findings.push(judgeDatabaseFailure(error));
      return undefined;
    }
  };
  const facts = await attempt(() => readDatabaseFacts(database));
  if (facts) {
    const tools = facts.postgres ? await findBackupTools() : [];
    findings.push(...judgeDatabase(facts, databaseUrl), judgeMigrations(facts), judgeBackupTools(facts, tools));
  }
  if (!facts || facts.pending.length > 0) return withFindings(findings, await ask(undefined));
  const storage = createStorage(database);
  for (const part of KEPT) {
    const finding = await attempt(() => part(storage, Date.now()));
    if (finding) findings.push(finding);
  }
  // What can only be read takes no token.
  const isStandby = facts.postgres?.isStandby ?? false;
  const token = isStandby ? undefined : await attempt(() => storage.diagnosticTokens.open());
  const asked = await ask(token);
  if (token !== undefined) await attempt(() => storage.diagnosticTokens.close(token));
  return { ...withFindings(findings, asked), clocks: [...asked.clocks, ...clockOf(facts)] };
}

function withFindings(findings: readonly Finding[], asked: PublicAddressResult): PublicAddressResult {
  return { ...asked, findings: [...findings, ...asked.findings] };
}

function clockOf({ postgres }: DatabaseFacts): OtherClock[] {
  return postgres ? [{ whose: 'the database', ms: postgres.nowMs, readAtMs: postgres.readAtMs, unitMs: 0 }] : [];
}
