import type { Transporter } from 'nodemailer';
import type { Log } from '../log.ts';
import type { ClaimedMail, MailRepository } from '../storage/mails.ts';
import type { Mail } from './mail.ts';
import { Outbox, type OutboxSettings, type Postage } from './outbox.ts';
import { Worker, type WorkKind } from './worker.ts';

/** A mail is worth sending for hours: a mail server that greylists takes its time. */
const BACKOFF = { firstDelayMs: 120_000, maxAttempts: 8 } as const;

/** Sends the mail of the outbox in the background, so that a slow mail server delays no request. Without a server, mail is only kept. */
export class Mailer extends Outbox {
  #transport: Transporter | undefined;
  readonly #worker: Worker<ClaimedMail> | undefined;

  constructor(settings: OutboxSettings & { from: string; log: Pick<Log, 'warn'> }) {
    super(settings);
    const { smtpUrl, storage, from, log } = settings;
    if (smtpUrl === undefined) return;
    // Loaded with the first mail, so that a start is quicker.
    const transport = async () => {
      this.#transport ??= (await import('nodemailer')).createTransport(smtpUrl);
      return this.#transport;
    };
    this.#worker = new Worker(mailKind(storage.mails, transport, from), log);
  }

  override async post(mail: Mail, postage: Postage): Promise<void> {
    await super.post(mail, postage);
    this.deliver();
  }

  /** Finishes the mail that is being sent, unless the mail server takes long: then it is sent again after the next start, as the others are. */
  async close(): Promise<void> {
    await this.#worker?.close();
    this.#transport?.close();
  }

  override deliver(): void {
    this.#worker?.wake();
  }
}

/** One mail after the other, because all go to the same server. */
function mailKind(mails: MailRepository, transport: () => Promise<Transporter>, from: string): WorkKind<ClaimedMail> {
  return {
    failed: 'mail was not sent',
    slots: 1,
    leaseMs: 60_000,
    pollIntervalMs: 5_000,
    backoff: BACKOFF,
    claim: (leaseMs) => mails.claim(leaseMs),
    renew: (mail, leaseMs) => mails.renew(mail, leaseMs),
    run: async (mail) => {
      // An object is always one address. Text could be parsed as a list of addresses.
      const to = { name: '', address: mail.to };
      await (await transport()).sendMail({ from, to, subject: mail.subject, text: mail.text });
    },
    done: (mail) => mails.delete(mail.id),
    postpone: (mail, delayMs) => mails.postpone(mail.id, delayMs),
    giveUp: (mail) => mails.delete(mail.id),
  };
}
