import { setTimeout as delay } from 'node:timers/promises';
import { createTransport, type Transporter } from 'nodemailer';
import type { MailRepository } from '../storage/mails.ts';
import type { Mail } from './mail.ts';
import { Outbox, type OutboxSettings, type Postage } from './outbox.ts';

interface Log {
  warn(details: object, message: string): void;
}

const POLL_INTERVAL_MS = 5_000;
const LEASE_MS = 60_000;
/** A mail server may take minutes to answer, which a server that stops does not have. */
const CLOSE_TIMEOUT_MS = 2_000;
const RETRY_DELAY_MS = 60_000;
/** After this many failed attempts a mail is given up. */
const MAX_ATTEMPTS = 8;

/** Sends the mail of the outbox in the background, so that a slow mail server delays no request. Without a server, mail is only kept. */
export class Mailer extends Outbox {
  readonly #mails: MailRepository;
  readonly #from: string;
  readonly #log: Log;
  readonly #transport: Transporter | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(settings: OutboxSettings & { from: string; log: Log }) {
    super(settings);
    this.#mails = settings.storage.mails;
    this.#from = settings.from;
    this.#log = settings.log;
    this.#transport = settings.smtpUrl ? createTransport(settings.smtpUrl) : undefined;
    if (this.#transport) this.#timer = setInterval(() => this.deliver(), POLL_INTERVAL_MS).unref();
  }

  override async post(mail: Mail, postage: Postage): Promise<void> {
    await super.post(mail, postage);
    this.deliver();
  }

  /** Finishes the mail that is being sent, unless the mail server takes long: then it is sent again after the next start, as the others are. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    await Promise.race([this.#running, delay(CLOSE_TIMEOUT_MS, undefined, { ref: false })]);
    this.#transport?.close();
  }

  /** Runs one round at a time. */
  override deliver(): void {
    if (!this.#transport) return;
    this.#running ??= this.#deliverDue().finally(() => {
      this.#running = undefined;
    });
  }

  async #deliverDue(): Promise<void> {
    try {
      while (!this.#closing) {
        const mail = await this.#mails.claim(LEASE_MS);
        if (!mail) return;
        try {
          // An object is always one address. Text could be parsed as a list of addresses.
          const to = { name: '', address: mail.to };
          await this.#transport?.sendMail({ from: this.#from, to, subject: mail.subject, text: mail.text });
          await this.#mails.delete(mail.id);
        } catch (error) {
          const givenUp = mail.attempts >= MAX_ATTEMPTS;
          this.#log.warn(
            { mail: mail.id, attempts: mail.attempts, givenUp, reason: reasonOf(error) },
            'mail was not sent',
          );
          if (givenUp) await this.#mails.delete(mail.id);
          else await this.#mails.postpone(mail.id, RETRY_DELAY_MS * 2 ** mail.attempts);
        }
      }
    } catch (error) {
      this.#log.warn({ reason: reasonOf(error) }, 'the outbox could not be read');
    }
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
