import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from './client.ts';
import { pastedFolder, pythonWith, runTool } from './install.ts';
import { sampleOf } from './portal-sample.ts';
import { startProgram } from './program.ts';

const DJANGO = 'Django==5.2.19';

export const PYTHON_CLIENTS: readonly Client[] = [
  {
    ...pypi('Authlib', '1.9.10'),
    pasted: { sample: 'authlib' },
    callback: '/callback',
    begin: '/login',
    async start(given) {
      const bin = await pythonWith('Authlib==1.9.10', 'Flask==3.1.3', 'requests==2.34.2');
      const cwd = pastedFolder('authlib', given);
      writeFileSync(join(cwd, 'app.py'), sampleOf('authlib', given));
      const words = ['run', '--host', 'localhost', '--port', String(given.port)];
      return startProgram({ command: join(bin, 'flask'), words, cwd }, given);
    },
  },
  {
    ...pypi('mozilla-django-oidc', '5.0.2'),
    pasted: { folder: 'mozilla-django-oidc' },
    callback: '/oidc/callback/',
    begin: '/oidc/authenticate/',
    // Its scope is `openid email`, and what it keeps of a person is the address.
    claims: ['email'],
    deviations: [
      {
        setting: '`OIDC_RP_SIGN_ALGO`',
        reason: 'its default is HS256, for which the platform would have to keep the secret itself',
      },
    ],
    start: django('mozilla-django-oidc', 'mozilla-django-oidc==5.0.2'),
  },
  {
    ...pypi('social-auth', '8.0.0'),
    pasted: { folder: 'social-auth' },
    callback: '/complete/oidc/',
    begin: '/',
    button: 'Sign in',
    start: django('social-auth', 'social-auth-app-django==8.0.0'),
  },
];

function pypi(name: string, version: string) {
  return { name, registry: 'PyPI' as const, version };
}

/** A site of Django's with the settings that were pasted. */
function django(folder: string, ...packages: string[]): Client['start'] {
  return async (given) => {
    const bin = await pythonWith(DJANGO, ...packages);
    const cwd = pastedFolder(folder, given);
    const command = join(bin, 'django-admin');
    const secrets = { CLIENT_SECRET: given.clientSecret, SESSION_SECRET: 'of the shop' };
    const settings = ['--settings=settings', `--pythonpath=${cwd}`];
    await runTool(command, ['migrate', ...settings], cwd, secrets);
    const words = ['runserver', `localhost:${given.port}`, '--noreload', ...settings];
    return startProgram({ command, words, cwd }, given);
  };
}
