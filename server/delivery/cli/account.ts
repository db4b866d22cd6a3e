import { issuerOf, REALMS, type Realm } from '@signup-with-platform/protocol';
import { z } from 'zod';
import { hashAccountPassword, PASSWORD_KEY } from '../../domain/accounts/find-by-password.ts';
import { blockAccount, eraseAtOnce } from '../../domain/accounts/operator-acts.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, passwordLength } from '../../domain/accounts/passwords.ts';
import { FieldCatalogue } from '../../domain/claims/catalogue.ts';
import { TOLD_VALUES } from '../../domain/claims/fields.ts';
import { removeWithin } from '../../domain/second-factor/second-factor.ts';
import { readEmailAddress } from '../../domain/values/email-address.ts';
import { EventLog } from '../../events/event-log.ts';
import { type Account, EmailTakenError } from '../../storage/accounts.ts';
import type { AuditAct } from '../../storage/audit-log.ts';
import type { RealmStorage } from '../../storage/index.ts';
import {
  type Command,
  type CommandContext,
  parseOptions,
  parseWord,
  parseWordAndOptions,
  UsageError,
} from './command.ts';
import { inTransaction } from './operator-act.ts';
import { ownTexts } from './own-claims.ts';

/** Options that tell of the person, each with the name of what it tells. */
const OPTIONS = Object.entries(TOLD_VALUES).flatMap(([told, { schema, option }]) =>
  [option.alias, option.name].flatMap((name) => (name === undefined ? [] : [{ name, told, schema }])),
);

const schema = z.object({
  realm: z.enum(REALMS),
  email: z
    .string()
    .max(254)
    .transform((typed, context) => {
      const email = readEmailAddress(typed);
      if (email === undefined) context.addIssue({ code: 'custom', message: 'must be an email address' });
      return email ?? z.NEVER;
    }),
  password: z
    .string()
    .refine(
      (password) => passwordLength(password) >= MIN_PASSWORD_LENGTH && passwordLength(password) <= MAX_PASSWORD_LENGTH,
      `must have ${MIN_PASSWORD_LENGTH} to ${MAX_PASSWORD_LENGTH} characters`,
    ),
  ...Object.fromEntries(OPTIONS.map(({ name, schema: told }) => [name, told.optional()])),
  claim: z.array(z.string()).default([]),
  verified: z.boolean().default(false),
});

const PROFILE_USAGE = Object.values(TOLD_VALUES).map(({ option: { name, value } }) => `[--${name} ${value}]`);
const USAGE = `account create --realm production|sandbox --email E --password P ${PROFILE_USAGE.join(' ')} [--claim NAME=VALUE…] [--verified]`;

export const accountCreate: Command = {
  name: 'account create',
  usage: USAGE,
  async run(words, { config, storage }) {
    const names = Object.keys(schema.shape).filter((name) => name !== 'verified' && name !== 'claim');
    const catalogue = new FieldCatalogue(config.ownFields);
    const options = parseOptions(
      words,
      {
        ...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
        claim: { type: 'string', multiple: true },
        verified: { type: 'boolean' },
      },
      schema,
      USAGE,
    );
    const { accounts } = storage.realm(options.realm);
    const given: Readonly<Record<string, unknown>> = options;
    const texts = OPTIONS.map(({ name, told }) => [told, given[name]]).filter(([, text]) => text !== undefined);
    const claims = ownTexts(options.claim, catalogue);
    // In the sandbox, an app's own accounts are in nobody's way.
    const others = await accounts.findByEmail(options.email);
    if (others.some(({ appId }) => appId === undefined)) throw taken(options.email);
    try {
      const account = await accounts.create({
        email: options.email,
        emailVerified: options.verified,
        passwordHash: await hashAccountPassword(
          { realm: options.realm, passwordKey: await storage.secrets.ensure(PASSWORD_KEY) },
          options.email,
          options.password,
          'operator',
        ),
        ...catalogue.toProfile({ ...Object.fromEntries(texts), ...claims }),
      });
      await storage.auditLog.append({
        realm: options.realm,
        act: 'account.created',
        actor: 'operator',
        subject: `account:${account.id}`,
      });
      return { account_id: account.id };
    } catch (error) {
      throw error instanceof EmailTakenError ? taken(options.email) : error;
    }
  },
};

const MAX_LISTED = 1_000;
const listSchema = z.object({ realm: z.enum(REALMS).optional(), email: z.string().min(1).max(254).optional() });
const LIST_USAGE = 'account list [--realm production|sandbox] [--email E]';

