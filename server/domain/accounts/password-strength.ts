import { createRequire } from 'node:module';
import type * as Core from '@zxcvbn-ts/core';
import type * as Words from '@zxcvbn-ts/language-common';
import { once } from '../values/once.ts';
import { MIN_PASSWORD_LENGTH } from './passwords.ts';

/**
 * Guesses that the limits of sign-in cannot hold off: zxcvbn's first two levels, "risky password" and "protection from throttled online
 * attacks". It finds common passwords, keyboard rows, repetitions, sequences, dates, and words with a digit or sign put to them.
 */
const MIN_GUESSES = 1e6;
/** zxcvbn counts ten guesses for any character that it does not know; there are well over a hundred thousand beyond ASCII. */
const BEYOND_ASCII = 1e5;
/** A longer one is nobody's early guess, and the time to measure it would grow with the square of its length. */
const MAX_MEASURED_LENGTH = 64;
/** A shorter word is part of too many passwords. */
const MIN_WORD_LENGTH = 3;
const MAX_WORDS = 20;

const require = createRequire(import.meta.url);

/**
 * What attackers try first, loaded for the first password, because it takes a tenth of a start and 20 MB. By `require`, because the rules
 * that ask are synchronous.
 */
const measure = once(() => {
  const { ZxcvbnFactory } = require('@zxcvbn-ts/core') as typeof Core;
  const words = require('@zxcvbn-ts/language-common') as typeof Words;
  const { dictionary, adjacencyGraphs } = words;
  return {
    zxcvbn: new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: MAX_MEASURED_LENGTH }),
    common: new Set<string>(dictionary['passwords-common']),
  };
});

/**
 * Whether an attacker would soon guess a password. One that is too short to be taken at all is only looked up in the list of common ones.
 * @param known what the attacker knows: the email address, names, the platform's name
 */
export function isGuessable(password: string, known: readonly (string | undefined)[] = []): boolean {
  const { zxcvbn, common } = measure();
  const text = password.normalize('NFKC');
  if (common.has(text.toLowerCase())) return true;
  if (text.length < MIN_PASSWORD_LENGTH || text.length > MAX_MEASURED_LENGTH) return false;
  const { guesses } = zxcvbn.check(text, wordsOf(known));
  return guesses * (/[^ -~]/.test(text) ? BEYOND_ASCII : 1) < MIN_GUESSES;
}

/** The texts themselves and the words in them: of an email address also the name before the @. */
function wordsOf(texts: readonly (string | undefined)[]): string[] {
  const words = texts.flatMap((text) => (text === undefined ? [] : [text, ...text.split(/[^\p{L}\p{N}]+/u)]));
  return words
    .filter((word) => word.length >= MIN_WORD_LENGTH)
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_MEASURED_LENGTH).toLowerCase());
}
