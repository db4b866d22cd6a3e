import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { DatabaseSettings } from '../../storage/testing/engines.ts';
import { ApiCaller } from '../../testing/api-caller.ts';
import { HttpBrowser } from '../../testing/http-journey.ts';
import { mailServerFor } from '../../testing/mail-server-for.ts';
import { startTestPlatform, type TestPlatform, temporaryDirectory } from '../../testing/test-platform.ts';

const COMMAND_LINE = fileURLToPath(new URL('../../delivery/cli/platform.ts', import.meta.url));

/** As installations in use have it: by https, under one name for good, because issuers, cookies and passkeys depend on it. */
export const PUBLIC_URL = 'https://id.example';

/** The platform on a database of one's own, and the ways in which everybody else meets it. */
export interface Installation {
  readonly platform: TestPlatform;
  /** Where it really listens. */
  readonly url: string;
  /** @param cookies what an earlier browser kept; by default it has never been here */
  browser(cookies?: readonly string[]): HttpBrowser;
  /** A vendor's backend. */
  vendor(apiKey: string): ApiCaller;
  /** Runs `npm run platform`. @returns the JSON that it prints. @throws when it fails */
  command(...words: string[]): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

export async function openInstallation({ databaseUrl, dataDir }: DatabaseSettings): Promise<Installation> {
  const env = {
    PUBLIC_URL,
    ...mailServerFor({ PUBLIC_URL }),
    ...(databaseUrl ? { DATABASE_URL: databaseUrl, DATA_DIR: temporaryDirectory() } : { DATA_DIR: dataDir }),
  };
  const platform = await startTestPlatform(env);
  const url = `http://127.0.0.1:${(platform.app.server.address() as AddressInfo).port}`;
  return {
    platform,
    url,
    browser: (cookies = []) => {
      const browser = new HttpBrowser(PUBLIC_URL, [url]);
      browser.restoreCookies(cookies);
      return browser;
    },
    vendor: (apiKey) => new ApiCaller({ url }, apiKey),
    command: async (...words) => {
      const options = { env: { PATH: process.env['PATH'] ?? '', ...env } };
      const { stdout } = await promisify(execFile)(process.execPath, [COMMAND_LINE, ...words, '--json'], options);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    close: () => platform.close(),
  };
}
