import { codeMail } from '../../mail/messages.ts';
import type { MailCause } from '../../outbox/mail-cause.ts';
import { type Account, emailKey } from '../../storage/accounts.ts';
import type { CodePlace, CodeVisibility, MailedCode } from '../../storage/mailed-codes.ts';
import type { KnownDevice } from '../accounts/known-device.ts';
import type { DomainContext } from '../context.ts';
import {
  CODE_LIFETIME_MS,
  formatFor,
  guessedAt,
  knownBrowser,
  MAX_TRIES,
  mayMailCode,
  pauseAfter,
} from './code-budgets.ts';
import { codeOf } from './code-text.ts';

/** Where somebody asks, and as whom. */
export interface CodeVisitor {
  /** Network address. */
  address: string | undefined;
  /** Sandbox only: the app whose popup it is. */
  appId?: string | undefined;
  /** Sandbox only: what the browser's copies of test people are found by. */
  testPeople?: string | undefined;
}

export interface CodeRequest extends CodePlace, CodeVisitor {
  email: string;
  /** Browsers in which accounts have signed in before, as the visitor's own claims to be. */
  devices: readonly KnownDevice[];
  /** BCP 47, in order of preference. */
  languages: readonly string[];
  /** The account that is open in this browser. */
  within: Account | undefined;
}

export type AskedForCode =
  | { outcome: 'asked'; code: MailedCode }
  /** One was sent a moment ago. */
  | { outcome: 'too_soon'; retryAfterMs: number; code: MailedCode }
  /** The address has had enough of these mails for now. It depends on their number alone, and so tells nothing about accounts. */
  | { outcome: 'not_mailed' }
  | { outcome: 'too_many_attempts'; retryAfterMs: number };

type CodeContext = DomainContext & { readonly cookieKey: string };

/**
 * Mails a code to an address, as the account that has verified it spells it: mail servers may distinguish capitals, and a few letters have two
 * of them (U+0398 and U+03F4), so that a stranger may read the mail of what was typed. The same is looked up, stored and mailed whether or not
 * there is an account, in the same words, so that neither page, mail nor time says which it is. Asking again ends the code before.
 */
export async function askForCode(context: CodeContext, request: CodeRequest): Promise<AskedForCode> {
  const { rows, throttle } = context;
  const { email, address } = request;
  const before = await rows.mailedCodes.find(request);
  const isSame = before !== undefined && emailKey(before.email) === emailKey(email);
  if (isSame && pauseAfter(before) > 0) return { outcome: 'too_soon', retryAfterMs: pauseAfter(before), code: before };
  const waitMs = await throttle.count('codesByAddress', { address });
  if (waitMs > 0) return { outcome: 'too_many_attempts', retryAfterMs: waitMs };

  const scope = { appId: request.appId, browserHash: request.testPeople };
  const verified = await rows.accounts.findVerified(email, scope);
  const meant = verified ?? openClaim(request);
  const device = knownBrowser(context, verified, request.devices);
  const about = { email: verified?.email ?? email, ...(device !== undefined && { device }) };
  if (!(await mayMailCode(context, about, { owner: request.appId, address }))) return { outcome: 'not_mailed' };
  const format = await formatFor(context, guessedAt(context, about, { owner: request.appId, address }));
  const visibility = visibilityOf(context, meant, request.appId);
  const code = await rows.mailedCodes.create(request, { ...about, format, visibility }, CODE_LIFETIME_MS);
  await mailCode(context, request, code, causeOf(context, request, visibility, meant));
  return { outcome: 'asked', code };
}

/** The code that a page is about: one that still works, else none. */
export function isOver({ expiresAt, tries }: MailedCode): boolean {
  return expiresAt.getTime() <= Date.now() || tries >= MAX_TRIES;
}

/** What the page itself says in place of the mail, in the sandbox. */
export function codeForPage(context: CodeContext, place: CodePlace, code: MailedCode): string | undefined {
  return code.visibility === 'shown' ? codeOf(context, place, code) : undefined;
}

function openClaim({ within, email }: CodeRequest): Account | undefined {
  return within?.email !== undefined && emailKey(within.email) === emailKey(email) ? within : undefined;
}

/**
 * In the sandbox nothing waits for a mail: for test people, and for accounts that were made through this app, the page shows the code, and
 * alike for an address that nobody has. Such a code opens nothing else. Other accounts of the sandbox are somebody's own.
 */
function visibilityOf(
  { realm }: Pick<DomainContext, 'realm'>,
  account: Account | undefined,
  appId: string | undefined,
): CodeVisibility {
  if (realm === 'production' || appId === undefined) return 'mailed';
  return account === undefined || account.persona !== undefined || account.appId === appId ? 'shown' : 'mailed';
}

/** What the app may see in its inbox is what its own page shows. */
function causeOf(
  { realm }: Pick<DomainContext, 'realm'>,
  { appId }: CodeRequest,
  visibility: CodeVisibility,
  account: Account | undefined,
): MailCause {
  if (realm === 'production') return { by: 'platform' };
  return {
    by: 'tester',
    appId: visibility === 'shown' ? appId : account?.appId,
    ...(account && { accountId: account.id }),
  };
}

async function mailCode(context: CodeContext, request: CodeRequest, code: MailedCode, cause: MailCause): Promise<void> {
  const { mailer, config } = context;
  const language = mailer.languageFor(request.languages);
  const text = { code: codeOf(context, request, code), lifetimeSeconds: CODE_LIFETIME_MS / 1000 };
  await mailer.send(codeMail(code.email, language, config.platformName, text), cause);
}
