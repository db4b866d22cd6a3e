import type { Language } from '@signup-with-platform/messages';
import { type Field, formatDate, formatOf, isField } from '@signup-with-platform/protocol';
import type { OwnField } from '../../process/settings/own-fields.ts';
import { BUILT_IN } from '../domain/claims/catalogue.ts';
import { inLanguage } from './field-name.ts';
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
  catalogue = BUILT_IN,
): unknown {
  if (!isField(field)) return ownValue(catalogue.ownField(field), value, { tag, t });
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

/** What a person or the operator wrote is text, whatever it looks like, and keeps its direction to itself. */
function ownValue(own: OwnField | undefined, value: string, { tag, t }: Pick<Language, 'tag' | 't'>): unknown {
  switch (own?.type) {
    case 'boolean':
      return t(value === 'true' ? 'shared.common.yes' : 'shared.common.no');
    case 'date':
      return isolate(formatDate(value, tag));
    case 'number':
      return isolate(new Intl.NumberFormat(tag, { maximumFractionDigits: 9 }).format(Number(value)));
    case 'choice':
      return isolate(inLanguage(own.options[value] ?? {}, tag) || value);
    default:
      return isolateLines(value);
  }
}
