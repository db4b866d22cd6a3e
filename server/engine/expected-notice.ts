/**
 * Leaves out one line that oidc-provider prints when it is imported: `Unsupported runtime`. It looks for the codename of an LTS line in
 * `process.release`, which the builds of Node that npm packages contain do not have. A Node that is none (too old, or of an odd line) is
 * still named, and so is everything else. Whoever starts a process imports this file first.
 */
const NOTICE = 'oidc-provider WARNING: Unsupported runtime.';
/** What this version of oidc-provider supports at least. */
const MIN_MAJOR = 22;

const major = Number(process.versions.node.split('.', 1)[0]);
const isLongTermSupported = major >= MIN_MAJOR && major % 2 === 0;

const { warn } = console;
if (isLongTermSupported && !process.release.lts) {
  console.warn = (...words: unknown[]) => {
    if (!String(words[0]).includes(NOTICE)) return warn(...words);
    console.warn = warn;
  };
}
