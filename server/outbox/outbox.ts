import { type Language, pickLanguage } from '@signup-with-platform/messages';
import { emailKey } from '../storage/accounts.ts';
import type { Storage } from '../storage/index.ts';
import type { Mail, MailBody } from './mail.ts';
import type { MailCause } from './mail-cause.ts';
import type { MailLimits } from './mail-limits.ts';
import { type Destination, decide } from './mail-policy.ts';

export type MailStorage = Pick<Storage, 'mails' | 'sandboxInbox' | 'appMembers' | 'appEnvironments'>;

export interface OutboxSettings {
  storage: MailStorage;
  limits: MailLimits;
  /** Whether there is a mail server. Without one, mail is only kept. */
  smtpUrl: string | undefined;
  /** Makes what is sent of a mail. Default: its text alone. */
  render?: (mail: Mail) => MailBody;
  /** Knows the operator's words of mails. Default: ours. */
  pickLanguage?: typeof pickLanguage;
}

/** The right to send one mail to one address: {@link Outbox.admit} has decided where it goes. */
export class Postage {
  readonly to: string;
  readonly cause: MailCause;
  readonly #destination: Destination;

  constructor(to: string, cause: MailCause, destination: Destination) {
    this.to = to;
    this.cause = cause;
    this.#destination = destination;
  }

  /** Whether the mail goes to the address. Otherwise the address proves nothing about whoever knows what the mail says. */
  get mailed(): boolean {
    return this.#destination.mailed;
  }

  get inboxOf(): string | undefined {
    return this.#destination.inboxOf;
  }

  /** Call this when the mail is not sent after all. */
  async giveBack(): Promise<void> {
    await this.#destination.counted?.giveBack();
  }
}

/**
 * Stores mail, which a server's mailer sends later. A request is answered once its mail is stored, so a crash loses none. Each mail comes
 * with its cause, by which mail-policy.ts decides where it goes: no caller does.
 */
export class Outbox {
  readonly #settings: OutboxSettings;

  constructor(settings: OutboxSettings) {
    this.#settings = settings;
  }

  /** The language in which to write a mail. @param wanted BCP 47, in order of preference */
  languageFor(wanted: readonly string[]): Language {
    return (this.#settings.pickLanguage ?? pickLanguage)(wanted, ['mail']);
  }

  /** Resolves once the mail is stored. @throws MailLimitError when nothing was stored */
  async send(mail: Mail, cause: MailCause): Promise<void> {
    await this.post(mail, await this.admit(mail.to, cause));
  }

  /**
   * Decides where a mail goes before there is one, for acts that make sense only together with their mail.
   * @throws MailLimitError
   */
  async admit(to: string, cause: MailCause): Promise<Postage> {
    return new Postage(to, cause, await decide(this.#settings, cause, to));
  }

  /** Stores a mail that has been admitted. */
  async post(mail: Mail, { to, cause, mailed, inboxOf }: Postage): Promise<void> {
    if (emailKey(mail.to) !== emailKey(to)) throw new Error('the postage is for another address');
    // Otherwise a vendor's words would go out as the platform's, or its users' mails around its limits.
    if ((mail.voice === 'vendor') !== (cause.by === 'environment')) throw new Error('the mail has another cause');
    const { storage, smtpUrl, render = ({ text }: Mail): MailBody => ({ text }) } = this.#settings;
    const { subject, link, code } = mail;
    const body = render(mail);
    const accountId = cause.by === 'tester' ? cause.accountId : undefined;
    if (inboxOf) {
      await storage.sandboxInbox.add(inboxOf, {
        to: mail.to,
        subject,
        ...body,
        accountId,
        ...(link && { link }),
        ...(code && { code }),
      });
    }
    // Without a mail server everything is kept for /dev/mail, which lists the inboxes, too.
    const isKept = smtpUrl === undefined && !inboxOf;
    const isSent = smtpUrl !== undefined && mailed;
    const realm = inboxOf || cause.by === 'tester' ? 'sandbox' : 'production';
    if (isSent || isKept) await storage.mails.add({ to: mail.to, subject, ...body, realm, accountId }, isSent);
  }

  /** An outbox that stores mail within a transaction. Call {@link deliver} after the commit. */
  within(storage: MailStorage): Outbox {
    return new Outbox({ ...this.#settings, storage });
  }

  /** Sends the mail that is due. Does nothing here: a process without a mailer, such as the CLI, leaves that to the servers. */
  deliver(): void {}
}
