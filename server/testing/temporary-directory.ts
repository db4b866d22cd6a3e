import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A directory that is gone with the test process. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'signup-platform-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
