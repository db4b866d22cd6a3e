import type { Argument } from '../message-arguments.ts';

/** What one message takes, as a type. */
function typeOf(taken: ReadonlyMap<string, Argument>): string {
  if (taken.size === 0) return 'None';
  const properties = [...taken].map(([name, argument]) => `${name}: ${typeOfArgument(argument)}`);
  return `{ ${properties.join('; ')} }`;
}

function typeOfArgument(argument: Argument): string {
  switch (argument.kind) {
    case 'plain':
      return 'Value';
    case 'number':
      return 'number';
    case 'date':
      return 'Date';
    case 'tag':
      return 'Tag<Value>';
    case 'select':
      return argument.cases.length > 0 ? `Select<${argument.cases.map((name) => `'${name}'`).join(' | ')}>` : 'string';
  }
}

/** The source of `generated/message-values.ts`. @param messages what each takes, by key, in the order of the catalogue */
export function messageTypes(messages: Iterable<readonly [key: string, taken: ReadonlyMap<string, Argument>]>): string {
  const lines = [...messages].map(([key, taken]) => `  '${key}': ${typeOf(taken)};`);
  const used = ['None', 'Select', 'Tag'].filter((name) => lines.some((line) => new RegExp(`\\b${name}\\b`).test(line)));
  return `// Made of the English messages by \`npm run messages\`: change those, and run it.
import type { ${used.join(', ')} } from '../value-types.ts';

/** What each message takes, by its key. \`Value\` is what a plain placeholder may be: text, or markup. */
export interface MessageValues<Value> {
${lines.join('\n')}
}
`;
}
