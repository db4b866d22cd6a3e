/** What an operator calls the two settings that say where a server listens. */
export interface ListenSettings {
  readonly port: string;
  readonly host: string;
}

const HIGHEST_PORT = 65_535;

/**
 * Why a server cannot listen, in one line that says what to change.
 * @param error as Node gives it
 * @param holder who listens there already, as far as that is known
 */
export function explainListenFailure(
  error: NodeJS.ErrnoException,
  settings: ListenSettings,
  holder = 'another program',
): string {
  const { code, message } = error;
  const { port = 0 } = error as { port?: number };
  const another = `${settings.port}=${port < HIGHEST_PORT ? port + 1 : port - 1}`;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by ${holder}. Stop it, or set ${settings.port} to another port, such as ${another}.`;
  if (code === 'EACCES')
    return `Port ${port} is not allowed: ${message}. Set ${settings.port} to one from 1024, or give the process the right.`;
  return `The address cannot be listened on: ${message}. Set ${settings.host} to an address of this machine, such as 127.0.0.1.`;
}
