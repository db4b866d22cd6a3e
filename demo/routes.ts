import type { Handler } from './handlers/handler.ts';
import { showLegal } from './handlers/legal.ts';
import { register } from './handlers/register.ts';
import { showRegistration } from './handlers/show-registration.ts';
import { showSignIn, signIn } from './handlers/sign-in.ts';
import { signOut } from './handlers/sign-out.ts';
import { showStorefront } from './handlers/storefront.ts';
import { showWelcome } from './handlers/welcome.ts';

export const routes: readonly { method: 'GET' | 'POST'; url: string; handler: Handler }[] = [
  { method: 'GET', url: '/', handler: showStorefront },
  { method: 'GET', url: '/register', handler: showRegistration },
  { method: 'POST', url: '/register', handler: register },
  { method: 'GET', url: '/sign-in', handler: showSignIn },
  { method: 'POST', url: '/sign-in', handler: signIn },
  { method: 'GET', url: '/welcome', handler: showWelcome },
  { method: 'POST', url: '/sign-out', handler: signOut },
  { method: 'GET', url: '/privacy', handler: showLegal('privacy') },
  { method: 'GET', url: '/terms', handler: showLegal('terms') },
  { method: 'GET', url: '/healthz', handler: async () => ({ status: 'ok' }) },
];
