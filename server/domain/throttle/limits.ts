import type { Limit } from '../../storage/limiter.ts';
import type { NetworkPrefix } from './network-key.ts';

/** Durations are in seconds. */
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A limit of which the key has a network address in it, counted by this prefix. */
interface NetworkLimit extends Limit {
  network: NetworkPrefix;
}

/** For each, docs/decisions/0009-rate-limits.md says who uses it up and whom that hurts. */
export const LIMITS = {
  /** Wrong passwords for one subject from one place, see guesses.ts, which also says what follows after them. */
  guesses: { points: 10, duration: HOUR },
  guessPace: { points: 1, duration: DAY },
  /** Wrong passwords for one subject from all places that are strangers to it. */
  strangersGuesses: { points: 150, duration: 6 * HOUR },
  /** Wrong passwords from one network, for whomever. The limit is high because offices share an address. */
  signInByAddress: { points: 100, duration: 15 * MINUTE, network: 64 },
  /** Refused passkeys from one network. A signature cannot be guessed, so this only bounds our work. */
  passkeyByAddress: { points: 300, duration: 15 * MINUTE, network: 64 },
  /** Sign-ins at another login that one network begins from the account pages, each of which is a row for an hour. */
  upstreamByAddress: { points: 100, duration: 15 * MINUTE, network: 64 },
  /** Refused words of other logins that somebody has signed out there, from one network. They cannot be guessed, so this only bounds our work. */
  upstreamLogoutsByAddress: { points: 100, duration: 15 * MINUTE, network: 64 },
  signUpByAddress: { points: 100, duration: HOUR, network: 56 },
  /** Mails about new accounts that one network causes to one address, and that all do. */
  signUpMailsByNetwork: { points: 3, duration: DAY, network: 56 },
  signUpMailsByEmail: { points: 12, duration: DAY },
  /** Codes that one network asks to have mailed, for whomever, and wrong ones that it tries. */
  codesByAddress: { points: 60, duration: HOUR, network: 56 },
  codeTriesByAddress: { points: 100, duration: 15 * MINUTE, network: 64 },
  /** Codes that one network has mailed to one address, and that all have; and those of a browser that the account knows. */
  codeMailsByNetwork: { points: 10, duration: HOUR, network: 56 },
  codeMailsByEmail: { points: 20, duration: HOUR },
  codeMailsByDevice: { points: 10, duration: HOUR },
  /**
   * Wrong codes of six digits for one address by strangers, or for one account in a browser that it knows; then codes are longer. Also in 20
   * days, so that patience gets nobody further: NIST SP 800-63B-4 section 3.2.2 allows 100 in a row, and the timers in memory allow 24 days.
   */
  wrongCodes: { points: 20, duration: DAY },
  wrongCodesLately: { points: 60, duration: 20 * DAY },
  /** The same from one network, for whomever, so that many networks get little of many addresses; then its codes are longer. */
  wrongCodesByNetwork: { points: 100, duration: DAY, network: 56 },
  /** Wrong codes of an authenticator app: for one account in all browsers that it does not know, and in each that it does. */
  secondFactorTries: { points: 10, duration: DAY },
  /** Recovery codes that one network tries, for whomever. They cannot be guessed, so this only bounds our work. */
  recoveryCodesByAddress: { points: 60, duration: 15 * MINUTE, network: 64 },
  /** Mails to one account about browsers that it did not know. */
  newSignInMails: { points: 5, duration: DAY },
  /**
   * Whoever signs up or has a mail sent by a form, in one network: beyond that, their browsers have to work for it (../bots/). All of a realm are
   * only tallied, because a setting says how many are usual.
   */
  strangersByNetwork: { points: 10, duration: HOUR, network: 56 },
  strangers: { points: 1, duration: 10 * MINUTE },
  /** The same forms in browsers that an account knows, which need not work for it; by account. */
  knownBrowsers: { points: 20, duration: HOUR },
  /** Whoever waits instead, without a script: in one network; by all, from where on somebody attacks; and what a network has then. */
  pausesByNetwork: { points: 10, duration: HOUR, network: 56 },
  pauses: { points: 100, duration: 10 * MINUTE },
  pausesUnderAttack: { points: 1, duration: HOUR, network: 56 },
  /** Mails about a forgotten password that one network causes to one address, and that all do. */
  resetMailsByNetwork: { points: 3, duration: HOUR, network: 56 },
  resetMailsByEmail: { points: 6, duration: HOUR },
  resetByAddress: { points: 30, duration: HOUR, network: 56 },
  /** Repeated confirmation mails for one account; those that one network causes to one address, and that all do. */
  confirmAgain: { points: 3, duration: HOUR },
  confirmMailsByNetwork: { points: 4, duration: DAY, network: 56 },
  confirmMailsByEmail: { points: 20, duration: DAY },
  /** Email changes that one account requests, also to one address; mails about them that one network causes to it, and that all do. */
  changeEmailByAccount: { points: 5, duration: HOUR },
  changeEmailByAccountAndEmail: { points: 3, duration: DAY },
  changeEmailMailsByNetwork: { points: 4, duration: DAY, network: 56 },
  changeEmailMailsByEmail: { points: 12, duration: DAY },
  /** Of any of these mails, one more for each network, when others have used up what an address gets; and how many of all networks. */
  spareMailByNetwork: { points: 1, duration: DAY, network: 56 },
  spareMailsByEmail: { points: 100, duration: DAY },
  /** Mails about a forgotten password that one user of an app gets. */
  apiForgotPassword: { points: 3, duration: HOUR },
  /** Failed calls of external_login. */
  externalLoginByClient: { points: 10, duration: 15 * MINUTE },
  externalLoginByAddress: { points: 100, duration: 15 * MINUTE, network: 64 },
  /** Wrong client secrets at the token and revocation endpoints. */
  tokenSecrets: { points: 10, duration: 15 * MINUTE, network: 64 },
  /** Wrong codes of devices, from one network; by all, from where on somebody attacks; and what a network has then. */
  userCodes: { points: 30, duration: 15 * MINUTE, network: 64 },
  wrongUserCodes: { points: 3_000, duration: 15 * MINUTE },
  userCodesUnderAttack: { points: 3, duration: 15 * MINUTE, network: 64 },
  /** Calls of a vendor's sign-up endpoint for one user, so that nobody can make us flood it. */
  vendorSignup: { points: 10, duration: 15 * MINUTE },
  /** Clicks on test people in the sandbox. Each is the record of a sign-in; a class behind one address makes some for each pupil. */
  picksByNetwork: { points: 600, duration: HOUR, network: 56 },
  /** Test people who are made by a click in the sandbox. Each is a row for a day. */
  newcomerByAddress: { points: 60, duration: HOUR, network: 56 },
  /** Copies of test people that one network makes; that all make, from where on somebody attacks; and what a network has then. */
  copiesByNetwork: { points: 200, duration: HOUR, network: 56 },
  copies: { points: 10_000, duration: DAY },
  copiesUnderAttack: { points: 20, duration: HOUR, network: 56 },
  /** Invitations to work on apps: by inviter, and of one address by one app; mails about them that one network causes to it, and all do. */
  inviteByAccount: { points: 30, duration: DAY },
  inviteByAppAndEmail: { points: 5, duration: DAY },
  inviteMailsByNetwork: { points: 6, duration: DAY, network: 56 },
  inviteMailsByEmail: { points: 20, duration: DAY },
  /** Pictures that one account uploads. */
  pictureUpload: { points: 30, duration: HOUR },
  /** Pages that one account makes us fetch, so that nobody can make us flood other servers. */
  examinePage: { points: 30, duration: 15 * MINUTE },
  /** Domains whose proof one account has us look for. */
  checkDomain: { points: 30, duration: 15 * MINUTE },
  /** Reviews that are asked for again, by app. */
  askForReview: { points: 5, duration: DAY },
  /** Checks for the widget's `debug` attribute. */
  widgetCheck: { points: 300, duration: 15 * MINUTE, network: 64 },
} satisfies Record<string, Limit | NetworkLimit>;

export type ThrottledAct = keyof typeof LIMITS;
/** Acts that are counted by network. */
export type NetworkAct = {
  [Act in ThrottledAct]: (typeof LIMITS)[Act] extends NetworkLimit ? Act : never;
}[ThrottledAct];
export type OtherAct = Exclude<ThrottledAct, NetworkAct>;

/** The prefix by which an act counts networks. Undefined for an act that has another key. */
export function networkPrefixOf(act: ThrottledAct): NetworkPrefix | undefined {
  const limit: Limit | NetworkLimit = LIMITS[act];
  return 'network' in limit ? limit.network : undefined;
}
