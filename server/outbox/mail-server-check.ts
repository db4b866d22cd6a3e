import { createTransport } from 'nodemailer';
import SmtpConnection from 'nodemailer/lib/smtp-connection/index.js';

export type MailServerState =
  | {
      outcome: 'ready';
      /** Whether the connection is encrypted, from the start or by STARTTLS. */
      isEncrypted: boolean;
      /** Whether SMTP_URL has a user, who was let in. */
      isSignedIn: boolean;
    }
  /** `step` is how far it came; `reason` is what the server or the network said, without the password. */
  | { outcome: 'failed'; step: 'connect' | 'sign in'; reason: string };

/** Connects as the mailer does, signs in, and leaves without sending anything. */
export function checkMailServer(smtpUrl: string, timeoutMs: number): Promise<MailServerState> {
  const options = optionsOf(smtpUrl, timeoutMs);
  const connection = new SmtpConnection(options);
  return new Promise((settle) => {
    const end = (state: MailServerState) => {
      clearTimeout(timer);
      connection.close();
      settle(state);
    };
    const fail = (step: 'connect' | 'sign in') => (error: Error) =>
      end({ outcome: 'failed', step, reason: error.message });
    const timer = setTimeout(
      () => fail('connect')(new Error(`no answer within ${timeoutMs / 1000} seconds`)),
      timeoutMs,
    );
    connection.once('error', fail('connect'));
    connection.connect(() => {
      const isEncrypted = connection.secure;
      const { auth } = options;
      if (!auth) return end({ outcome: 'ready', isEncrypted, isSignedIn: false });
      connection.login(auth, (error) => {
        if (error) fail('sign in')(error);
        else end({ outcome: 'ready', isEncrypted, isSignedIn: true });
      });
    });
  });
}

/** Sends a mail at once, past the outbox, so that the operator hears what the server says. @throws Error with what it said */
export async function sendTrialMail(
  smtpUrl: string,
  mail: { from: string; to: string; subject: string; text: string },
  timeoutMs: number,
): Promise<string> {
  const transport = createTransport(optionsOf(smtpUrl, timeoutMs));
  try {
    const { response } = await transport.sendMail({ ...mail, to: { name: '', address: mail.to } });
    return response;
  } finally {
    transport.close();
  }
}

function optionsOf(smtpUrl: string, timeoutMs: number) {
  const { options } = createTransport(smtpUrl);
  const limits = { connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs };
  return { ...options, ...limits } as SmtpConnection.Options & { auth?: SmtpConnection.AuthenticationCredentials };
}
