import {
  DIAGNOSTICS_FIRST_EVENT,
  DIAGNOSTICS_PATH,
  DIAGNOSTICS_STREAM_PATH,
  type DiagnosticsReport,
} from '#http/diagnostics-report.ts';
import type { OwnAddress, OwnAnswer, Unreached } from '#outbound/own-address.ts';
import { isLoopbackHost } from '../../../../process/loopback.ts';
import { inWords } from './age.ts';
import { type Finding, notChecked, ok, problem, warning } from './finding.ts';
import type { Visit, Visitor } from './visitor.ts';

const MEGABYTE = 1024 * 1024;
/** A picture of 5 MB and its form. */
const NEEDED_BODY_BYTES = 6 * MEGABYTE;
/** A photograph of a good phone, for which the server has a page in plain words. */
const FRIENDLY_BODY_BYTES = 37 * MEGABYTE;

export function judgeHost({ report }: Visit, publicUrl: string): Finding {
  const { host } = new URL(publicUrl);
  const { host: arrived } = report.request;
  return arrived === host
    ? ok('proxy_host', `The proxy passes on the name that people opened (Host: ${host}).`)
    : warning(
        'proxy_host',
        `The proxy asks for ${arrived || 'no host'} and not for ${host}. The server builds its addresses from PUBLIC_URL, so that this breaks nothing of ours, but a server can then not be told from another behind the same proxy.`,
        'Pass Host on. nginx: proxy_set_header Host $http_host;',
      );
}

export function judgeScheme({ report }: Visit, publicUrl: string): Finding {
  const scheme = new URL(publicUrl).protocol.slice(0, -1);
  const { forwardedProto } = report.request;
  return forwardedProto === undefined || forwardedProto === scheme
    ? ok('proxy_scheme', `The proxy takes the request for ${scheme}${forwardedProto ? ' and says so' : ''}.`)
    : warning(
        'proxy_scheme',
        `The proxy says that people use ${forwardedProto} (X-Forwarded-Proto), although PUBLIC_URL is ${scheme}. The server goes by PUBLIC_URL, so that this breaks nothing of ours.`,
        'If another proxy in front of it ends TLS, let this one pass on its X-Forwarded-Proto.',
      );
}

/** Contracts use methods that some firewalls for applications refuse. */
export async function examineMethods(visitor: Visitor): Promise<Finding> {
  const refused: string[] = [];
  for (const method of ['POST', 'PUT', 'DELETE']) {
    const visit = await visitor.visit({ method });
    if (visit.outcome !== 'visited' || visit.report.request.method !== method) refused.push(method);
  }
  return refused.length === 0
    ? ok('methods', 'POST, PUT and DELETE reach the server.')
    : problem(
        'methods',
        `${refused.join(' and ')} ${refused.length === 1 ? 'does' : 'do'} not reach the server as sent, so that the user API does not work whole.`,
        'Allow these methods in the proxy or the firewall before it.',
      );
}

/** Programs read the bodies of errors. */
export async function examineErrorAnswers(visitor: Visitor): Promise<Finding> {
  const replaced: number[] = [];
  for (const status of [401, 404, 429, 503]) {
    const visit = await visitor.visit({ status });
    if (visit.outcome !== 'visited') replaced.push(status);
  }
  return replaced.length === 0
    ? ok('error_answers', 'Answers with an error arrive as the server sent them.')
    : problem(
        'error_answers',
        `Something replaces the server’s answers with status ${replaced.join(', ')} by its own, so that vendors’ programs cannot read what is wrong.`,
        'Remove custom error pages for this host. nginx: proxy_intercept_errors off;',
      );
}

export async function examineCaching(visitor: Visitor): Promise<Finding> {
  await visitor.visit();
  const second = await visitor.visit();
  if (second.outcome !== 'visited') return notChecked('caching', 'The second of two requests was not answered.');
  return second.isFresh
    ? ok('caching', 'Nothing keeps answers that must not be kept.')
    : problem(
        'caching',
        'Something in front keeps answers with Cache-Control: no-store and gives one person’s to the next.',
        'Turn the cache off for this host. nginx: remove proxy_cache and proxy_ignore_headers; at a content delivery network: cache nothing, or only what Cache-Control allows.',
      );
}

/** The widget is the largest file that a shop’s page loads from here. */
export async function examineCompression(address: OwnAddress): Promise<Finding> {
  const answer = await address.ask({ path: '/widget.js', headers: { 'accept-encoding': 'br, gzip' } });
  if (answer.outcome !== 'answered' || answer.status !== 200) {
    return notChecked('compression', `GET /widget.js was answered ${statusOf(answer)}.`);
  }
  const coding = answer.headers['content-encoding']?.[0];
  return coding === undefined
    ? warning(
        'compression',
        '/widget.js arrives uncompressed, about three times as large, although the server has it compressed.',
        'Let the proxy pass on Accept-Encoding. nginx: remove proxy_set_header Accept-Encoding "";',
      )
    : ok('compression', `/widget.js arrives compressed (${coding}).`);
}

export async function examineEventStream(visitor: Visitor): Promise<Finding> {
  const begins = await visitor.address.begins(DIAGNOSTICS_STREAM_PATH, visitor.credentials, DIAGNOSTICS_FIRST_EVENT);
  return begins
    ? ok('event_stream', 'Events arrive while they happen.')
    : problem(
        'event_stream',
        'The proxy holds back a stream of events until it ends, so that the live event log of vendors stays empty.',
        'Let the proxy heed X-Accel-Buffering: no, or turn buffering off. nginx: remove proxy_ignore_headers X-Accel-Buffering, or proxy_buffering off;',
      );
}

