import { quote } from '../hints.ts';

/** The likely reason why no signature matches. This is advice only; the delivery is refused whatever it says. */

export interface Mismatch {
  /** The `v1` signatures of the header, and whether it has any of another kind. */
  readonly signatures: readonly string[];
  readonly hasOthers: boolean;
  readonly body: Buffer;
  /** Whether one of them is for this body instead. */
  readonly wouldMatch: (body: string) => boolean;
}

export function hintOfMismatch({ signatures, hasOthers, body, wouldMatch }: Mismatch): string {
  if (signatures.length === 0) {
    return hasOthers
      ? 'The header has no signature of version v1, which is the one that the platform makes.'
      : 'A signature is written v1,BASE64: does a proxy rewrite the header?';
  }
  if (signatures.every((signature) => /^[0-9a-f]{64}$/i.test(signature))) {
    return 'The signature is hexadecimal, and the platform writes base64: another sender posts to this address.';
  }
  const text = body.toString();
  const changed = CHANGES.find(([, undo]) => wouldMatch(undo(text)));
  if (changed) return `${changed[0]} Pass the bytes as the platform sent them.`;
  if (body.length === 0) return 'The body is empty: was it read before, or dropped by a proxy?';
  return (
    `Is it the secret of another webhook or environment${subjectOf(text)}? Was it rotated? Pass both secrets as a list meanwhile. ` +
    'If it is the right one, the body was changed on its way.'
  );
}

/** What happens to bodies, and what makes it undone. */
const CHANGES: readonly (readonly [hint: string, undo: (text: string) => string])[] = [
  ['White space was added around the body.', (text) => text.trim()],
  ['The body lost its last newline.', (text) => `${text}\n`],
  ['The body was parsed and written again in another form.', rewritten],
  ['The body was serialized twice.', unquoted],
  ['The body is in base64 still, as AWS Lambda hands it over when isBase64Encoded is true.', decoded],
];

function rewritten(text: string): string {
  return JSON.stringify(parsed(text)) ?? '';
}

function unquoted(text: string): string {
  const value = parsed(text);
  return typeof value === 'string' ? value : '';
}

function decoded(text: string): string {
  return Buffer.from(text, 'base64').toString();
}

/** Nobody has signed this, so it only helps to find the place in the settings. */
function subjectOf(text: string): string {
  const { data } = (parsed(text) ?? {}) as { data?: { client_id?: unknown; environment?: unknown } };
  if (typeof data?.client_id !== 'string') return '';
  return ` (the body names client_id ${quote(data.client_id)}, environment ${quote(data.environment)})`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
