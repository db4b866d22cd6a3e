import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import PostalMime, { decodeWords } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message as it came over the wire. */
export interface ReceivedMail {
  from: string;
  recipients: string[];
  /** Unfolded header lines by lower-case name, decoded. */
  headers: Map<string, string>;
  text: string;
  html?: string;
  /** The Content-ID and the type of each. */
  images: string[];
}

/** A mail server that keeps what it is given. */
export class TestSmtpServer {
  readonly received: ReceivedMail[] = [];
  readonly #server: SMTPServer;
  /** Reason to refuse whatever comes, while it is set. */
  refusal: string | undefined;

  private constructor() {
    const options: SMTPServerOptions = {
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', async () => {
          if (this.refusal !== undefined) {
            done(Object.assign(new Error(this.refusal), { responseCode: 451 }));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          const recipients = rcptTo.map(({ address }) => address);
          this.received.push({
            from: mailFrom ? mailFrom.address : '',
            recipients,
            ...(await parse(Buffer.concat(parts))),
          });
          done();
        });
      },
    };
    this.#server = new SMTPServer(options);
    // A client that leaves in the middle is no concern of the test's.
    this.#server.on('error', () => {});
  }

  static async start(): Promise<TestSmtpServer> {
    const server = new TestSmtpServer();
    server.#server.listen(0, '127.0.0.1');
    await once(server.#server.server, 'listening');
    return server;
  }

  /** As SMTP_URL takes it. */
  get url(): string {
    return `smtp://127.0.0.1:${(this.#server.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

async function parse(source: Buffer): Promise<Pick<ReceivedMail, 'headers' | 'text' | 'html' | 'images'>> {
  const { headers, text = '', html, attachments } = await PostalMime.parse(source, { attachmentEncoding: 'base64' });
  return {
    headers: new Map(headers.map(({ key, value }) => [key, decodeWords(value)])),
    text,
    ...(html !== undefined && { html }),
    images: attachments.map(({ contentId = '', mimeType }) => `${contentId} ${mimeType}`),
  };
}
