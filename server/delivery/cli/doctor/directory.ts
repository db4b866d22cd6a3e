import { randomUUID } from 'node:crypto';
import type { Config } from '#config.ts';
import { answerOf } from '#directory/answer.ts';
import { callDirectory } from '#directory/directory.ts';
import type { OutboundResult } from '#outbound/guarded-call.ts';
import { type Finding, ok, problem } from './finding.ts';

/** Whom no directory knows (RFC 2606): nothing about any person is asked or told. */
const nobody = () => `doctor-${randomUUID()}@platform-doctor.invalid`;

/** Whether the live directory answers as the contract says, asked about an address that nobody has. */
export async function examineDirectory({ liveDirectory }: Pick<Config, 'liveDirectory'>): Promise<Finding> {
  if (!liveDirectory) return ok('directory', 'DIRECTORY_URL is not set: nobody else is asked about people.');
  const { origin } = new URL(liveDirectory.url);
  const result = await callDirectory(liveDirectory, { email: nobody() });
  const answer = answerOf(result);
  switch (answer.outcome) {
    case 'unknown':
      return ok('directory', `${origin} answers, and says 404 of an address that nobody has.`);
    case 'wrong_password':
      return problem(
        'directory',
        `${origin} answers 401 to a question without a password.`,
        'It has to answer 404 to an address that nobody has. If it always answers 401, compare DIRECTORY_SECRET on both sides.',
      );
    case 'person':
      return problem(
        'directory',
        `${origin} answers with a person to an address that nobody has.`,
        'Stop it: whoever it says so of could be signed in by it. It has to answer 404.',
      );
    case 'down':
      return problem(
        'directory',
        `${origin} gave no answer of a directory: ${whyOf(result, answer.reason)}.`,
        adviceOf(result),
      );
  }
}

function whyOf(result: OutboundResult, reason: string): string {
  if (result.outcome === 'answered')
    return reason === 'garbage' ? 'it answered with HTML' : `it answered with ${result.status}`;
  if (result.outcome === 'certificate') return `its certificate is not valid (${result.code})`;
  return result.outcome === 'failed' ? `it failed (${result.reason})` : 'nobody was reached within three seconds';
}

function adviceOf(result: OutboundResult): string {
  if (result.outcome === 'certificate')
    return 'If it is of an authority of your own, name that in NODE_EXTRA_CA_CERTS, and start the platform again.';
  if (result.outcome === 'answered' && result.status === 403)
    return 'If 403 is its word for a wrong signature, compare DIRECTORY_SECRET on both sides, and the clocks.';
  return 'Nobody whom it has to be asked about can sign in. See that this machine may call it, and what its own log says.';
}
