import { SignupRefused } from './signup-refused.ts';
import type { SignupRequest } from './signup-request.ts';

/** Bytes. */
export const MAX_BODY_BYTES = 16_384;
const REQUIRED = ['userName', 'password', 'language'] as const;
const OPTIONAL = ['firstName', 'lastName'] as const;

/** @throws {SignupRefused} with the codes that the platform uses for such a request */
export async function readSignupRequest(request: Request): Promise<SignupRequest> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw new SignupRefused('Send JSON with the Content-Type application/json.', 'unsupported_media_type', 415);
  }
  const body = parse(await readBounded(request));
  const values: Partial<SignupRequest> = {};
  for (const name of REQUIRED) {
    const value = body[name];
    if (typeof value !== 'string' || value.trim() === '') {
      throw new SignupRefused(`${name} is required.`, `${snakeCase(name)}_required`);
    }
    values[name] = value;
  }
  for (const name of OPTIONAL) {
    const value = body[name];
    if (value === undefined || value === null) continue;
    if (typeof value !== 'string') throw new SignupRefused(`${name} must be a string.`, `${snakeCase(name)}_invalid`);
    values[name] = value;
  }
  const idempotencyKey = request.headers.get('idempotency-key');
  return { ...values, ...(idempotencyKey && { idempotencyKey }) } as SignupRequest;
}

async function readBounded(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength;
      if (length > MAX_BODY_BYTES) {
        throw new SignupRefused(`The body has more than ${MAX_BODY_BYTES} bytes.`, 'body_too_large', 413);
      }
      chunks.push(chunk);
    }
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    // Decoded leniently, a password would open with any other letter in the place of the one that is not UTF-8.
    throw new SignupRefused('The body is not UTF-8.', 'invalid_json');
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  } catch {
    // The parser's own message is not used, because it would repeat a part of the body, which contains a password.
  }
  throw new SignupRefused('The body is not a JSON object.', 'invalid_json');
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
