import type { Environment, Realm } from '@signup-with-platform/protocol';
import type { Account, NewAccount } from '../accounts.ts';
import type { AppSecrets } from '../app-environments.ts';
import type { Storage } from '../index.ts';
import type { EngineContext } from './engines.ts';

/** Registers an app that a shop might have. */
export function registerShop(storage: Storage, environment: Environment = 'production'): Promise<AppSecrets> {
  return storage.apps.create({ name: 'Marten Books', environment, origins: ['https://marten.example'] });
}

/** An account that has given nothing but what a test is about. */
export function signUp(storage: Storage, account: NewAccount = {}, realm: Realm = 'production'): Promise<Account> {
  return storage.realm(realm).accounts.create(account);
}

/** Calls `action` so many times at once. */
export function atOnce<Result>(times: number, action: (index: number) => Promise<Result>): Promise<Result[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => action(index)));
}

/**
 * One of several processes that write at the same time. On SQLite it is always the first: a second connection within one process blocks
 * the thread that would have to finish the transaction it waits for.
 */
export function storageOf({ engine, storage, elsewhere }: EngineContext, index: number): Storage {
  return engine === 'PostgreSQL' && index % 2 === 1 ? elsewhere.storage : storage;
}
