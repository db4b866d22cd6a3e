import type { html as Html, TemplateResult } from 'lit';
import type { SignupUser } from '../attempt/signup-flow.ts';
import { bare } from '../bare.ts';
import type { Strings } from '../strings/strings.ts';
import { describeUser } from './describe-user.ts';
import { isEnglish, learnSpellings } from './fields/learn-spellings.ts';
import { fillForm } from './fill/fill-form.ts';
import { watchTyping } from './fill/ledger.ts';
import { own } from './fill/understand.ts';
import { wordsOf } from './fill/words.ts';
import type { Request } from './key-set.ts';
import type { RareRows } from './rare-fields.ts';
import { styles } from './user-output.styles.ts';
import { userOutput } from './user-output.ts';
import { prepareVerification, type VerifyCredential } from './verify-credential.ts';

export interface AnswerOptions {
  /** Handed over, so that this chunk need not import the entry: under another address, that would run the entry twice. */
  html: typeof Html;
  adoptStyles(styles: string): void;
  /** Origin of the platform. */
  platform: string;
  strings: Strings;
  /** Lists of the page in which somebody has chosen so far. */
  chosen: WeakSet<EventTarget>;
  /** Asks the platform. */
  ask: Request;
}

export interface Answer {
  verify: VerifyCredential;
  fillForm: typeof fillForm;
  /** @param compact whether the list is folded */
  userOutput(user: SignupUser, compact: boolean): TemplateResult;
}

/** What only an answer of the popup needs. It is loaded after the click, while the person looks at the popup. */
export async function prepareAnswer(options: AnswerOptions): Promise<Answer> {
  const { html, adoptStyles, platform, strings, ask, chosen } = options;
  watchTyping(chosen);
  // So that they are there before a form is filled.
  if (!isEnglish(document.documentElement.lang)) void learnSpellings();
  const verify = prepareVerification(platform, ask);
  adoptStyles(styles);
  let rareRows: RareRows | undefined;
  return {
    async verify(...credential) {
      const user = await verify(...credential);
      if (/claims|is_o/.test(String(Object.keys(user)))) {
        const { learn } = await import('./rare-fields.ts');
        rareRows = await learn(user, options, wordsOf, own);
      }
      return user;
    },
    fillForm,
    userOutput: (user, compact) =>
      userOutput(
        html,
        describeUser(bare({ ...user }), strings, strings.language).concat(rareRows?.(user) ?? []),
        compact ? strings.list : undefined,
      ),
  };
}
