import type { Realm } from '@signup-with-platform/protocol';
import { CODE_KEY, codeOf } from '../domain/codes/code-text.ts';
import { hashSecret } from '../storage/ids.ts';
import type { Page } from './http-journey.ts';
import type { TestPlatform } from './test-platform.ts';

/** The code that was mailed last for the page where it is typed, in the popup or at the account pages, as its reader sees it. */
export async function mailedCode(platform: TestPlatform, page: Page, realm: Realm = 'production'): Promise<string> {
  const place = /\/([\w-]+)\/code-check"/.exec(page.html)?.[1] ?? '';
  const row = await platform.database.db
    .selectFrom('mailed_codes')
    .selectAll()
    .where('realm', '=', realm)
    .where('place_hash', '=', hashSecret(place))
    .executeTakeFirstOrThrow();
  const codeKey = await platform.storage.secrets.ensure(CODE_KEY);
  return codeOf({ codeKey, realm }, { place, browserHash: row.browser_hash, purpose: row.purpose }, row);
}
