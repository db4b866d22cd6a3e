/** What became of strangers who had to show that they are no bot, since this process started. For /metrics. */
export const outcomes = {
  /** Their form came without an answer, or with one that is wrong. */
  asked: 0,
  /** Their browser has worked for it. */
  solved: 0,
  /** They have waited. */
  waited: 0,
  /** They were too early, or too many waited. */
  delayed: 0,
  /** An account has signed in from their browser before. */
  known: 0,
};
