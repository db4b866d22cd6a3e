import { createTransport, type Transporter } from 'nodemailer';
import type { MailRepository } from '../storage/mails.ts';

export interface Mail {
  to: string;
  subject: string;
  /** Plain text. */
  text: string;
  /** In a shop's name, so that our own name and addresses have no place below it. */
  unsigned?: true;
}

interface Log {
  warn(details: object, message: string): void;
}

const POLL_INTERVAL_MS = 5_000;
const LEASE_MS = 60_000;
const RETRY_DELAY_MS = 60_000;
/** After so many refusals a mail is given up. */
const MAX_ATTEMPTS = 8;

/**
 * Sends mail from an outbox in the database: an act is answered once its mail is written down, however slow the mail server is, and
 * a crash loses none. Without a server, mail stays in the outbox.
 */
export class Mailer {
  readonly #mails: MailRepository;
  readonly #from: string;
  readonly #signature: string;
  readonly #log: Log;
  readonly #transport: Transporter | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #closing = false;

  constructor(settings: {
    mails: MailRepository;
    smtpUrl: string | undefined;
    from: string;
    log: Log;
    /** Below each mail that is in our own name. Default: nothing. */
    signature?: string;
  }) {
    this.#mails = settings.mails;
    this.#from = settings.from;
    this.#signature = settings.signature ?? '';
    this.#log = settings.log;
    this.#transport = settings.smtpUrl ? createTransport(settings.smtpUrl) : undefined;
    if (this.#transport) this.#timer = setInterval(() => this.#deliverAll(), POLL_INTERVAL_MS).unref();
  }

  /** Resolves once the mail is stored. */
  async send(mail: Mail): Promise<void> {
    const text = mail.unsigned ? mail.text : mail.text + this.#signature;
    await this.#mails.add({ to: mail.to, subject: mail.subject, text }, this.#transport !== undefined);
    if (this.#transport) this.#deliverAll();
  }

  /** Finishes the mail that is under way; the others are kept for the next start. */
  async close(): Promise<void> {
    this.#closing = true;
    clearInterval(this.#timer);
    await this.#running;
    this.#transport?.close();
  }

  /** One round at a time; what arrives meanwhile waits for the next. */
  #deliverAll(): void {
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
          // As an object, the address is one address whatever it holds; as text it could be a list.
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
