import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { SettingError } from './setting.ts';

/** An absolute path. Shells replace `~` and variables; files such as `.env` do not, and a folder of that name would appear. */
export function pathOf(text: string): string {
  if (/^\$|\$\{/.test(text)) throw new SettingError('has a variable in it that nobody has replaced');
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(text)) throw new SettingError('must be a path and no URL');
  return resolve(text.replace(/^~(?=\/|$)/, homedir()));
}
