import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../scripts/run.ts';
import { temporaryDirectory } from '../../server/testing/temporary-directory.ts';

export interface TestAuthority {
  /** PEM files. */
  readonly authorityFile: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** Makes a certificate authority of this run alone, and a certificate for these names. @throws Error without OpenSSL */
export async function makeAuthority(names: readonly string[]): Promise<TestAuthority> {
  const cwd = temporaryDirectory();
  const file = (name: string) => join(cwd, name);
  const openssl = async (...words: string[]) => {
    const { exitCode, output } = await run('openssl', words, { cwd });
    if (exitCode !== 0) throw new Error(`openssl ${words[0]} failed: ${output}`);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const authority = ['-days', '30', '-subj', '/O=Test authority/CN=Test authority'];
  const use = ['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'];
  await openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', ...authority, ...use);
  await openssl('req', ...key, '-keyout', 'server.key', '-out', 'server.csr', '-subj', `/CN=${names[0]}`);
  const alternatives = names.map((name) => `DNS:${name}`).join(',');
  const extensions = `subjectAltName=${alternatives}\nbasicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth\n`;
  writeFileSync(file('extensions'), extensions);
  const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '30', '-extfile', 'extensions'];
  await openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signer);
  return { authorityFile: file('ca.pem'), certificateFile: file('server.pem'), keyFile: file('server.key') };
}

/** A certificate database of Mozilla's NSS, which Chromium and Firefox read, that trusts the authority. */
export async function trustIn(directory: string, { authorityFile }: TestAuthority): Promise<void> {
  const certutil = async (...words: string[]) => {
    const { exitCode, output } = await run('certutil', [...words, '-d', `sql:${directory}`]);
    if (exitCode !== 0) throw new Error(`certutil ${words[0]} failed: ${output}`);
  };
  await certutil('-N', '--empty-password');
  await certutil('-A', '-n', 'Test authority', '-t', 'C,,', '-i', authorityFile);
}
