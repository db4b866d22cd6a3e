import { SettingError } from './setting.ts';

/** What browsers require of a host that asks to be in the list that they contain (hstspreload.org). */
const PRELOAD_MIN_SECONDS = 31_536_000;
const OFF = new Set(['off', 'false', 'no', 'none']);

/** The value of the header `Strict-Transport-Security` (RFC 6797 section 6.1). @returns `off` when none is to be sent */
export function strictTransportSecurityOf(text: string): string {
  if (OFF.has(text.toLowerCase())) return 'off';
  const directives = text
    .split(';')
    .map((directive) => directive.trim().toLowerCase())
    .filter(Boolean);
  const ages = directives.flatMap((directive) => /^max-age\s*=\s*"?(\d{1,10})"?$/.exec(directive)?.[1] ?? []);
  const has = (name: string) => directives.includes(name);
  const [age] = ages;
  if (age === undefined || new Set(directives).size !== 1 + Number(has('includesubdomains')) + Number(has('preload')))
    throw new SettingError('must be off, or max-age with includeSubDomains and preload if wanted');
  if (has('preload') && !(has('includesubdomains') && Number(age) >= PRELOAD_MIN_SECONDS))
    throw new SettingError(`with preload, needs includeSubDomains and a max-age of at least ${PRELOAD_MIN_SECONDS}`);
  return [`max-age=${Number(age)}`, has('includesubdomains') && 'includeSubDomains', has('preload') && 'preload']
    .filter(Boolean)
    .join('; ');
}
