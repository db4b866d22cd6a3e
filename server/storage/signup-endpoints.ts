import { Repository } from './repository.ts';

/** A vendor's own endpoint for new users, and the key that it knows us by. */
export interface SignupEndpoint {
  url: string;
  /** Sent as X-Api-Key; never logged. */
  key: string;
}

/** The endpoints of environments. They are kept out of {@link AppEnvironment}, so that a key is read only where it is sent. */
export class SignupEndpointRepository extends Repository {
  async find(clientId: string): Promise<SignupEndpoint | undefined> {
    const row = await this.db
      .selectFrom('environments')
      .select(['signup_endpoint', 'signup_key'])
      .where('client_id', '=', clientId)
      .executeTakeFirst();
    return row?.signup_endpoint && row.signup_key ? { url: row.signup_endpoint, key: row.signup_key } : undefined;
  }

  /** @param endpoint undefined removes the endpoint and its key */
  async set(clientId: string, endpoint: SignupEndpoint | undefined): Promise<void> {
    await this.db
      .updateTable('environments')
      .set({ signup_endpoint: endpoint?.url ?? null, signup_key: endpoint?.key ?? null, updated_at: Date.now() })
      .where('client_id', '=', clientId)
      .execute();
  }
}
