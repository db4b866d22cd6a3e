import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createTestDatabase, ENGINES, type Engine } from '../../storage/testing/engines.ts';
import { dumpDatabase, fixtureFiles } from './fixtures.ts';
import { openInstallation } from './installation.ts';
import { makeWorld } from './make-world.ts';

// Writes the fixture of the version that is checked out, once, as a part of its release: `npx node server/upgrade/testing/make-fixture.ts`. A name
// as its only word is for a state between two releases, such as 0.1.0+2026-11-30, that people may have, too.

const { version: released } = JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  version: string;
};

const [, , version = released] = process.argv;

/** @returns texts by the path of their file */
async function makeFixture(engine: Engine): Promise<Map<string, string>> {
  const database = await createTestDatabase(engine);
  const installation = await openInstallation(database.settings);
  const world = await makeWorld(installation, version);
  await installation.close();
  const sql = await dumpDatabase(database);
  await database.remove();
  const files = fixtureFiles(version, engine);
  return new Map([
    [files.sql, `-- ${world.about}\n${sql}`],
    [files.world, `${JSON.stringify(world, null, 2)}\n`],
  ]);
}

const made = [];
for (const engine of ENGINES) made.push(...(await makeFixture(engine)));
for (const [file, text] of made) {
  mkdirSync(dirname(file), { recursive: true });
  // Never over one that is there, because that is what people have.
  writeFileSync(file, text, { flag: 'wx' });
}
