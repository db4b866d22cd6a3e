import type { Config } from '../config.ts';

/** Whether this is a developer's own platform: of this machine alone, not in production, and its mail goes nowhere. */
export function keepsMail({ development, smtpUrl }: Pick<Config, 'development' | 'smtpUrl'>): boolean {
  return development && !smtpUrl;
}
