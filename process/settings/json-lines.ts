/** The line, counted from 1, on which an entry of a list begins. @param json a valid list */
export function lineOfEntry(json: string, index: number): number {
  let depth = 0;
  let entry = 0;
  let isInString = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at] ?? '';
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
      continue;
    }
    // The first character of an entry that is no blank.
    if (depth === 1 && entry === index && !/[\s,\]]/.test(character)) return json.slice(0, at).split('\n').length;
    if (character === '"') isInString = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    else if (character === ',' && depth === 1) entry += 1;
  }
  return 1;
}
