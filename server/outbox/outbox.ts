import type { MailRepository } from '../storage/mails.ts';

export interface Mail {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** In a shop's name, so that our own name and addresses have no place below it. */
  unsigned?: true;
}

export interface OutboxSettings {
  mails: MailRepository;
  /** Whether there is a mail server. Without one, mail is only kept. */
  smtpUrl: string | undefined;
  /** Below each mail that is in our own name. Default: nothing. */
  signature?: string;
}

/** Where mail is written down, to be sent by a server's mailer: an act is answered once its mail is stored, and a crash loses none. */
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

  /** The same, with the rows of a transaction: {@link deliver} is for afterwards. */
  within(mails: MailRepository): Outbox {
    return new Outbox({ ...this.#settings, mails });
  }

  /** Looks for what is due. Who sends no mail leaves it to the servers, which look every few seconds. */
  deliver(): void {}
}
