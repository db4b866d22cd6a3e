import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchRequest } from '../wrk-script.ts';
import { ask, PASSWORD, type Peer, tool } from './peer.ts';

/** The newest that builds with Go 1.26. */
const VERSION = '0.36.0';
const MODULE = 'github.com/pocketbase/pocketbase';
/** As its documentation has it for those who use it as a framework. */
const MAIN = `package main

import (
	"log"

	"${MODULE}"
)

func main() {
	if err := pocketbase.New().Start(); err != nil {
		log.Fatal(err)
	}
}
`;

/** Built from its module, because its binaries are not in a package registry. */
export async function pocketBase(directory: string): Promise<Peer> {
  writeFileSync(join(directory, 'go.mod'), 'module bench\n\ngo 1.25\n');
  writeFileSync(join(directory, 'main.go'), MAIN);
  tool('go', ['get', `${MODULE}@v${VERSION}`], directory);
  tool('go', ['mod', 'tidy'], directory);
  tool('go', ['build', '-o', 'pocketbase', '.'], directory);
  const program = join(directory, 'pocketbase');
  const data = ['--dir', join(directory, 'data')];
  const admin = { identity: 'admin@example.com', password: PASSWORD };
  execFileSync(program, ['superuser', 'upsert', admin.identity, admin.password, ...data], { stdio: 'ignore' });
  return {
    name: 'PocketBase (bcrypt; SQLite)',
    version: VERSION,
    launch: (port) => ({
      program,
      words: ['serve', '--http', `127.0.0.1:${port}`, ...data],
      cwd: directory,
      readyAt: { url: `http://127.0.0.1:${port}`, path: '/api/health' },
    }),
    loads: async (url) => {
      const post = (
        path: string,
        value: unknown,
        headers: Record<string, string> = {},
      ): BenchRequest & { body: string } => ({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(value),
      });
      const send = async ({ path, ...request }: BenchRequest & { body: string }) =>
        (await (await ask(url + path, request)).json()) as { id: string; token: string };
      const { token } = await send(post('/api/collections/_superusers/auth-with-password', admin));
      const person = { email: 'benjamin@example.com', password: PASSWORD, passwordConfirm: PASSWORD, verified: true };
      const { id } = await send(post('/api/collections/users/records', person, { authorization: token }));
      const signIn = { identity: person.email, password: PASSWORD };
      return {
        password: { url, requests: [post('/api/collections/users/auth-with-password', signIn)] },
        read: { url, requests: [{ path: `/api/collections/users/records/${id}`, headers: { authorization: token } }] },
      };
    },
  };
}
