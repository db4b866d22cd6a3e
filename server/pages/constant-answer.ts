import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accepts, compress, type EncodedBody } from './compress.ts';

const CODINGS = ['br', 'gzip'] as const;

/** Something that stays the same for everybody until the server restarts. */
export interface Constant {
  text: string;
  type: string;
  headers: Readonly<Record<string, string>>;
}

/** Answers with a constant: with a tag, so that nobody downloads it twice, and compressed once for each coding. */
export function constantHandler({ text, type, headers }: Constant, status = 200) {
  // Weak, because the compressed document has other bytes but the same tag (RFC 9110 section 8.8.3.3).
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const encoded = new Map<string, Promise<EncodedBody>>();
  const encode = (accepted: string | undefined) => {
    const coding = CODINGS.find((name) => accepts(accepted, name)) ?? '';
    const made = encoded.get(coding) ?? compress(text, coding);
    encoded.set(coding, made);
    return made;
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    reply.code(status).headers({ ...headers, etag, vary: 'accept-encoding' });
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
    if (status === 200 && (known?.includes(etag) || known?.includes('*'))) return reply.code(304).send();
    const { body, encoding } = await encode(request.headers['accept-encoding']?.toString());
    if (encoding) reply.header('content-encoding', encoding);
    return reply.type(type).send(body);
  };
}
