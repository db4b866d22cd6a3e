import { setTimeout as delay } from 'node:timers/promises';
import type { Config } from '#config.ts';
import { OwnAddress } from '#outbound/own-address.ts';
import { judgeCertificate } from './certificate.ts';
import { CLAIMED_ADDRESS, judgeClientAddress } from './client-address.ts';
import type { OtherClock } from './clock.ts';
import type { Finding } from './finding.ts';
import { judgeHsts, judgeRequestHeaders, judgeResponseHeaders, SENT_HEADERS } from './headers.ts';
import {
  examineBodyLimit,
  examineCaching,
  examineCompression,
  examineErrorAnswers,
  examineEventStream,
  examineMethods,
  judgeClientConnections,
  judgeHost,
  judgeMetrics,
  judgeProxyConnections,
  judgeRedirect,
  judgeScheme,
} from './proxy.ts';
import { judgeServer, judgeServerSettings } from './server.ts';
import type { Surroundings } from './surroundings.ts';
import { type Visit, Visitor } from './visitor.ts';

/** How long a browser’s connection should be kept at least. */
const PAUSE_MS = 2_000;

export interface PublicAddressResult {
  readonly findings: readonly Finding[];
  /** What the running server said; undefined when it was not reached. */
  readonly visit?: Visit;
  readonly clocks: readonly OtherClock[];
}

/** Everything that is asked through the public address. Without a valid certificate, nothing is sent. */
export async function examinePublicAddress(
  address: OwnAddress,
  config: Config,
  token: string | undefined,
  surroundings: Surroundings,
): Promise<PublicAddressResult> {
  const { publicUrl } = config;
  const isHttps = publicUrl.startsWith('https:');
  const findings: Finding[] = [];
  if (isHttps) {
    const certificate = judgeCertificate(await address.certificate(), new URL(publicUrl).hostname, Date.now());
    findings.push(certificate);
    if (certificate.level === 'problem') return { findings, clocks: [] };
    findings.push(await examineRedirect(publicUrl, surroundings));
  }
  // Without a database that it can write to, this command cannot prove that it belongs to the installation.
  if (token === undefined) return { findings, clocks: [] };
  const visitor = new Visitor(address, token);
  const visit = await visitor.visit({ headers: { 'x-forwarded-for': CLAIMED_ADDRESS } });
  findings.push(judgeServer(visit, publicUrl));
  if (visit.outcome !== 'visited') return { findings, clocks: [] };
  findings.push(
    judgeServerSettings(visit, config),
    judgeHsts(visit, isHttps),
    judgeHost(visit, publicUrl),
    judgeScheme(visit, publicUrl),
    judgeClientAddress(visit.report, visit.answer),
    judgeRequestHeaders(await visitor.visit({ headers: SENT_HEADERS })),
    judgeResponseHeaders(visit),
    await examineConnections(visitor),
    await examineMethods(visitor),
    await examineErrorAnswers(visitor),
    await examineCaching(visitor),
    await examineCompression(address),
    judgeMetrics(await address.ask({ path: '/metrics' }), visit.report.settings),
    await examineEventStream(visitor),
    await examineBodyLimit(visitor),
    judgeProxyConnections(visit.report),
  );
  return { findings, visit, clocks: clocksOf(visit) };
}

async function examineRedirect(publicUrl: string, { httpPort = 80, resolver }: Surroundings): Promise<Finding> {
  const { hostname } = new URL(publicUrl);
  const address = new OwnAddress(`http://${hostname}:${httpPort}`, { timeoutMs: PAUSE_MS, resolver });
  try {
    return judgeRedirect(await address.ask({ path: '/' }), publicUrl);
  } finally {
    address.close();
  }
}

async function examineConnections(visitor: Visitor): Promise<Finding> {
  await visitor.visit();
  await delay(PAUSE_MS);
  const second = await visitor.visit();
  return judgeClientConnections(second.outcome === 'visited' ? second : undefined);
}

function clocksOf({ answer, report }: Visit): OtherClock[] {
  const { receivedAtMs } = answer;
  const date = Date.parse(answer.headers['date']?.[0] ?? '');
  return [
    { whose: 'the server', ms: report.nowMs, readAtMs: receivedAtMs, unitMs: 0 },
    ...(Number.isNaN(date) ? [] : [{ whose: 'the proxy', ms: date, readAtMs: receivedAtMs, unitMs: 1_000 }]),
  ];
}
