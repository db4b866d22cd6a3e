import { execFile } from 'node:child_process';

const TOOLS = ['pg_dump', 'pg_restore'] as const;
const TIMEOUT_MS = 5_000;

export interface BackupTool {
  readonly name: (typeof TOOLS)[number];
  /** As it calls itself; undefined when it is not on the `PATH`, or does not say. */
  readonly version: string | undefined;
}

/** The programs of PostgreSQL that a backup runs, as this process finds them. */
export function findBackupTools(): Promise<BackupTool[]> {
  return Promise.all(TOOLS.map(async (name) => ({ name, version: await versionOf(name) })));
}

function versionOf(tool: string): Promise<string | undefined> {
  return new Promise((settle) => {
    execFile(tool, ['--version'], { timeout: TIMEOUT_MS }, (error, stdout) => {
      const [, version] = /\(PostgreSQL\) (\d[\w.]*)/.exec(stdout) ?? [];
      settle(error ? undefined : version);
    });
  });
}

/** `15.18` and `18beta1` as 15 and 18: pg_dump refuses servers of a later major version. */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
