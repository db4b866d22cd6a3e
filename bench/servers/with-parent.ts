/**
 * Ends this server when it is asked to, or when the bench that started it has ended in whichever way.
 * @param close what has to be done first when there is time
 */
export function endWithParent(close: () => Promise<unknown> = async () => {}): void {
  process.once('SIGTERM', () => void close().then(() => process.exit(0)));
  process.once('disconnect', () => process.exit(1));
}
