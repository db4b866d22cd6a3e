/** Words that mean nothing to the search, although people type them. */
export const STOP_WORDS = new Set(
  'a an the i we you my our your me is are be do does did can could should will would it this that to of for with in on at by from as and or if so how what why where when which who there have has had not get use using want need make work works working please'.split(
    ' ',
  ),
);

/**
 * Words for the same thing, of which the pages use the first. Who types one of the others finds the first, too. Words of one page alone stand on
 * that page, in a comment `<!-- search: … -->`.
 */
const GROUPS: readonly (readonly string[])[] = [
  ['signup', 'register', 'registration', 'enroll', 'onboarding'],
  ['signin', 'authenticate', 'authentication', 'sso'],
  ['openid', 'oidc', 'oauth'],
  ['credential', 'jwt', 'token'],
  ['error', 'problem', 'bug', 'broken', 'fail', 'failed', 'failure', 'troubleshooting', 'debug'],
  ['person', 'user', 'customer', 'people'],
  ['consent', 'permission', 'scope'],
  ['delete', 'remove', 'erase', 'unregister'],
  ['generate', 'rotate', 'reset', 'replace', 'renew', 'change', 'regenerate'],
  ['address', 'url', 'uri', 'link'],
  ['email', 'mail'],
  ['phone', 'mobile'],
  ['colour', 'color'],
  ['look', 'style', 'theme', 'theming', 'design', 'css', 'appearance', 'customize'],
  ['postal', 'shipping', 'street'],
  ['verify', 'validate', 'check', 'verification', 'validation'],
  ['quota', 'limit', 'throttle', 'throttling'],
  ['compatibility', 'browser', 'supported', 'support'],
  ['frame', 'iframe'],
  ['popup', 'window', 'dialog', 'modal'],
  ['page', 'cursor', 'pagination', 'paging'],
  ['language', 'locale', 'i18n', 'translation', 'localization'],
  ['node', 'nodejs', 'javascript', 'js', 'express'],
  ['go', 'golang'],
  ['postgresql', 'postgres', 'database', 'sqlite'],
  ['https', 'tls', 'ssl', 'certificate'],
  ['release', 'version', 'upgrade', 'update'],
  ['install', 'installation', 'setup'],
  ['device', 'tv', 'till', 'kiosk'],
  ['accessibility', 'a11y', 'wcag'],
  ['environment', 'env', 'staging'],
];

/** @returns the other words for a word of the text that somebody searches for */
export function synonymsOf(word: string): string[] {
  return GROUPS.filter((group) => group.includes(word)).flatMap((group) => group.filter((other) => other !== word));
}
