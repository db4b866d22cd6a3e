import type { FastifyRequest } from 'fastify';
import { elsewhere } from '../../load/place.ts';
import { BODY_TYPES, type BodyContract, type BodyType, type ParsedBody } from './body-contract.ts';
import { BodyError } from './body-error.ts';
import { type CollectedBody, collectBody } from './collect-body.ts';
import { decodeText } from './decode-text.ts';
import { type MediaType, parseMediaType } from './media-type.ts';
import { readForm } from './read-form.ts';
import { readJson } from './read-json.ts';
import { readMultipart } from './read-multipart.ts';
import { hasBody } from './unread-body.ts';

/**
 * The one way in which a body becomes values, for every contract. Nothing is read before a handler asks for it, and it asks only once it
 * knows who sends, wherever the headers tell. The stages: content coding, media type, length, charset, format. The schema is the handler's.
 *
 * @throws BodyError, to be answered in the contract's own form
 */
export async function readBody(request: FastifyRequest, contract: BodyContract): Promise<ParsedBody> {
  const { headers, raw } = request;
  if (!hasBody(raw) && headers['content-type'] === undefined) return { type: 'none' };
  assertNotEncoded(headers['content-encoding']);
  const mediaType = parseMediaType(headers['content-type'] ?? '');
  const type = contract.types.find((known) => BODY_TYPES[known] === mediaType?.essence);
  if (!mediaType || !type) throw unsupportedType(contract);
  const collect = () => collectBody(raw, contract.maxBytes, contract.cutsLongFiles ? 'cut' : 'refuse');
  const body = await (raw.complete ? collect() : elsewhere(collect));
  return PARSERS[type](body, mediaType, contract);
}

type Parser = (body: CollectedBody, mediaType: MediaType, contract: BodyContract) => ParsedBody | Promise<ParsedBody>;

const parseJson: Parser = ({ bytes }, { charset }, { allowsRepeatedNames = false, mayBeEmpty }) => {
  const text = decodeText(bytes, charset);
  if (mayBeEmpty && text.trim() === '') return { type: 'none' };
  return { type: 'json', value: readJson(text, allowsRepeatedNames) };
};

const PARSERS: Readonly<Record<BodyType, Parser>> = {
  json: parseJson,
  mergePatch: parseJson,
  form: ({ bytes }, { charset }) => ({ type: 'form', entries: readForm(decodeText(bytes, charset)) }),
  multipart: async (body, { boundary }) => ({
    type: 'form',
    entries: await readMultipart(body, boundary),
  }),
};

/** Decoders of content codings are attack surface, and no body of ours is worth compressing (RFC 7694). */
function assertNotEncoded(coding: string | undefined): void {
  if (coding === undefined || coding.trim().toLowerCase() === 'identity') return;
  throw new BodyError('unsupported_coding', 'Send the body uncompressed, without Content-Encoding.', {
    headers: { 'accept-encoding': 'identity' },
  });
}

function unsupportedType({ types }: BodyContract): BodyError {
  const accepted = types.map((type) => BODY_TYPES[type]).join(', ');
  return new BodyError('unsupported_type', `Send one of these types, and name it in Content-Type: ${accepted}.`, {
    // In a response, Accept says what the server accepts (RFC 9110 section 12.5.1).
    headers: { accept: accepted },
  });
}
