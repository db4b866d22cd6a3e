import type { Client } from './client.ts';
import { COMPILED_CLIENTS } from './compiled-clients.ts';
import { KEYCLOAK } from './keycloak.ts';
import { NPM_CLIENTS } from './npm-clients.ts';
import { PYTHON_CLIENTS } from './python-clients.ts';

/** Those whose programs have to be installed first. */
export const OTHER_CLIENTS: readonly Client[] = [...PYTHON_CLIENTS, ...COMPILED_CLIENTS, KEYCLOAK];

export const ALL_CLIENTS: readonly Client[] = [...NPM_CLIENTS, ...OTHER_CLIENTS];
