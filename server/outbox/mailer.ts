import type { SendMailOptions, Transporter } from 'nodemailer';
import type { Log } from '../log.ts';
import type { ClaimedMail, MailRepository } from '../storage/mails.ts';
import type { Mail } from './mail.ts';
import { Outbox, type OutboxSettings, type Postage } from './outbox.ts';
import { type Deliveries, Worker, type WorkKind } from './worker.ts';

/** RFC 3834 section 5: no absence note answers a mail that nobody wrote. */
const HEADERS = { 'Auto-Submitted': 'auto-generated' };
/** A mail is worth sending for hours: a mail server that greylists takes its time. */
const BACKOFF = { firstDelayMs: 120_000, maxAttempts: 8 } as const;

export interface MailerSettings extends OutboxSettings {
  from: string;
  /** What the HTML of mails shows as `cid:…`. Sent only with mails that do. */
  images?: readonly MailImage[];
  log: Pick<Log, 'warn'>;
}

export interface MailImage {
  /** Its Content-ID (RFC 2392). */
  id: string;
  fileName: string;
  contentType: string;
  bytes: Buffer;
}

/** Sends the mail of the outbox in the background, so that a slow mail server delays no request. Without a server, mail is only kept. */
export class Mailer extends Outbox {
  #transport: Transporter | undefined;
  readonly #worker: Worker<ClaimedMail> | undefined;

  constructor(settings: MailerSettings) {
    super(settings);
    const { smtpUrl, storage, from, images = [], log } = settings;
    if (smtpUrl === undefined) return;
    // Loaded with the first mail, so that a start is quicker.
    const transport = async () => {
      this.#transport ??= (await import('nodemailer')).createTransport(smtpUrl);
      return this.#transport;
    };
    this.#worker = new Worker(mailKind(storage.mails, transport, { from, images }), log);
  }

  /** Undefined without a mail server. */
  get deliveries(): Deliveries | undefined {
    return this.#worker?.deliveries;
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
function mailKind(
  mails: MailRepository,
  transport: () => Promise<Transporter>,
  { from, images }: Required<Pick<MailerSettings, 'from' | 'images'>>,
): WorkKind<ClaimedMail> {
  return {
    name: 'send mail',
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
      const { subject, text, html } = mail;
      const htmlToo = html !== undefined && htmlPart(html, images);
      await (await transport()).sendMail({ from, to, subject, text, ...htmlToo, headers: HEADERS });
    },
    done: (mail) => mails.delete(mail.id),
    postpone: (mail, delayMs) => mails.postpone(mail.id, delayMs),
    giveUp: (mail) => mails.delete(mail.id),
  };
}

function htmlPart(html: string, images: readonly MailImage[]): SendMailOptions {
  const shown = images.filter(({ id }) => html.includes(`cid:${id}`));
  const attachments = shown.map(({ id, fileName, contentType, bytes }) => ({
    cid: id,
    filename: fileName,
    contentType,
    content: bytes,
    contentDisposition: 'inline' as const,
  }));
  return { html, attachments };
}
