import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';

/** What a message wants for one of its names. */
export type Argument =
  /** `{name}`: anything that can be shown. */
  | { readonly kind: 'plain' }
  /** `{count, plural, …}` and `{count, number}`. */
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  /** `{field, select, …}`, with its cases besides `other`. */
  | { readonly kind: 'select'; readonly cases: readonly string[] }
  /** `<terms>…</terms>` */
  | { readonly kind: 'tag' };

/** The names in a message, each once, in the order in which they are met. */
export function argumentsOf(elements: readonly MessageFormatElement[]): ReadonlyMap<string, Argument> {
  const found = new Map<string, Argument>();
  for (const element of withNested(elements)) {
    const argument = argumentOf(element);
    if (!argument || element.type === TYPE.pound) continue;
    const earlier = found.get(element.value);
    // "{count} of {count, plural, …}" needs a number both times.
    if (!earlier || earlier.kind === 'plain') found.set(element.value, argument);
    else if (earlier.kind === 'select' && argument.kind === 'select')
      found.set(element.value, { kind: 'select', cases: [...new Set([...earlier.cases, ...argument.cases])] });
  }
  return found;
}

/** @throws SyntaxError, with what is wrong, for text that is no message of ICU MessageFormat */
export function parseMessage(text: string): MessageFormatElement[] {
  return parse(text);
}

/** Every element of a message, those inside tags, plurals and selects included. */
export function* withNested(elements: readonly MessageFormatElement[]): Generator<MessageFormatElement> {
  for (const element of elements) {
    yield element;
    if (element.type === TYPE.tag) yield* withNested(element.children);
    if (element.type === TYPE.plural || element.type === TYPE.select)
      for (const { value } of Object.values(element.options)) yield* withNested(value);
  }
}

function argumentOf(element: MessageFormatElement): Argument | undefined {
  switch (element.type) {
    case TYPE.argument:
      return { kind: 'plain' };
    case TYPE.number:
    case TYPE.plural:
      return { kind: 'number' };
    case TYPE.date:
    case TYPE.time:
      return { kind: 'date' };
    case TYPE.select:
      return { kind: 'select', cases: Object.keys(element.options).filter((name) => name !== 'other') };
    case TYPE.tag:
      return { kind: 'tag' };
    default:
      return undefined;
  }
}
