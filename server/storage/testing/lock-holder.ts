import { spawn } from 'node:child_process';
import { once } from 'node:events';

const PROGRAM = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1], { timeout: 60_000 });
  database.exec('begin immediate');
  console.log('held');
  process.stdin.resume().on('end', () => database.exec('rollback'));
`;

/** Lets another process hold the write lock of a SQLite file. @returns ends it */
export async function holdWriteLock(file: string): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['--eval', PROGRAM, file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exit = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    exit.then(([code]) => Promise.reject(new Error(`ended with ${code}`))),
  ]);
  return async () => {
    child.stdin.end();
    await exit;
  };
}
