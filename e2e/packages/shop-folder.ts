import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';
import { runTool } from '../clients/install.ts';
import { startProgram } from '../clients/program.ts';
import { shellEnvironment } from './nodes.ts';

/** A new folder of a developer's, in which commands are typed. */
export class ShopFolder {
  readonly path = temporaryDirectory();
  readonly #env: Record<string, string>;

  /** @param bin the folder of the developer's Node */
  constructor(bin: string) {
    this.#env = shellEnvironment(bin);
  }

  /** Types a command. @returns what it prints @throws Error with what it said last */
  type(command: string, env: Record<string, string> = {}): Promise<string> {
    return runTool('env', ['-i', ...assignments({ ...this.#env, ...env }), 'sh', '-ec', command], this.path);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.path, name), text);
  }

  /** Types a command that goes on, such as that of a server. Resolves once it listens. */
  start(command: string, port: number, env: Record<string, string>) {
    const given = { issuer: '', clientId: '', clientSecret: '', redirectUri: '', origin: '', port };
    const all = { HOME: homedir(), ...this.#env, ...env };
    return startProgram({ command: 'sh', words: ['-c', `exec ${command}`], cwd: this.path, env: all }, given);
  }
}

function assignments(env: Record<string, string>): string[] {
  return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}
