import { z } from 'zod';

/** Why the text of a setting cannot be used, in words that follow the setting's name. It never repeats the text, which may hold a secret. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** A setting that a function reads. A SettingError of the function becomes the problem that the operator reads. */
export function setting<Value>(read: (text: string) => Value) {
  return z.string().transform((text, context): Value => {
    try {
      return read(text);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
      return z.NEVER;
    }
  });
}

/** A setting that is one of a few words, in capitals or not. @param aliases other words whose meaning is certain */
export function oneOf<const Word extends string>(words: readonly Word[], aliases: Readonly<Record<string, Word>> = {}) {
  return setting((text): Word => {
    const given = text.toLowerCase();
    const word = words.find((each) => each === given) ?? aliases[given];
    if (word === undefined) throw new SettingError(`must be one of ${words.join(', ')}`);
    return word;
  });
}

/** A whole number in decimal digits. `Number` would also read `0x10`, `4e3` and blanks. */
export function wholeNumber(min: number, max: number) {
  return setting((text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= min && number <= max)) throw new SettingError(`must be a whole number from ${min} to ${max}`);
    return number;
  });
}
