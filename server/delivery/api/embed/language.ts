import { type Language, pickLanguage } from '@signup-with-platform/messages';
import type { FastifyRequest } from 'fastify';
import { languagesOf, languageTag } from '#http/wanted-languages.ts';
import type { JsonBody } from './json-body.ts';

/**
 * The language for messages. A region falls back to its base language, and an unsupported language to English.
 * @param languages BCP 47 tags in any case, in order of preference
 */
export function embedLanguage(languages: readonly string[]): Language {
  return pickLanguage(languages, ['embed']);
}

/** The languages of the person on the screen: the request's `language`, then those of Accept-Language. */
export function languagesOfRequest({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>): string[] {
  const value = (body as JsonBody | undefined)?.value;
  const language = typeof value === 'object' && value !== null ? (value as { language?: unknown }).language : undefined;
  return languagesOf(language, headers['accept-language']);
}

/** The minimum that RFC 5646 recommends to support. No tag in use is that long. */
const MAX_TAG_LENGTH = 35;
/** Private-use and grandfathered tags, which are well-formed although `Intl` does not accept them. */
const PRIVATE_OR_GRANDFATHERED = /^[ix](-[a-z\d]{1,8})+$/i;

/** Whether a tag, or a locale of a system, is well-formed (RFC 5646 section 2.2.9). */
export function isWellFormedLanguage(name: string): boolean {
  const tag = languageTag(name);
  if (tag.length > MAX_TAG_LENGTH) return false;
  if (PRIVATE_OR_GRANDFATHERED.test(tag)) return true;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
