/** How bad it is. Only a problem makes the command fail. `not_checked` is never a pass: it says why, and what to look at by hand. */
export type Level = 'ok' | 'warning' | 'problem' | 'not_checked';

/** What is looked at, in the order in which it is shown. A subject's name is stable, for programs that read the findings. */
export const SUBJECTS = [
  'settings',
  'environment',
  'public_url',
  'certificate',
  'http_redirect',
  'server',
  'server_settings',
  'version',
  'hsts',
  'proxy_host',
  'proxy_scheme',
  'client_address',
  'request_headers',
  'response_headers',
  'methods',
  'error_answers',
  'caching',
  'compression',
  'event_stream',
  'body_limit',
  'client_connections',
  'proxy_connections',
  'metrics',
  'clock',
  'database',
  'migrations',
  'database_settings',
  'database_disk',
  'backups',
  'backup_tools',
  'files',
  'disk_space',
  'mail_server',
  'mail_encryption',
  'mail_trial',
  'mail_spf',
  'mail_dkim',
  'mail_dmarc',
  'mail_queue',
  'signing_keys',
  'secrets',
  'data_key',
  'app_review',
  'fedcm',
  'upstreams',
  'directory',
] as const;

export type Subject = (typeof SUBJECTS)[number];

export interface Finding {
  readonly code: Subject;
  readonly level: Level;
  /** What is the case. */
  readonly message: string;
  /** What to do; absent where there is nothing to do. */
  readonly advice?: string;
}

export function ok(code: Subject, message: string): Finding {
  return { code, level: 'ok', message };
}

export function warning(code: Subject, message: string, advice: string): Finding {
  return { code, level: 'warning', message, advice };
}

export function problem(code: Subject, message: string, advice: string): Finding {
  return { code, level: 'problem', message, advice };
}

export function notChecked(code: Subject, message: string, advice?: string): Finding {
  return { code, level: 'not_checked', message, ...(advice !== undefined && { advice }) };
}

const SEVERITY: readonly Level[] = ['problem', 'warning', 'ok', 'not_checked'];

/** The worst of one subject’s findings; those that are equally bad become one that says each. @returns undefined when there are none */
export function worstOf(findings: readonly Finding[]): Finding | undefined {
  const level = SEVERITY.find((each) => findings.some((finding) => finding.level === each));
  const [first, ...others] = findings.filter((finding) => finding.level === level);
  if (!first || others.length === 0) return first;
  const join = (texts: readonly (string | undefined)[]) => [...new Set(texts)].filter(Boolean).join(' ');
  const all = [first, ...others];
  const advice = join(all.map((finding) => finding.advice));
  return { ...first, message: join(all.map(({ message }) => message)), ...(advice && { advice }) };
}
