import { z } from 'zod';
import type { AccountChanges } from '../../storage/account-changes.ts';
import type { Account } from '../../storage/accounts.ts';
import { emailKey } from '../../storage/accounts.ts';
import type { AccountProfileChanges, ProfilePart } from '../../storage/profile-columns.ts';
import { ADDRESS_INPUTS } from '../claims/address.ts';
import { TOLD_VALUES, toProfile } from '../claims/fields.ts';
import { reasonOf } from '../import/person.ts';
import { emailSchema } from '../import/row-values.ts';

const isAddressPart = (name: string) => ADDRESS_INPUTS.some((part) => part === name);
/** Empty text is refused, because it would be unclear whether it removes a value. */
const told = (names: readonly string[]) =>
  Object.fromEntries(
    names.map((name) => [
      name,
      z
        .string()
        .trim()
        .min(1, 'is empty; null removes it')
        .pipe(TOLD_VALUES[name]?.schema ?? z.never())
        .nullable()
        .optional(),
    ]),
  );
const PROFILE_NAMES = Object.keys(TOLD_VALUES).filter((name) => !isAddressPart(name));

/** A merge patch (RFC 7396): null removes, what is left out stays. Names are those of an import. */
export const accountPatchSchema = z
  .strictObject({
    email: emailSchema.optional(),
    email_verified: z.boolean().optional(),
    ...told(PROFILE_NAMES),
    address: z.strictObject(told(ADDRESS_INPUTS)).nullable().optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'names nothing to change');

/**
 * What a patch means for an account.
 * @returns the changes; or what is wrong with the patch: the first mistake, with the key that has it
 */
export function readAccountPatch(patch: unknown, account: Account): { changes: AccountChanges } | { reason: string } {
  const { data, error } = accountPatchSchema.safeParse(patch);
  if (error) return { reason: reasonOf(error) };
  const { email, email_verified: emailVerified, address, ...texts } = data as Patch;
  const isAnother = email !== undefined && (account.email === undefined || emailKey(email) !== emailKey(account.email));
  // An address that nobody has proven may end the account, so nobody takes its proof away without having said so.
  if (isAnother && emailVerified === undefined)
    return { reason: 'email_verified: say whether you have proven that the new address is theirs' };
  if (emailVerified !== undefined && email === undefined && account.email === undefined)
    return { reason: 'email_verified: the account has no address' };
  const profile: AccountProfileChanges = {
    ...toProfile(textsOf(texts)),
    ...removed(texts),
    ...addressChange(account, address),
  };
  return {
    changes: {
      profile,
      ...(email !== undefined && { email }),
      ...(emailVerified !== undefined && { emailVerified }),
    },
  };
}

type Texts = Readonly<Record<string, string | null | undefined>>;
type Patch = Texts & { email?: string; email_verified?: boolean; address?: Texts | null };

const textsOf = (texts: Texts) =>
  Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text ?? undefined]));

/** The parts that become empty. They are named as the claims, in the other spelling. */
function removed(texts: Texts): AccountProfileChanges {
  const names = Object.keys(texts).filter((name) => texts[name] === null);
  return Object.fromEntries(
    names.map((name) => [name.replaceAll(/_(\w)/g, (_, letter) => letter.toUpperCase()) as ProfilePart, null]),
  );
}

/** An address is merged, too: a new house number in the same street does not need the country again. */
function addressChange({ address }: Account, patch: Texts | null | undefined): AccountProfileChanges {
  if (patch === undefined) return {};
  if (patch === null) return { address: null };
  // How somebody has it written out does not say any more what it is made of.
  const { formatted: _, ...before } = address ?? {};
  return { address: toProfile(textsOf({ ...before, ...patch })).address ?? null };
}
