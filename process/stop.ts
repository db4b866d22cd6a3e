const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** One Ctrl+C arrives several times: from the terminal, from npm, and from the program that started this one. */
const SAME_WISH_MS = 500;
/** `npm start` kills after ten seconds, as Docker does. */
const STOP_TIMEOUT_MS = 9_000;

/**
 * Ends the process in order, once somebody wishes it to: by a signal, or because the process that started this one and opened a channel to it
 * has ended or closed that channel. A second signal ends it at once.
 *
 * @param stop called once. Exit code 0 when it succeeds within nine seconds, otherwise 1
 * @returns how to wish it by other means; it counts once
 */
export function stopInOrder(stop: (reason: string) => Promise<unknown>): (reason: string) => void {
  let wishedAtMs: number | undefined;
  const wish = (reason: string) => {
    if (wishedAtMs !== undefined) return;
    wishedAtMs = performance.now();
    setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
    stop(reason).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (wishedAtMs === undefined) wish(signal);
      else if (performance.now() - wishedAtMs > SAME_WISH_MS) process.exit(1);
    });
  }
  if (process.send) {
    const onParentGone = () => wish('the end of the parent process');
    process.once('disconnect', onParentGone);
    // It may have happened while the modules were loaded.
    if (!process.connected) onParentGone();
  }
  return wish;
}
