/** Digits of a code of an authenticator app. */
export const CODE_LENGTH = 6;
/** Letters and digits of a recovery code: 78 bits, so that whoever reads the table of hashes does not get to them either. */
export const RECOVERY_CODE_LENGTH = 16;
/** How many of them a set has. */
export const RECOVERY_CODES = 10;
/** How long a browser is trusted whose owner does not want to be asked again. */
export const TRUST_DAYS = 30;
