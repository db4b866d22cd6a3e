import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Installation } from './installation.ts';

const CONTRACT = fileURLToPath(new URL('../../server/storage/storage-contract.test.ts', import.meta.url));

/**
 * Explains every statement of the repositories as PostgreSQL plans it among these rows, with statistics of them; tests have few rows and
 * pretend many. It adds rows to tables that have none, so it is the last that is done with a database.
 * @returns what reads a table, or puts rows in order, and is not allowed to; else undefined
 */
export async function unexpectedPlans({ settings }: Installation): Promise<string | undefined> {
  const test = spawn(process.execPath, ['--test', '--test-reporter=spec', CONTRACT], {
    env: { ...process.env, CROWDED_DATABASE_URL: settings.databaseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  test.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const [code] = (await once(test, 'close')) as [number | null];
  return code === 0 ? undefined : output.slice(output.indexOf('failing tests'));
}
