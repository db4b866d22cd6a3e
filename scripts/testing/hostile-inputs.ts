/**
 * Inputs that broke this product or products like it, in one place, by kind. The unit tests walk each list, so that a new entry is a new
 * test. Invisible characters are written as escapes, because a reader must see them.
 */

/** What must be understood, and as what. */
export interface Understood<Input = string, Value = string> {
  readonly input: Input;
  readonly value: Value;
  /** What it is, and who sends it. */
  readonly what: string;
}

/** What must be refused, and with which rule, code or words. */
export interface Refused<Input = string> {
  readonly input: Input;
  readonly refusal: string;
  /** What it is, and who sends it. */
  readonly what: string;
}

export interface InputKind<Input = string, Value = string> {
  readonly understood: readonly Understood<Input, Value>[];
  readonly refused: readonly Refused<Input>[];
}

/** Names of apps, at a platform that is called Acme. */
export const APP_NAMES: InputKind = {
  understood: [
    { input: '  Fern   & Field ', value: 'Fern & Field', what: 'white space at the ends and within' },
    { input: 'Cafe\u0301 Noir', value: 'Café Noir', what: 'decomposed, as macOS sends it' },
    { input: '無印良品 MUJI ショップ', value: '無印良品 MUJI ショップ', what: 'the four scripts of Japanese' },
    { input: 'T\u30b7\u30e3\u30c4屋', value: 'Tシャツ屋', what: 'three scripts in one Japanese word' },
    { input: 'Магазин Samsung', value: 'Магазин Samsung', what: 'a Russian shop with a foreign brand' },
    { input: 'متجر Zara', value: 'متجر Zara', what: 'an Arabic shop with a foreign brand' },
    { input: 'می\u200cخواهم', value: 'می\u200cخواهم', what: 'a Persian word that needs its joiner' },
    { input: 'Ελληνικά Προϊόντα', value: 'Ελληνικά Προϊόντα', what: 'Greek alone' },
    { input: 'Bonsai®', value: 'Bonsai®', what: 'a registered trade mark' },
    { input: 'Home Security Systems', value: 'Home Security Systems', what: 'a shop that sells alarms' },
    { input: '❤\ufe0f Flowers 👩\u200d🌾', value: '❤\ufe0f Flowers 👩\u200d🌾', what: 'emoji of several characters' },
    { input: 'Placement Acmeology', value: 'Placement Acmeology', what: 'a word that begins as the platform’s name' },
  ],
  refused: [
    { input: '', refusal: 'required', what: 'nothing' },
    { input: ' \u3000 ', refusal: 'required', what: 'white space alone' },
    { input: 'x'.repeat(101), refusal: 'too_long', what: 'too much' },
    { input: 'Fern\u200b', refusal: 'valid_characters', what: 'a zero-width space, which makes a second Fern' },
    { input: 'Fern\u200d', refusal: 'valid_characters', what: 'a joiner with nothing to join' },
    { input: '\u3164', refusal: 'valid_characters', what: 'a letter that is not seen (Hangul filler)' },
    { input: '\u2800\u2800', refusal: 'valid_characters', what: 'a sign that is not seen (Braille blank)' },
    { input: '\u0301\u0301', refusal: 'valid_characters', what: 'combining marks alone' },
    { input: `F${'\u0301'.repeat(20)}`, refusal: 'valid_characters', what: 'marks that run over the lines above' },
    { input: 'Shop\u202egnp.exe', refusal: 'valid_characters', what: 'a bidirectional override' },
    { input: 'Fern\u{e0041}', refusal: 'valid_characters', what: 'a tag character' },
    { input: '\u0410pple', refusal: 'mixed_scripts', what: 'a Cyrillic А among Latin letters' },
    { input: 'Pay\u03a1al', refusal: 'mixed_scripts', what: 'a Greek Ρ among Latin letters' },
    {
      input: '\u0440\u0430\u0443\u0440\u0430\u04cf Shop',
      refusal: 'mixed_scripts',
      what: 'a Cyrillic word that looks Latin',
    },
    { input: 'Acme', refusal: 'platform_name', what: 'the platform’s name' },
    { input: 'A c m e', refusal: 'platform_name', what: 'the platform’s name, spaced' },
    { input: '\u0410\u0421\u041c\u0415', refusal: 'platform_name', what: 'the platform’s name in Cyrillic' },
    { input: '\uff21\uff23\uff2d\uff25', refusal: 'platform_name', what: 'the platform’s name in full width' },
    { input: 'Acrne Login', refusal: 'platform_name', what: 'rn for m' },
    { input: 'Acme Account Security', refusal: 'platform_name', what: 'a department of the platform' },
    { input: 'BigBrand Account Security \u2714', refusal: 'badge', what: 'a check mark' },
    { input: 'BigBrand \u2705', refusal: 'badge', what: 'a check mark as emoji' },
    { input: 'BigBrand \u{1f6e1}\ufe0f', refusal: 'badge', what: 'a shield' },
    { input: 'BigBrand Official™', refusal: 'badge', what: 'a word of trust with a sign' },
    { input: 'Offizielle Sicherheit ★', refusal: 'badge', what: 'the same in German' },
  ],
};
