import type { MailRepository } from '../storage/mails.ts';

export interface Mail {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** The mail is in a vendor's name, so the platform's signature is left out. */
  unsigned?: true;
}

export interface OutboxSettings {
  mails: MailRepository;
  /** Whether there is a mail server. Without one, mail is only kept. */
  smtpUrl: string | undefined;
  /** Ends each mail in the platform's own name. Default: nothing. */
  signature?: string;
}

/** Stores mail, which a server's mailer sends later. A request is answered once its mail is stored, so a crash loses none. */
export class Outbox {
  readonly #settings: OutboxSettings;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
  }

  /** Resolves once the mail is stored. */
  async send(mail: Mail): Promise<void> {
    const { mails, smtpUrl, signature = '' } = this.#settings;
    const text = mail.unsigned ? mail.text : mail.text + signature;
    await mails.add({ to: mail.to, subject: mail.subject, text }, smtpUrl !== undefined);
  }

  /** An outbox that stores mail within a transaction. Call {@link deliver} after the commit. */
  within(mails: MailRepository): Outbox {
    return new Outbox({ ...this.#settings, mails });
  }

  /** Sends the mail that is due. Does nothing here: a process without a mailer, such as the CLI, leaves that to the servers. */
  deliver(): void {}
}
