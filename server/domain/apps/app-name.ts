import { skeletonOf } from './name-skeleton.ts';

export const MAX_NAME_LENGTH = 100;

/** Why an app may not have a name. */
export type NameProblem =
  | 'required'
  | 'too_long'
  | 'valid_characters'
  /** One word has letters of scripts that look alike, such as Latin and Cyrillic. */
  | 'mixed_scripts'
  /** It reads like the platform's own name. */
  | 'platform_name'
  /** It carries a sign that people take for a proof, such as a check mark. */
  | 'badge';

/** A name as it is compared, counted and stored: composed (NFC), with single spaces, none of them at the ends. */
export function normalizeName(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/\p{Zs}+/gu, ' ')
    .trim();
}

/**
 * Checks the name of an app, which people see above "Share and continue": any visible text on one line, except what only pretends to be
 * somebody. What is refused cannot be told apart by eye; everything else is for the operator's review.
 * @param name normalized. @param platformName nobody but the platform may go by it
 */
export function nameProblem(name: string, platformName: string): NameProblem | undefined {
  if (name === '') return 'required';
  if ([...name].length > MAX_NAME_LENGTH) return 'too_long';
  if (INVISIBLE.test(name.replaceAll(JOINER_IN_PLACE, '')) || PILED_MARKS.test(name) || !VISIBLE.test(name)) {
    return 'valid_characters';
  }
  if (wordsOf(name).some(isMixed) || hasDisguisedWord(name)) return 'mixed_scripts';
  if (BADGE.test(name) || (ANY_SIGN.test(name) && TRUST_WORD.test(plain(name)))) return 'badge';
  return isPlatform(name, platformName) ? 'platform_name' : undefined;
}

/** Control and format characters, bidirectional controls and blanks among them; unassigned and private ones look different everywhere. */
const INVISIBLE = /[\p{C}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\u2800]/u;
/** Joiners that Persian and Indic words need, and what makes one picture of several emoji. */
const JOINER_IN_PLACE = new RegExp(
  [
    String.raw`(?<=[\p{scx=Arabic}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Malayalam}\p{scx=Sinhala}])[\u200c\u200d](?=\p{L})`,
    String.raw`(?<=\p{Extended_Pictographic}|\ufe0f)\u200d(?=\p{Extended_Pictographic})`,
    String.raw`(?<=\p{Emoji})\ufe0f`,
  ].join('|'),
  'gu',
);
/** A mark without a letter, or more than any language puts on one. */
const PILED_MARKS = /^\p{M}|\p{M}{4}/u;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Check marks, shields, locks, keys, rosettes and medals. */
const BADGE = /[\u2611\u2705\u2713\u2714\u{1F5F8}\u{1F5F9}\u{1FBB1}\u{1F6E1}\u{1F50F}-\u{1F513}\u{1F396}\u{1F3C5}]/u;
const ANY_SIGN = /\p{So}/u;
/** "Official" and its like in the languages of the pages; a shop may have one in its name, but not with a sign beside it. */
const TRUST_WORD = new RegExp(
  `(?<!\\p{L})(${[
    'officie?ll?e?s?|offizielle?r?s?|oficial|oficjaln[yae]|ufficiale|officieel|resmi|official',
    'verifi(ed|ziert|e|cado|cato)|geverifieerd|zweryfikowan[yae]|onayli',
    'securite?y?|sicherheit|seguridad|sicurezza|beveiliging|seguranca|bezpieczenstwo|guvenlik|safety',
    'support|helpdesk|account|login|admin',
    'رسمي|الرسمي|رسمية|الأمان|רשמי|אבטחה|公式|公認|セキュリティ|認証',
  ].join('|')})(?!\\p{L})`,
  'u',
);

/** Lower case, without signs and accents, so that one spelling of each word is enough. */
function plain(name: string): string {
  return name
    .replaceAll(/\p{So}/gu, ' ')
    .normalize('NFKD')
    .replaceAll(/\p{Mn}/gu, '')
    .toLowerCase()
    .normalize('NFC');
}

/** Runs of letters, with the marks on them. */
function wordsOf(name: string): string[] {
  return name.match(/[\p{L}\p{M}]+/gu) ?? [];
}

/**
 * The scripts that may meet in one word: one alone, or those that Japanese, Chinese and Korean write together and beside Latin (the highly
 * restrictive level of Unicode TS #39). Between words they may change, as in a shop that sells a foreign brand.
 */
const TOGETHER: readonly RegExp[] = [
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Common}\p{scx=Inherited}]+$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Bopomofo}\p{scx=Common}\p{scx=Inherited}]+$/u,
  /^[\p{scx=Latin}\p{scx=Han}\p{scx=Hangul}\p{scx=Common}\p{scx=Inherited}]+$/u,
];
const LATIN = /\p{Script=Latin}/u;
const CYRILLIC = /\p{Script=Cyrillic}/u;
const GREEK = /\p{Script=Greek}/u;
const OTHER_SCRIPT = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}\p{M}]/u;

function isMixed(word: string): boolean {
  if (TOGETHER.some((scripts) => scripts.test(word))) return false;
  const hasLatin = LATIN.test(word);
  return (hasLatin && OTHER_SCRIPT.test(word)) || (CYRILLIC.test(word) && GREEK.test(word));
}

/** Whether a word that looks Latin from end to end stands, in another script, beside words that are Latin. */
function hasDisguisedWord(name: string): boolean {
  const words = wordsOf(name);
  if (!words.some((word) => LATIN.test(word))) return false;
  return words.some((word) => (CYRILLIC.test(word) || GREEK.test(word)) && /^[a-z]+$/.test(skeletonOf(word)));
}

/** Whether the name is the platform's, or has it as a word, by what people see. */
function isPlatform(name: string, platformName: string): boolean {
  const platform = skeletonOf(platformName);
  if (platform === '') return false;
  const words = skeletonOf(name);
  return ` ${words} `.includes(` ${platform} `) || words.replaceAll(' ', '') === platform.replaceAll(' ', '');
}
