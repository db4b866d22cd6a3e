import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureProgram } from '../../scripts/system-packages.ts';
import { listens } from '../../scripts/testing/listens.ts';
import { until } from '../../scripts/testing/until.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';

const PATHS = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'];

export interface NginxOptions {
  port: number;
  /** Where the platform listens. */
  upstreamPort: number;
  /** How long nginx keeps an idle connection to the platform. Its own default is 60 seconds. */
  keepAliveSeconds: number;
}

/** An nginx before the platform that compresses everything, keeps connections, and tries nothing twice, so that every failure shows. */
export function startNginx({ port, upstreamPort, keepAliveSeconds }: NginxOptions): Promise<() => Promise<void>> {
  return runNginx(
    port,
    `gzip on; gzip_types *; gzip_min_length 0; gzip_proxied any;
  upstream platform { server 127.0.0.1:${upstreamPort}; keepalive 64; keepalive_requests 1000000; keepalive_timeout ${keepAliveSeconds}s; }
  server {
    listen 127.0.0.1:${port}; keepalive_requests 1000000;
    location / {
      proxy_pass http://platform; proxy_http_version 1.1; proxy_next_upstream off;
      proxy_set_header Connection ""; proxy_set_header Host $http_host;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; proxy_set_header X-Forwarded-Proto $scheme;
    }
  }`,
  );
}

/** @param http what stands in nginx' block of this name. @returns how to stop it */
export async function runNginx(port: number, http: string): Promise<() => Promise<void>> {
  const program = await ensureNginx();
  const directory = temporaryDirectory();
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(directory, name)};`,
  );
  const file = join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; master_process off; pid ${join(directory, 'nginx.pid')}; error_log stderr error;
events { worker_connections 1024; }
http {
  access_log off; ${temporary.join(' ')}
  ${http}
}
`,
  );
  const nginx = spawn(program, ['-p', directory, '-e', 'stderr', '-c', file], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const exit = once(nginx, 'exit');
  await Promise.race([until(() => listens(port)), exit.then(() => Promise.reject(new Error('nginx did not start')))]);
  return () => stop(nginx, exit);
}

async function stop(nginx: ChildProcess, exit: Promise<unknown>): Promise<void> {
  nginx.kill('SIGTERM');
  await exit;
}

/** @throws Error when there is none and none can be installed */
async function ensureNginx(): Promise<string> {
  const found = await ensureProgram(PATHS, ['nginx-light']);
  if (!found) throw new Error('There is no nginx, and none could be installed. Install one.');
  return found;
}
