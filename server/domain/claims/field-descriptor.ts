import type { MessageKey } from '@signup-with-platform/messages';
import type { UserClaims } from '@signup-with-platform/protocol';
import type { z } from 'zod';
import type { Account, AccountProfile } from '../../storage/accounts.ts';
import type { ProfilePart } from '../../storage/profile-columns.ts';

type ErrorCode<Key> = Key extends `shared.errors.${infer Code}` ? Code : never;
/** What can be wrong with an input: whatever there are words for. Only a password is too short. */
export type InputProblem = Exclude<ErrorCode<MessageKey>, 'too_short'>;

/** A value that is told as a text. */
export interface ToldValue {
  /** Checks the text; its messages are {@link InputProblem}s where people read them. Empty is fine. */
  readonly schema: z.ZodType<string, string>;
  /** Option of the command `account create`: its name, what stands for its value in the usage, and another name that works. */
  readonly option: { readonly name: string; readonly value: string; readonly alias?: string };
}

/** An input of a form; its label is the word `shared.inputs.<name>`. */
export interface FieldInput extends ToldValue {
  readonly control: 'text' | 'tel' | 'lines' | 'country' | 'date' | 'number' | 'boolean' | 'choice';
  /** Of a date: the first and the last day that are taken. */
  range?(): { readonly min: string; readonly max: string };
  /** HTML's autofill field name (section 4.10.18.7). */
  readonly autocomplete: string;
  /** Whether a field that is shared needs it. */
  readonly needed: boolean;
  /** Beside other inputs. Default: half of the row. */
  readonly width?: 'narrow' | 'wide' | 'full';
}

/** Where a person lives, as far as it helps to understand what they type. */
export interface Home {
  /** ISO 3166-1 alpha-2 code. */
  readonly country?: string | undefined;
}

/** What the server knows of a field, besides what the wire says (`protocol/claims.ts`). */
export interface FieldDescriptor {
  /** An icon of lines: path data on a grid of 20 × 20. */
  readonly icon: string;
  /** Its claims, as far as the account knows them; those that are empty or undefined count as absent. */
  claims(
    account: Account,
  ): { readonly [Name in keyof UserClaims]?: UserClaims[Name] | undefined } & Readonly<Record<string, unknown>>;
  /** Inputs with which a person fills it in, on the consent page and the profile. None: it cannot be typed in. */
  readonly inputs: Readonly<Record<string, FieldInput>>;
  /** It follows from another field, into whose part of the account its inputs are written, so nobody but the person tells it. */
  readonly derived?: true;
  /** What only the command line tells as a text. */
  readonly told?: Readonly<Record<string, ToldValue>>;
  /** The parts of an account that texts stand for: those of `inputs` and `told`, checked, by name. Empty ones are left out. */
  toProfile(texts: Readonly<Record<string, string | undefined>>, home?: Home): AccountProfile;
  /** The page of the profile that asks for its inputs. Absent where there is a page of its own, or none. */
  readonly page?: FieldPage;
}

/** Its inputs are named after the claims that they hold. */
export interface FieldPage {
  /** Below `/account/profile`, and in the keys of its words: `account.profile.<name>`. */
  readonly name: string;
  /** The parts of an account that it changes. */
  readonly parts: readonly ProfilePart[];
  /** It may be left empty, which removes what there was. */
  readonly removable?: true;
  /** The mail that tells the person of a change: for what would serve a stranger who got in. */
  readonly notice?: 'phone_changed';
}