/** A body is announced and not sent: whoever refuses one of this length does so before it comes. */
export async function examineBodyLimit(visitor: Visitor): Promise<Finding> {
  const announce = (announcedBytes: number) =>
    visitor.address.ask({ path: DIAGNOSTICS_PATH, method: 'POST', headers: visitor.credentials, announcedBytes });
  const isRefused = (answer: OwnAnswer | Unreached) => answer.outcome === 'answered' && answer.status === 413;
  const advice = `Allow bodies of ${Math.ceil(FRIENDLY_BODY_BYTES / MEGABYTE) + 3} MB. nginx: client_max_body_size 40m;`;
  const needed = await announce(NEEDED_BODY_BYTES);
  if (isRefused(needed)) {
    return problem(
      'body_limit',
      'The proxy refuses bodies of 6 MB, so that people cannot upload a picture of 5 MB.',
      advice,
    );
  }
  if (needed.outcome === 'unreached') {
    return notChecked(
      'body_limit',
      `An announced body of 6 MB was not answered: ${needed.code}.`,
      'Upload a picture of 5 MB by hand.',
    );
  }
  return isRefused(await announce(FRIENDLY_BODY_BYTES))
    ? warning(
        'body_limit',
        'The proxy refuses the photographs of a good phone with an error page of its own, in place of the server’s, which says what to do.',
        advice,
      )
    : ok('body_limit', 'Uploads reach the server, which has limits of its own.');
}

/** @param second the visit after a pause, on what should be the same connection */
export function judgeClientConnections(second: Visit | undefined): Finding {
  if (!second) return notChecked('client_connections', 'The second of two requests was not answered.');
  return second.answer.isReused
    ? ok('client_connections', 'The proxy keeps connections of browsers for their next request.')
    : warning(
        'client_connections',
        'The proxy ends each connection after one request, or within two seconds, so that each click costs a new TLS handshake.',
        'nginx: keepalive_timeout 60s;',
      );
}

export function judgeProxyConnections({ idleEnds, settings, upSeconds }: DiagnosticsReport): Finding {
  const { byServer, byProxy } = idleEnds;
  const seconds = settings.keepAliveSeconds;
  if (byServer > 0) {
    return problem(
      'proxy_connections',
      `The server was the first to end ${byServer} idle connection${byServer === 1 ? '' : 's'} of the proxy, after ${seconds} seconds. When the proxy sends a request at that moment, people get 502.`,
      'Set KEEP_ALIVE_SECONDS to more than the proxy keeps an idle connection to the server (nginx: keepalive_timeout in upstream, 60 seconds; a Google load balancer: 600).',
    );
  }
  return byProxy > 0
    ? ok('proxy_connections', `The proxy ends idle connections before the server would, after ${seconds} seconds.`)
    : notChecked(
        'proxy_connections',
        `No connection of the proxy has been idle for long enough since the server started ${inWords(upSeconds * 1000)} ago.`,
        `Ask again after an hour of use, and see that the proxy keeps idle connections for less than ${seconds} seconds (KEEP_ALIVE_SECONDS).`,
      );
}

/** What a stranger gets at /metrics, which the server itself opens to this machine alone, and only where it is not public. */
export function judgeMetrics(
  answer: OwnAnswer | Unreached,
  {
    publicUrl,
    hasMetricsToken,
    hasMetricsPort,
  }: Pick<DiagnosticsReport['settings'], 'publicUrl' | 'hasMetricsToken' | 'hasMetricsPort'>,
): Finding {
  if (answer.outcome !== 'answered') return notChecked('metrics', `GET /metrics was not answered: ${answer.code}.`);
  const { status } = answer;
  if (status === 200 && isLoopbackHost(new URL(publicUrl).hostname)) {
    return ok('metrics', 'PUBLIC_URL is this machine, whose programs read /metrics without a token.');
  }
  if (status === 200) {
    return problem(
      'metrics',
      'Anybody can read /metrics, although the server asks for METRICS_TOKEN: something in front of it answers, or adds the token.',
      'Look for Authorization and for a cache in the configuration of the proxy. Close /metrics there, and let Prometheus send the token.',
    );
  }
  if (hasMetricsPort) return ok('metrics', '/metrics is at METRICS_PORT, and not here.');
  if (!hasMetricsToken) {
    return warning(
      'metrics',
      'Nobody can read /metrics, so that nothing watches this server.',
      'Set METRICS_TOKEN, and give it to Prometheus; or set METRICS_PORT.',
    );
  }
  return ok(
    'metrics',
    status === 401
      ? '/metrics wants METRICS_TOKEN.'
      : `/metrics is answered ${status} here, so that it is closed before the server. Let Prometheus ask the server itself, with METRICS_TOKEN.`,
  );
}

export function judgeRedirect(answer: OwnAnswer | Unreached, publicUrl: string): Finding {
  if (answer.outcome === 'unreached') return ok('http_redirect', `Nobody answers at http (${answer.code}).`);
  const [location = ''] = answer.headers['location'] ?? [];
  const target = URL.canParse(location, publicUrl) ? new URL(location, publicUrl) : undefined;
  const isThere = target?.protocol === 'https:' && target.hostname === new URL(publicUrl).hostname;
  if (answer.status >= 300 && answer.status < 400 && isThere) {
    return ok('http_redirect', 'http leads to https.');
  }
  return answer.status >= 400
    ? ok('http_redirect', `http is answered ${answer.status}.`)
    : warning(
        'http_redirect',
        `http is answered ${answer.status}, and does not lead to ${publicUrl}.`,
        'Let the proxy redirect http to https.',
      );
}

function statusOf(answer: OwnAnswer | Unreached): string {
  return answer.outcome === 'answered' ? String(answer.status) : `not at all: ${answer.code}`;
}
