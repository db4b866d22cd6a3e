import type { Constant } from '#pages/constant.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import { apiPage } from './page/api-page.ts';
import { postmanCollection } from './postman.ts';

/** Tools on other origins may read it, because it contains no personal data. */
const OPEN = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

type PlatformOfPage = Parameters<typeof apiPage>[1];

/** For tools. Like the page, it is made from the declarations that route and validate calls. */
export function openApi(platform: PlatformOfPage): Constant {
  return {
    text: JSON.stringify(openApiDocument(OPERATIONS, platform)),
    type: 'application/json; charset=utf-8',
    headers: OPEN,
  };
}

/** A collection for Postman, to be downloaded. */
export function postman(platform: PlatformOfPage): Constant {
  return {
    text: JSON.stringify(postmanCollection(OPERATIONS, platform), null, 2),
    type: 'application/json; charset=utf-8',
    headers: { ...OPEN, 'content-disposition': 'attachment; filename="platform.postman_collection.json"' },
  };
}

/** For people. */
export function page(platform: PlatformOfPage): Constant {
  const { html, contentSecurityPolicy } = apiPage(OPERATIONS, platform);
  return {
    text: html,
    type: 'text/html; charset=utf-8',
    headers: { 'content-security-policy': contentSecurityPolicy, 'cross-origin-opener-policy': 'same-origin' },
  };
}
