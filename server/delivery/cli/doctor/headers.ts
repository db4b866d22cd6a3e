import { NEEDED_REQUEST_HEADERS, NEEDED_RESPONSE_HEADERS } from '#http/diagnostics-report.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';
import type { Visit, VisitResult } from './visitor.ts';

/** What the doctor sends, so that each of them can be missed. No value opens anything. */
export const SENT_HEADERS: Readonly<Record<(typeof NEEDED_REQUEST_HEADERS)[number], string>> = {
  'accept-language': 'nl, en;q=0.5',
  authorization: 'Basic ZG9jdG9yOg==',
  cookie: 'diagnostics=1',
  'idempotency-key': 'diagnostics-1',
  'if-match': '"diagnostics"',
  'if-none-match': 'W/"diagnostics"',
  origin: 'https://shop.example',
  referer: 'https://shop.example/register',
  'sec-fetch-dest': 'empty',
  'sec-fetch-site': 'cross-site',
  'user-agent': 'platform-doctor',
  'x-api-key': 'diagnostics',
  'x-request-id': 'diagnostics-request',
};

/** Without these, the popup cannot answer the page, or anybody may frame it. */
const VITAL: ReadonlySet<string> = new Set([
  'content-security-policy',
  'cross-origin-opener-policy',
  'set-cookie',
  'x-frame-options',
]);

/** @param visit with {@link SENT_HEADERS} */
export function judgeRequestHeaders(visit: VisitResult): Finding {
  if (visit.outcome === 'unreached')
    return notChecked('request_headers', `A second request was not answered: ${visit.code}.`);
  if (visit.outcome === 'strange') {
    return problem(
      'request_headers',
      `Something in front of the server answers a request with the headers of vendors’ programs by itself, with status ${visit.status}.`,
      'Look at the cache and the firewall in front of the server.',
    );
  }
  const { report, isFresh } = visit;
  if (!isFresh) return notChecked('request_headers', 'The answer is that of an earlier request: see caching.');
  const changed = NEEDED_REQUEST_HEADERS.filter((name) => report.request.headers[name] !== SENT_HEADERS[name]);
  if (changed.length === 0)
    return ok('request_headers', 'Every header of a request reaches the server as it was sent.');
  return problem(
    'request_headers',
    `These headers of requests reach the server changed or not at all: ${changed.join(', ')}.`,
    'Let the proxy pass them on. Authorization and X-Api-Key sign in vendors’ backends, Origin and Sec-Fetch-Site guard forms, Cookie keeps people signed in.',
  );
}

export function judgeResponseHeaders({ report, answer }: Visit): Finding {
  const changed = NEEDED_RESPONSE_HEADERS.filter(
    (name) => (answer.headers[name] ?? []).join('\n') !== (report.responseHeaders[name] ?? []).join('\n'),
  );
  if (changed.length === 0) {
    return ok('response_headers', 'The security headers arrive as the server sent them, each once.');
  }
  const message = `These headers of answers arrive removed, changed or twice: ${changed.join(', ')}.`;
  return changed.some((name) => VITAL.has(name))
    ? problem(
        'response_headers',
        message,
        'Remove what the proxy adds (nginx: add_header) or hides (proxy_hide_header). A Cross-Origin-Opener-Policy of its own cuts the popup off from the shop’s page.',
      )
    : warning('response_headers', message, 'Let the server alone set them, and remove them from the proxy.');
}

export function judgeHsts({ answer }: Visit, isHttps: boolean): Finding {
  const [value] = answer.headers['strict-transport-security'] ?? [];
  if (!isHttps) {
    return warning('hsts', 'Strict-Transport-Security is for https alone.', 'Set an https PUBLIC_URL.');
  }
  const [, seconds = '0'] = /max-age="?(\d+)/i.exec(value ?? '') ?? [];
  const days = Math.floor(Number(seconds) / 86_400);
  return days >= 30
    ? ok('hsts', `Browsers keep to https for ${days} days (Strict-Transport-Security).`)
    : warning(
        'hsts',
        value === undefined
          ? 'There is no Strict-Transport-Security, so that a network can make the first request of each visit http.'
          : `Strict-Transport-Security lasts only ${days} days.`,
        'Leave the setting HSTS at its default, and let the proxy pass the header on.',
      );
}
