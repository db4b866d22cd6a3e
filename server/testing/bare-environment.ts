/**
 * The environment of a program that a test starts: nothing of the surroundings but where programs are, because a developer's settings must
 * not change the outcome; and where compiled modules are kept, because to compile the server is half of its start.
 */
export function bareEnvironment(env: Record<string, string>): Record<string, string> {
  const { PATH = '', NODE_COMPILE_CACHE } = process.env;
  return { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), ...env };
}
