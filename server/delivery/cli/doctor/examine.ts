import type { Config } from '#config.ts';
import { OwnAddress } from '#outbound/own-address.ts';
import { judgeClock } from './clock.ts';
import { examineDataKey } from './data-key.ts';
import { examineDirectory } from './directory.ts';
import { examineDisk, examineFiles } from './disk.ts';
import { examineFedcm } from './fedcm.ts';
import { type Finding, notChecked, problem, SUBJECTS, type Subject, worstOf } from './finding.ts';
import { examineInstalled } from './installed.ts';
import { examineMail } from './mail.ts';
import { examineMailDomain } from './mail-domain.ts';
import { examinePublicAddress } from './public-address.ts';
import { judgeReview, judgeVersion } from './server.ts';
import { examineSettings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { examineUpstreams } from './upstreams.ts';

const CALL_TIMEOUT_MS = 5_000;

/**
 * Looks at everything that makes an installation fit for production. It changes nothing but a token in the database, which is gone at the
 * end. Every call is bounded, so that the whole takes less than two minutes where nothing answers, and seconds where all is well.
 *
 * @returns one finding of each subject, in their order
 */
export async function examine(
  config: Config,
  { mailTo, ...surroundings }: Surroundings & { readonly mailTo?: string | undefined } = {},
): Promise<Finding[]> {
  const files = examineFiles(config);
  const address = new OwnAddress(config.publicUrl, { timeoutMs: CALL_TIMEOUT_MS, resolver: surroundings.resolver });
  try {
    const [installed, mail, mailDomain, fedcm, upstreams, directory] = await Promise.all([
      examineInstalled(config, (token) => examinePublicAddress(address, config, token, surroundings)),
      examineMail(config, mailTo),
      examineMailDomain(config),
      examineFedcm(config.publicUrl, surroundings.resolver),
      examineUpstreams(config),
      examineDirectory(config),
    ]);
    const { visit } = installed;
    return complete([
      ...examineSettings(config),
      files,
      ...examineDisk(config),
      examineDataKey(config),
      ...installed.findings,
      judgeVersion(visit),
      judgeReview(visit, config),
      judgeClock(installed.clocks),
      ...mail,
      ...mailDomain,
      fedcm,
      ...upstreams,
      directory,
    ]);
  } finally {
    address.close();
  }
}

/** One finding of each subject. What could not be looked at is said, because silence would be taken for a pass. */
function complete(findings: readonly Finding[]): Finding[] {
  return SUBJECTS.map(
    (code) =>
      worstOf(findings.filter((finding) => finding.code === code)) ?? notChecked(code, reasonWhy(code, findings)),
  );
}

/** What failures of the database are told by. */
const ABOUT_THE_DATABASE: readonly Subject[] = [
  'database',
  'migrations',
  'database_settings',
  'database_disk',
  'files',
];
const OF_THE_DATABASE: ReadonlySet<Subject> = new Set([
  'migrations',
  'database_settings',
  'signing_keys',
  'secrets',
  'backups',
  'backup_tools',
  'mail_queue',
]);

function reasonWhy(code: Subject, findings: readonly Finding[]): string {
  const isWrong = (name: Subject) => findings.some(({ code: of, level }) => of === name && level === 'problem');
  if (code === 'certificate' || (code === 'http_redirect' && !isWrong('certificate')))
    return 'PUBLIC_URL is not https.';
  const fault = ABOUT_THE_DATABASE.find(isWrong) ?? 'migrations';
  if (OF_THE_DATABASE.has(code)) return `It could not be read from the database: see the finding ${fault}.`;
  if (code.startsWith('mail_')) return 'No mail server was reached.';
  if (isWrong('certificate')) return 'Nothing is sent to an address whose certificate is not valid.';
  if (isWrong('server')) return 'The server was not reached through its public address.';
  return `Without a token in the database, this command cannot prove to the server that it belongs to the same installation: see the finding ${fault}.`;
}

/** For settings with which nothing else can be looked at. */
export function settingsProblem(message: string): Finding[] {
  return [
    problem('settings', message, 'Correct the settings. Nothing else was looked at.'),
    ...SUBJECTS.filter((code) => code !== 'settings').map((code) => notChecked(code, 'The settings are wrong.')),
  ];
}
