/**
 * How long something keeps the processor, in milliseconds: for what may not take time out of proportion to its input. Unlike the time on the
 * clock it is the same on a busy machine.
 * @param act synchronous: what other threads do is not counted
 */
export function cpuTimeMs(act: () => unknown): number {
  const before = process.threadCpuUsage();
  act();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}
