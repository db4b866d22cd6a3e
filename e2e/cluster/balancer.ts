import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run.ts';
import { listens } from '../../scripts/testing/listens.ts';
import { Daemon, programOf } from './daemon.ts';

export interface BalancerOptions {
  readonly directory: string;
  /** Where people come. */
  readonly port: number;
  /** From where people are led there. */
  readonly httpPort: number;
  /** Where the primary can be reached. */
  readonly databasePort: number;
  readonly servers: readonly { readonly port: number }[];
  readonly nodes: readonly { readonly name: string; readonly port: number; readonly restPort: number }[];
}

/** HAProxy before the platform's servers and before PostgreSQL, by the lines of `deploy/haproxy.cfg`. */
export async function startBalancer(options: BalancerOptions): Promise<Daemon> {
  const program = await programOf(['haproxy'], '/usr/sbin/haproxy');
  const file = join(options.directory, 'haproxy.cfg');
  writeFileSync(file, filled(options));
  const daemon = new Daemon(program, ['-db', '-f', file]);
  await daemon.until(() => listens(options.port));
  return daemon;
}

/** The sample with the addresses of a test. @throws Error when the sample does not have what is replaced */
function filled({ port, httpPort, databasePort, servers, nodes }: BalancerOptions): string {
  const [one, two] = servers;
  const [first, second] = nodes;
  if (!one || !two || !first || !second) throw new Error('the sample has two of each');
  const replacements: readonly (readonly [printed: string, own: string])[] = [
    [' bind :443 ssl crt /etc/haproxy/id.example.com.pem alpn h2,http/1.1', ` bind 127.0.0.1:${port}`],
    [' bind :80\n', ` bind 127.0.0.1:${httpPort}\n`],
    ['  http-request set-header X-Forwarded-Proto https\n', ''],
    [' bind 127.0.0.1:5000', ` bind 127.0.0.1:${databasePort}`],
    ['10.0.0.11:4000', `127.0.0.1:${one.port}`],
    ['10.0.0.12:4000', `127.0.0.1:${two.port}`],
    ['10.0.0.21:5432 check port 8008', `127.0.0.1:${first.port} check port ${first.restPort}`],
    ['10.0.0.22:5432 check port 8008', `127.0.0.1:${second.port} check port ${second.restPort}`],
  ];
  return replacements.reduce(
    (text, [printed, own]) => {
      if (!text.includes(printed)) throw new Error(`deploy/haproxy.cfg has no "${printed}"`);
      return text.replaceAll(printed, () => own);
    },
    readFileSync(join(ROOT, 'deploy/haproxy.cfg'), 'utf8'),
  );
}
