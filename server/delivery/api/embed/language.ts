import { type Language, pickLanguage } from '@signup-with-platform/messages';
import type { FastifyRequest } from 'fastify';
import { languagesOf } from '#http/wanted-languages.ts';
import type { JsonBody } from './json-body.ts';

/** A region falls back to its base language, and an unknown language to English. @param languages BCP 47, in order of preference, any case */
export function embedLanguage(languages: readonly string[]): Language {
  return pickLanguage(languages, ['embed']);
}

/** The languages of the person on the screen: the request's `language`, then what Accept-Language says. */
export function languagesOfRequest({ body, headers }: Pick<FastifyRequest, 'body' | 'headers'>): string[] {
  const value = (body as JsonBody | undefined)?.value;
  const language = typeof value === 'object' && value !== null ? (value as { language?: unknown }).language : undefined;
  return languagesOf(language, headers['accept-language']);
}

/** RFC 5646 recommends no less; nothing in use comes near it. */
const MAX_TAG_LENGTH = 35;
/** Private use, and what was registered before RFC 4646: well-formed, although `Intl` takes no notice of them. */
const PRIVATE_OR_GRANDFATHERED = /^[ix](-[a-z\d]{1,8})+$/i;

/** RFC 5646 section 2.2.9. */
export function isWellFormedLanguage(tag: string): boolean {
  if (tag.length > MAX_TAG_LENGTH) return false;
  if (PRIVATE_OR_GRANDFATHERED.test(tag)) return true;
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
