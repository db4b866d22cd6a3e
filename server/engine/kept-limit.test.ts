import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { CLIENT_ADDRESS } from '../http/client-address.ts';
import { KeptLimit } from './kept-limit.ts';

const MOST = 3_000;

describe('what clients make the server keep', () => {
  /** A request as the engine has it by the time that it keeps something. */
  const request = (clientId: string, { clientAuthMethod = 'client_secret_basic', address = '198.51.100.7' } = {}) => {
    const headers: Record<string, string> = {};
    const ctx = {
      oidc: { client: { clientId, clientAuthMethod } },
      req: { [CLIENT_ADDRESS]: address },
      set: (name: string, value: string) => {
        headers[name] = value;
      },
    };
    return { headers, ctx: ctx as unknown as KoaContextWithOIDC };
  };

  it('is limited for each client, and says when to come again', async () => {
    const limit = new KeptLimit();
    for (let sent = 0; sent < MOST; sent += 1) await limit.count(request('one').ctx);
    const { ctx, headers } = request('one', { address: '203.0.113.1' });
    await assert.rejects(limit.count(ctx), { status: 429, error: 'temporarily_unavailable', expose: true });
    assert.ok(Number(headers['retry-after']) > 0 && Number(headers['retry-after']) <= 60);
    await limit.count(request('two').ctx);
  });

  it('is paid by the network where anybody can come as the client', async () => {
    const limit = new KeptLimit();
    const without = { clientAuthMethod: 'none' };
    for (let sent = 0; sent < MOST; sent += 1) await limit.count(request('one', without).ctx);
    await assert.rejects(limit.count(request('one', without).ctx));
    await limit.count(request('one', { ...without, address: '203.0.113.1' }).ctx);
    await limit.count(request('one').ctx);
  });
});