/** Lists the latest accounts, newest first. */
export const accountList: Command = {
  name: 'account list',
  usage: LIST_USAGE,
  async run(words, { storage }) {
    const text = { type: 'string' } as const;
    const { realm, email } = parseOptions(words, { realm: text, email: text }, listSchema, LIST_USAGE);
    const accounts = [];
    for (const one of realm ? [realm] : REALMS) {
      const found = await storage.realm(one).accounts.list({ limit: MAX_LISTED, ...(email && { email }) });
      accounts.push(...found.map((account) => shown(one, account)));
    }
    return { accounts };
  },
};

/** Only what distinguishes one account from another, because the operator needs nothing else here. */
function shown(realm: Realm, account: Account): Record<string, unknown> {
  return {
    account_id: account.id,
    realm,
    email: account.email ?? null,
    email_verified: account.emailVerified,
    blocked: account.blocked,
    persona: account.persona ?? null,
    created_at: account.createdAt.toISOString(),
  };
}

export const accountBlock: Command = {
  name: 'account block',
  usage: 'account block ID',
  run: (words, context) =>
    change(words, 'account block ID', context, 'account.blocked', async ({ id }, rows) => {
      return { blocked: true, sessions_ended: await blockAccount(rows, id) };
    }),
};

export const accountUnblock: Command = {
  name: 'account unblock',
  usage: 'account unblock ID',
  run: (words, context) =>
    change(words, 'account unblock ID', context, 'account.unblocked', async ({ id }, rows) => {
      await rows.accounts.setBlocked(id, false);
      return { blocked: false };
    }),
};

/** Marks an account's address as verified, on the operator's authority. */
export const accountVerify: Command = {
  name: 'account verify',
  usage: 'account verify ID',
  run: (words, context) =>
    change(words, 'account verify ID', context, 'account.email_verified', async ({ id, email }, rows) => {
      if (!email) throw new UsageError(`The account "${id}" has no email address.`);
      try {
        await rows.accounts.markEmailVerified(id, email);
      } catch (error) {
        throw error instanceof EmailTakenError
          ? new UsageError('Another account has verified the same address. Block or delete one of the two.')
          : error;
      }
      return { email_verified: true };
    }),
};

const REMOVE_USAGE = 'account remove-second-factor ID';

/** Lets somebody in who has lost their authenticator app and everything that stands in for it. They are mailed about it. */
export const accountRemoveSecondFactor: Command = {
  name: 'account remove-second-factor',
  usage: REMOVE_USAGE,
  async run(words, context) {
    const id = parseWord(words, REMOVE_USAGE);
    return inTransaction(context, (within) =>
      change([id], REMOVE_USAGE, within, 'second_factor.removed', async (account, rows, realm) => {
        const { config, mailer } = within;
        const part = { config, mailer, realm, rows, issuer: issuerOf(config.publicUrl, realm) };
        if (!(await removeWithin(part, account, []))) throw new UsageError(`The account "${account.id}" has none.`);
        return { removed: true };
      }),
    );
  },
};

const DELETE_USAGE = 'account delete ID --yes';

/** Deletes an account at once, without the grace period that people get. Apps that lose their last owner are disabled. */
export const accountDelete: Command = {
  name: 'account delete',
  usage: DELETE_USAGE,
  async run(words, context) {
    const schema = z.object({ yes: z.boolean().default(false) });
    const { word, options } = parseWordAndOptions(words, { yes: { type: 'boolean' } }, schema, DELETE_USAGE);
    if (!options.yes) throw new UsageError(`This cannot be undone. Add --yes to confirm.\n\nUsage: ${DELETE_USAGE}`);
    const { storage } = context;
    const events = new EventLog({
      appEvents: storage.appEvents,
      log: { warn: (_details, message) => console.error(message) },
    });
    return change([word], DELETE_USAGE, context, 'account.deleted', async ({ id }, _, realm) => {
      const noteWithdrawal = (clientId: string) => events.record(clientId, { kind: 'consent.withdrawn', detail: {} });
      const orphanedApps = await eraseAtOnce({ storage, realm, by: { actor: 'operator' }, noteWithdrawal }, id);
      await events.close();
      return { deleted: true, apps_disabled: orphanedApps };
    });
  },
};

/** Runs `work` on the account that the command line names, in whichever realm it is, and writes the act to the audit log. */
async function change(
  words: readonly string[],
  usage: string,
  { storage }: CommandContext,
  act: AuditAct,
  work: (account: Account, rows: RealmStorage, realm: Realm) => Promise<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const id = parseWord(words, usage);
  for (const realm of REALMS) {
    const rows = storage.realm(realm);
    const account = await rows.accounts.find(id);
    if (!account) continue;
    const result = await work(account, rows, realm);
    await storage.auditLog.append({ realm, act, actor: 'operator', subject: `account:${account.id}` });
    return { account_id: account.id, ...result };
  }
  throw new UsageError(`There is no account "${id}".`);
}

function taken(email: string): UsageError {
  return new UsageError(`An account with the address ${email} already exists.`);
}
