import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * When what is released was written: SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/), else the time of the last
 * commit. Where there is no Git, as in the build of the image, which throws the archive away, it is now.
 */
export async function sourceTime(directory: string, env: NodeJS.ProcessEnv = process.env): Promise<Date> {
  const given = env['SOURCE_DATE_EPOCH'];
  if (given && !/^\d{1,11}$/.test(given)) throw new Error(`SOURCE_DATE_EPOCH is ${given}, and no number of seconds.`);
  const seconds = given || (await timeOfLastCommit(directory));
  return seconds ? new Date(Number(seconds) * 1000) : new Date();
}

/** In seconds; empty where there is no Git. */
async function timeOfLastCommit(directory: string): Promise<string> {
  const git = promisify(execFile)('git', ['log', '-1', '--format=%ct'], { cwd: directory });
  return git.then(({ stdout }) => stdout.trim()).catch(() => '');
}
