import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRequest } from '../wrk-script.ts';
import { ask, PASSWORD, type Peer, tool } from './peer.ts';

const VERSION = '1.7.25';
const SERVER = 'better-auth-server.mjs';

export async function betterAuth(directory: string): Promise<Peer> {
  writeFileSync(join(directory, 'package.json'), '{"private":true,"type":"module"}');
  tool('npm', ['install', `better-auth@${VERSION}`, '--no-audit', '--no-fund'], directory);
  copyFileSync(join(import.meta.dirname, SERVER), join(directory, SERVER));
  return {
    name: 'better-auth (scrypt; Node’s SQLite)',
    version: VERSION,
    launch: (port) => ({
      words: [SERVER],
      cwd: directory,
      env: { NODE_ENV: 'production', PORT: String(port), DATABASE: join(directory, 'bench.db') },
      readyAt: { url: `http://127.0.0.1:${port}`, path: '/api/auth/ok' },
    }),
    loads: async (url) => {
      const headers = { 'content-type': 'application/json', origin: url };
      const person = { email: 'benjamin@example.com', password: PASSWORD };
      const body = JSON.stringify({ ...person, name: 'Benjamin Chmark' });
      const { headers: answer } = await ask(`${url}/api/auth/sign-up/email`, { method: 'POST', headers, body });
      const cookie = answer
        .getSetCookie()
        .map((line) => line.split(';', 1)[0])
        .join('; ');
      const signIn: BenchRequest = {
        method: 'POST',
        path: '/api/auth/sign-in/email',
        headers,
        body: JSON.stringify(person),
      };
      return {
        password: { url, requests: [signIn] },
        read: { url, requests: [{ path: '/api/auth/get-session', headers: { cookie } }] },
      };
    },
  };
}
