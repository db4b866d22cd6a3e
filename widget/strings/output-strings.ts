import { en, type OutputStrings } from './en.output.ts';

export type { OutputStrings };

/** Besides English, for each language of `strings.ts`: `['nl', async () => (await import('./nl.output.ts')).nl]`. */
const LANGUAGES: ReadonlyMap<string, () => Promise<OutputStrings>> = new Map();

/** Labels of what was shared. @param language that of the other strings */
export async function outputStringsFor(language: string): Promise<OutputStrings> {
  return LANGUAGES.get(language)?.() ?? en;
}
