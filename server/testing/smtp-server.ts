import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A message as it came over the wire. */
export interface ReceivedMail {
  from: string;
  recipients: string[];
  /** Unfolded header lines by lower-case name, decoded. */
  headers: Map<string, string>;
  text: string;
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
        stream.on('end', () => {
          if (this.refusal !== undefined) {
            done(Object.assign(new Error(this.refusal), { responseCode: 451 }));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          const recipients = rcptTo.map(({ address }) => address);
          this.received.push({
            from: mailFrom ? mailFrom.address : '',
            recipients,
            ...parse(Buffer.concat(parts).toString()),
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

function parse(source: string): { headers: ReceivedMail['headers']; text: string } {
  const [head = '', ...body] = source.split('\r\n\r\n');
  const headers = new Map(
    head
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => [
        line.slice(0, line.indexOf(':')).toLowerCase(),
        decodeWords(line.slice(line.indexOf(':') + 1).trim()),
      ]),
  );
  const content = body.join('\r\n\r\n');
  const encoding = headers.get('content-transfer-encoding');
  if (encoding === 'base64') return { headers, text: Buffer.from(content, 'base64').toString() };
  return {
    headers,
    text: encoding === 'quoted-printable' ? decodeQuotedPrintable(content.replaceAll('=\r\n', '')) : content,
  };
}

/** RFC 2047. */
function decodeWords(text: string): string {
  return text
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, kind: string, content: string) =>
      kind.toLowerCase() === 'b'
        ? Buffer.from(content, 'base64').toString()
        : decodeQuotedPrintable(content.replaceAll('_', ' ')),
    );
}

/** RFC 2045 section 6.7, lines joined already. */
function decodeQuotedPrintable(text: string): string {
  const bytes = text.replaceAll(/=([\dA-F]{2})/gi, (_code, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
