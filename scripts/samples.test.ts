import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { READERS } from '../e2e/samples/readers.ts';
import { RECEIVERS } from '../e2e/samples/receivers.ts';
import { tryReceiver } from '../e2e/samples/try-receiver.ts';
import {
  type BackendSubject,
  backendSamples,
  filledSample,
  SAMPLES_DIRECTORY,
} from '../server/delivery/vendor/code/backend-samples.ts';
import { ROOT } from './run.ts';

/** Fills in what the placeholders are, so that the text is that of the repository. */
const ITSELF: BackendSubject = {
  publicUrl: 'https://platform.example',
  platformName: 'Platform',
  clientId: 'YOUR_CLIENT_ID',
  environment: 'localhost',
  fields: [
    { field: 'name', required: false },
    { field: 'email', required: false },
  ],
  keysUrl: 'https://platform.example/account',
  origin: 'http://localhost:3000',
};

/** The samples of each page. */
const PAGES = {
  'backend-node.md': ['node'],
  'backend-python.md': ['python', 'django'],
  'backend-php.md': ['php'],
  'backend-go.md': ['go'],
  'backend-java.md': ['java'],
} as const;

describe('the pages about backends', () => {
  const samples = new Map(backendSamples(ITSELF).map((sample) => [sample.id, sample]));

  it('are for all samples', () => {
    assert.deepEqual(Object.values(PAGES).flat().toSorted(), [...samples.keys()].toSorted());
  });

  for (const [page, ids] of Object.entries(PAGES)) {
    it(`${page} has the programs and commands that the tests run, and no others`, () => {
      const fences = fencesOf(page);
      const expected = ids.flatMap((id) => {
        const { files = [], commands = '' } = samples.get(id) ?? {};
        return [...files.map(({ code }) => code), commands];
      });
      const { path, command } = READERS[ids[0]];
      // The reader is in no environment until somebody chooses one.
      const reader = filledSample(path, ITSELF).replaceAll('"localhost"', '"YOUR_ENVIRONMENT"');
      expected.push(reader.replaceAll("'localhost'", "'YOUR_ENVIRONMENT'"), `CLIENT_SECRET=… SUB=… ${command}`);
      assert.deepEqual(fences, expected);
    });
  }
});

describe('the page about webhooks', () => {
  it('has the programs that the tests run, and no others', () => {
    const expected = Object.values(RECEIVERS).flatMap(({ path, command }) => [
      readFileSync(join(SAMPLES_DIRECTORY, path), 'utf8').trimEnd(),
      `WEBHOOK_SECRET=whsec_… ${command}`,
    ]);
    assert.deepEqual(fencesOf('verify-webhooks.md'), expected);
  });

  it('has a program for Node that takes events, and nothing else', () => tryReceiver('node'));
});

function fencesOf(page: string): string[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```\w+\n([\s\S]*?)\n```$/gm)].map(([, code = '']) => code);
}
