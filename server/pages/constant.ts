import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { compress } from './compress.ts';

/** Long enough to avoid repeated downloads, short enough that nobody reads an old version. */
const FIVE_MINUTES = 'public, max-age=300, stale-while-revalidate=86400';

/** A document that stays the same for everybody until the server restarts. */
export interface Constant {
  text: string;
  type: string;
  headers: Readonly<Record<string, string>>;
}

export type TaggedConstant = Constant & { readonly etag: string };

export function constantOf(constant: Constant): TaggedConstant {
  // Weak, because the compressed document has other bytes but the same tag (RFC 9110 section 8.8.3.3).
  const etag = `W/"${createHash('sha256').update(constant.text).digest('base64url').slice(0, 22)}"`;
  return { ...constant, etag };
}

/** Answers with a document that caches may keep for a while, or says that the one they have is still the same. */
export async function sendConstant(
  request: FastifyRequest,
  reply: FastifyReply,
  { text, type, headers, etag }: TaggedConstant,
): Promise<FastifyReply> {
  reply.headers({ 'cache-control': FIVE_MINUTES, vary: 'accept-encoding', ...headers, etag });
  const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim());
  if (known?.includes(etag) || known?.includes('*')) return reply.code(304).send();
  const { body, encoding } = await compress(text, request.headers['accept-encoding']?.toString());
  if (encoding) reply.header('content-encoding', encoding);
  return reply.type(type).send(body);
}
