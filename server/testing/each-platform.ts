import { after, before, describe } from 'node:test';
import { createTestDatabase, ENGINES, type Engine, type TestDatabase } from '../storage/testing/engines.ts';
import { ApiCaller } from './api-caller.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

/** What the tests of one suite share, filled by the time a test runs. */
export interface PlatformContext {
  platform: TestPlatform;
  /** A vendor's backend whose app nobody else uses. */
  newCaller(): Promise<ApiCaller>;
}

/** Runs the same tests against a platform on every engine, or on those that matter. */
export function onEachPlatform(
  subject: string,
  tests: (context: PlatformContext) => void,
  engines: readonly Engine[] = ENGINES,
  env: Record<string, string> = {},
): void {
  for (const engine of engines) {
    describe(`${subject} (${engine})`, () => {
      const context = {
        newCaller: async () => new ApiCaller(context.platform, (await context.platform.createApp()).apiKey),
      } as PlatformContext;
      let database: TestDatabase;
      before(async () => {
        database = await createTestDatabase(engine);
        const { databaseUrl, dataDir } = database.settings;
        context.platform = await startTestPlatform({
          ...env,
          ...(databaseUrl ? { DATABASE_URL: databaseUrl, DATA_DIR: temporaryDirectory() } : { DATA_DIR: dataDir }),
        });
      });
      after(async () => {
        await context.platform.close();
        await database.remove();
      });
      tests(context);
    });
  }
}
