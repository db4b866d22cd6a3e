import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../scripts/run.ts';

export interface SampleSettings {
  /** In place of `id.example.com`. */
  readonly name: string;
  readonly port: number;
  readonly httpPort: number;
  readonly upstreamPort: number;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Puts a test's own into a sample of `deploy/`. Nothing else of it changes. @throws Error when the sample does not have what is replaced */
export function fillSample(file: string, replacements: readonly (readonly [string, string])[]): string {
  return replacements.reduce(
    (text, [printed, own]) => {
      if (!text.includes(printed)) throw new Error(`${file} has no "${printed}"`);
      return text.replaceAll(printed, () => own);
    },
    readFileSync(join(ROOT, 'deploy', file), 'utf8'),
  );
}

export function nginxSample({ name, port, httpPort, upstreamPort, certificateFile, keyFile }: SampleSettings): string {
  const publicPort = port === 443 ? '' : `:${port}`;
  return fillSample('nginx.conf', [
    ['  listen [::]:80;\n', ''],
    ['  listen [::]:443 ssl http2;\n', ''],
    ['listen 80;', `listen 127.0.0.1:${httpPort};`],
    ['listen 443 ssl http2;', `listen 127.0.0.1:${port} ssl http2;`],
    ['/etc/letsencrypt/live/id.example.com/fullchain.pem', certificateFile],
    ['/etc/letsencrypt/live/id.example.com/privkey.pem', keyFile],
    ['https://id.example.com$request_uri', `https://${name}${publicPort}$request_uri`],
    ['server_name id.example.com;', `server_name ${name};`],
    ['127.0.0.1:4000', `127.0.0.1:${upstreamPort}`],
  ]);
}

export function caddySample({ name, port, httpPort, upstreamPort, certificateFile, keyFile }: SampleSettings): string {
  const options = `{\n\tadmin off\n\thttp_port ${httpPort}\n\thttps_port ${port}\n\tauto_https disable_certs\n}\n`;
  const site = fillSample('Caddyfile', [
    ['\nid.example.com {', `\nhttps://${name}:${port} {\n\tbind 127.0.0.1\n\ttls ${certificateFile} ${keyFile}`],
    ['127.0.0.1:4000', `127.0.0.1:${upstreamPort}`],
  ]);
  return `${options}${site}`;
}
