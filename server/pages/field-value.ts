import type { Language } from '@signup-with-platform/messages';
import { type Field, formatDate, formatOf } from '@signup-with-platform/protocol';
import { formatLanguage, isolate, isolateEmail, isolateLeftToRight, isolateLines } from './text.ts';
import { imageSource } from './uris.ts';

/**
 * What is shared of a field, for reading, as the format of its claim asks.
 * @param value as domain/consent/answers.ts says it, lines separated by `\n`
 * @param picture markup for a picture that can be shown, by its address
 */
export function fieldValue(
  field: Field,
  value: string,
  { tag, t }: Pick<Language, 'tag' | 't'>,
  picture: (src: string) => unknown,
): unknown {
  switch (formatOf(field)) {
    case 'email':
      return isolateEmail(value);
    case 'phone':
      return isolateLines(value, isolateLeftToRight);
    case 'date':
      return isolate(formatDate(value, tag));
    case 'flag':
      return t(value === 'true' ? 'shared.common.yes' : 'shared.common.no');
    case 'language':
      return isolate(formatLanguage(value, tag));
    case 'picture': {
      const source = imageSource(value);
      return source ? picture(source.src) : isolate(value);
    }
    default:
      return isolateLines(value);
  }
}
