import type { Constant } from '#pages/constant.ts';
import { openApiDocument } from './openapi.ts';
import { OPERATIONS } from './operations.ts';
import { apiPage } from './page/api-page.ts';

type PlatformOfPage = Parameters<typeof apiPage>[1];

/** For tools. Like the page, it is made from the declarations that route and validate calls. */
export function openApi(platform: PlatformOfPage): Constant {
  return {
    text: JSON.stringify(openApiDocument(OPERATIONS, platform)),
    type: 'application/json; charset=utf-8',
    // Tools on other origins may read it, because it contains no personal data.
    headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
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
