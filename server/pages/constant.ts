import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { accepts, compress, type EncodedBody } from './compress.ts';

const CODINGS = ['br', 'gzip'] as const;
/** Long enough to avoid repeated downloads, short enough that nobody reads an old version. */
const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';

/** A document that stays the same for everybody until the server restarts. */
export interface Constant {
  text: string;
  type: string;
  headers: Readonly<Record<string, string>>;
}

/** With a tag, so that nobody downloads it twice, and compressed once for each coding. */
export type TaggedConstant = Constant & {
  readonly etag: string;
  readonly encode: (accepted: string | undefined) => Promise<EncodedBody>;
};

export function constantOf(constant: Constant): TaggedConstant {
  // Weak, because the compressed document has other bytes but the same tag (RFC 9110 section 8.8.3.3).
  const etag = `W/"${createHash('sha256').update(constant.text).digest('base64url').slice(0, 22)}"`;
  const encoded = new Map<string, Promise<EncodedBody>>();
  const encode = (accepted: string | undefined) => {
    const coding = CODINGS.find((name) => accepts(accepted, name)) ?? '';
    const made = encoded.get(coding) ?? compress(constant.text, coding);
    encoded.set(coding, made);
    // What failed is tried again at the next request.
    made.catch(() => encoded.delete(coding));
    return made;
  };
  return { ...constant, etag, encode };
}

/** Answers with a document that caches may keep for a while, unless its headers say otherwise, or says that the one they have is still the same. */
export async function sendConstant(
  request: FastifyRequest,
  reply: FastifyReply,
  { type, headers, etag, encode }: TaggedConstant,
  status = 200,
): Promise<FastifyReply> {
  reply.code(status).headers({ 'cache-control': FIVE_MINUTES, vary: 'accept-encoding', ...headers, etag });
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (status === 200 && (known?.includes(etag) || known?.includes('*'))) return reply.code(304).send();
  const { body, encoding } = await encode(request.headers['accept-encoding']?.toString());
  if (encoding) reply.header('content-encoding', encoding);
  return reply.type(type).send(body);
}

/** A handler that answers with it. @param make called for the first request */
export function constantHandler(make: () => Constant | Promise<Constant>, status = 200) {
  let made: Promise<TaggedConstant> | undefined;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    made ??= Promise.resolve()
      .then(make)
      .then(constantOf)
      .catch((error: unknown) => {
        made = undefined;
        throw error;
      });
    return sendConstant(request, reply, await made, status);
  };
}
