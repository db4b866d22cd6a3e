import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type PostgresCluster, startPostgres } from '#storage/testing/postgres.ts';
import { startTestPlatform, type TestPlatform } from '#testing/test-platform.ts';
import { OPERATIONS } from './operations.ts';
import { Contract, type OpenApiDocument } from './testing/contract.ts';
import { type PreparedRequest, Vendor } from './testing/vendor.ts';

// What only a fault brings about, documented as it is answered: a table that is gone is our own fault, a database that is gone passes.

interface Prepared {
  operation: string;
  statuses: number[];
  request: PreparedRequest;
}

/** Everything that has to be known beforehand, while the database is there. */
async function prepare(platform: TestPlatform): Promise<{ contract: Contract; vendor: Vendor; calls: Prepared[] }> {
  const contract = new Contract((await (await fetch(`${platform.url}/openapi.json`)).json()) as OpenApiDocument);
  const vendor = await Vendor.create(platform);
  const calls = OPERATIONS.map(({ operation, answers }) => ({
    operation,
    statuses: answers.map(({ status }) => status),
    request: vendor.documented(operation),
  }));
  return { contract, vendor, calls };
}

describe('a fault of our own', () => {
  let platform: TestPlatform;
  before(async () => {
    platform = await startTestPlatform();
  });
  after(() => platform.close());

  it('is the documented 500 of each call', async () => {
    const { contract, vendor, calls } = await prepare(platform);
    // Both the keys and the logins lead here.
    await platform.database.db.schema.alterTable('environments').renameTo('lost').execute();
    for (const { operation, statuses, request } of calls) {
      assert.ok(statuses.includes(500), `${operation} documents 500`);
      const answer = await vendor.send(request);
      assert.equal(answer.status, 500, operation);
      contract.check(operation, answer);
    }
  });
});

describe('a database out of reach', () => {
  let cluster: PostgresCluster;
  let platform: TestPlatform;
  before(async () => {
    cluster = await startPostgres();
    platform = await startTestPlatform({ DATABASE_URL: await cluster.createDatabase() });
  });
  after(async () => {
    await platform.close();
    await cluster.stop();
  });

  it('is the documented 503 of each call that has one', async () => {
    const { contract, vendor, calls } = await prepare(platform);
    await cluster.stop();
    const documented = calls.filter(({ statuses }) => statuses.includes(503));
    assert.ok(documented.length > 0);
    for (const { operation, request } of documented) {
      const answer = await vendor.send(request);
      assert.equal(answer.status, 503, operation);
      contract.check(operation, answer);
    }
  });
});
