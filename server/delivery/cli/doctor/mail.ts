import type { Config } from '#config.ts';
import { checkMailServer, sendTrialMail } from '#outbox/mail-server-check.ts';
import { isLoopbackHost } from '../../../../process/loopback.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';

const TIMEOUT_MS = 10_000;

/** @param mailTo where a trial is sent; undefined for nowhere */
export async function examineMail(config: Config, mailTo: string | undefined): Promise<Finding[]> {
  const { smtpUrl } = config;
  if (smtpUrl === undefined) {
    return [
      problem(
        'mail_server',
        'SMTP_URL is not set, so that nobody can confirm an address or recover an account.',
        'Set SMTP_URL to a mail server, such as smtps://user:password@mail.example.com.',
      ),
    ];
  }
  const { hostname } = new URL(smtpUrl);
  const state = await checkMailServer(smtpUrl, TIMEOUT_MS);
  if (state.outcome === 'failed') {
    return [
      problem(
        'mail_server',
        state.step === 'connect'
          ? `The mail server at ${hostname} is out of reach: ${state.reason}.`
          : `The mail server at ${hostname} does not let us in: ${state.reason}.`,
        state.step === 'connect'
          ? 'Compare host and port in SMTP_URL (587 with STARTTLS, 465 with smtps). Many hosting companies block outgoing mail until asked.'
          : 'Compare user and password in SMTP_URL. Characters such as @ and / in them are written as %40 and %2F.',
      ),
      notChecked('mail_trial', 'There is no mail server to send by.'),
    ];
  }
  const { isEncrypted, isSignedIn } = state;
  return [
    ok(
      'mail_server',
      `The mail server at ${hostname} answers${isSignedIn ? ' and lets us in' : ', and asks for no password'}.`,
    ),
    isEncrypted || isLoopbackHost(hostname)
      ? ok('mail_encryption', isEncrypted ? 'The connection to it is encrypted.' : 'It is on this machine.')
      : warning(
          'mail_encryption',
          'The connection to the mail server is not encrypted: links that sign people in travel readable.',
          'Use smtps://, or a server that offers STARTTLS.',
        ),
    await trial(config, smtpUrl, mailTo),
  ];
}

async function trial(
  { mailFrom, platformName, publicUrl }: Config,
  smtpUrl: string,
  mailTo: string | undefined,
): Promise<Finding> {
  if (mailTo === undefined) {
    return notChecked(
      'mail_trial',
      'No mail was sent.',
      'Add --mail-to with an address of yours at another company, and see whether it arrives, and not as spam.',
    );
  }
  const subject = `Trial mail of ${platformName}`;
  const text = `This mail was sent by "platform doctor" of ${publicUrl}. It reached you, so others do, too. See whether your mail program takes it for spam.\n`;
  try {
    const response = await sendTrialMail(smtpUrl, { from: mailFrom, to: mailTo, subject, text }, TIMEOUT_MS);
    return ok(
      'mail_trial',
      `The mail server has taken a mail from ${mailFrom} to ${mailTo} (${response}). Only its recipient knows whether it arrived.`,
    );
  } catch (error) {
    return problem(
      'mail_trial',
      `The mail server refuses a mail from ${mailFrom} to ${mailTo}: ${error instanceof Error ? error.message : String(error)}.`,
      'Set MAIL_FROM to an address that the mail server may send for.',
    );
  }
}
