import {
  byGravity,
  compareFields,
  diagnosePage,
  type Finding,
  finding,
  type KnownPage,
  redirectUriOf,
  requiredNotAsked,
  tagOf,
} from '@signup-with-platform/protocol';
import { type FetchedPage, type FetchPageOptions, fetchPage } from '#outbound/fetch-page.ts';
import type { AppEnvironment, AppEnvironmentRepository } from '#storage/app-environments.ts';
import { isLoopbackHost } from '../../../../process/loopback.ts';
import { readDocument } from './read-document.ts';
import type { Reason } from './reason-text.ts';

export interface Examination {
  /** The address that was judged: where the page is in the end. */
  url: string;
  /** False when only what follows from the address could be judged. */
  reached: boolean;
  /** The worst first. */
  findings: Finding[];
}

export interface ExaminationContext extends FetchPageOptions {
  appEnvironments: Pick<AppEnvironmentRepository, 'list'>;
  /** Names of the fields that the operator has added. */
  ownFields: readonly string[];
}

/** Fetches a vendor's page and tells what works there and what does not. Keeps nothing. */
export async function examinePage(
  context: ExaminationContext,
  app: AppEnvironment,
  address: string,
): Promise<Examination> {
  const fetched = await fetchPage(address, context);
  const isElsewhere = new URL(fetched.url).origin !== new URL(address).origin;
  // When the page was not reached, developers want to know about the address that they gave.
  const url = fetched.outcome === 'reached' ? fetched.url : address;
  const known = knownOf(context, app, url, fetched);
  const findings = diagnosePage(known);
  if (fetched.outcome === 'not_public') findings.push(finding('warning', 'page_not_public'));
  else if (fetched.outcome === 'unreachable') {
    findings.push(finding('error', 'page_unreachable', reasonOf(fetched)));
  } else if (isElsewhere) {
    findings.push(finding('warning', 'page_redirects', { from: address, to: fetched.url }));
  }
  const named = await nameEnvironments(context, app, findings);
  const redirect = await examineRedirectUri(context, known);
  return {
    url,
    reached: fetched.outcome === 'reached',
    findings: byGravity(
      redirect ? [...named.filter(({ code }) => code !== 'redirect_uri_registered'), redirect] : named,
    ),
  };
}

function knownOf(
  { publicUrl, ownFields }: ExaminationContext,
  app: AppEnvironment,
  url: string,
  fetched: FetchedPage,
): KnownPage & { platform: string } {
  const { origin } = new URL(url);
  const known: KnownPage = {
    url,
    platform: publicUrl,
    clientId: app.clientId,
    environment: app.environment,
    enabled: !app.disabled,
    originRegistered: app.origins.includes(origin),
    registeredOrigins: app.origins,
    registeredRedirectUris: app.redirectUris,
  };
  if (fetched.outcome !== 'reached') return known;
  const { headers, status, body } = fetched;
  const document = readDocument(body, url);
  const redirectUri = redirectUriOf({ ...known, document });
  const fields = tagOf({ ...known, document })?.fields;
  return {
    ...known,
    document,
    ...compareFields(app.fields, fields),
    requiredNotAsked: requiredNotAsked(app.fields, fields),
    ownFields,
    ...(redirectUri && { redirectUriRegistered: app.redirectUris.includes(redirectUri) }),
    response: {
      status,
      policies: headers['content-security-policy'] ?? [],
      openerPolicy: headers['cross-origin-opener-policy']?.[0],
      referrerPolicies: headers['referrer-policy'],
      clock: clockOf(fetched),
    },
  };
}

/** A Date is in whole seconds, and as old as the cache that it comes from says (RFC 9111 section 4.2.3). */
function clockOf({
  headers,
  receivedAtMs,
}: FetchedPage & { outcome: 'reached' }): { page: number; platform: number } | undefined {
  const dateMs = Date.parse(headers['date']?.[0] ?? '');
  if (Number.isNaN(dateMs)) return undefined;
  const ageSeconds = Number(headers['age']?.[0] ?? 0);
  return { page: dateMs + 500 + (Number.isFinite(ageSeconds) ? ageSeconds * 1000 : 0), platform: receivedAtMs };
}

/** Names the environment of a client ID that the page should not have, if it is of the same app: its members may know that. */
async function nameEnvironments(
  { appEnvironments }: ExaminationContext,
  { appId }: AppEnvironment,
  findings: readonly Finding[],
): Promise<Finding[]> {
  if (!findings.some(({ code }) => code === 'client_id_other')) return [...findings];
  const siblings = await appEnvironments.list(appId);
  return findings.map((one) => {
    if (one.code !== 'client_id_other') return one;
    const sibling = siblings.find(({ clientId }) => clientId === one.facts['found']);
    if (!sibling) return one;
    const facts = { ...one.facts, environment: sibling.environment };
    return finding(one.severity, 'client_id_other_environment', facts, one.copy);
  });
}

/** The page at the redirect URI takes the answer, so it has to be there and to load the script. */
async function examineRedirectUri(context: ExaminationContext, known: KnownPage): Promise<Finding | undefined> {
  const uri = redirectUriOf(known);
  if (!uri || !known.redirectUriRegistered || new URL(uri).origin !== new URL(known.url).origin) return undefined;
  const fetched = await fetchPage(uri, context);
  if (fetched.outcome !== 'reached') {
    return finding('error', 'redirect_uri_unreachable', { uri, ...reasonOf(fetched) });
  }
  if (fetched.status >= 400) {
    return finding('error', 'redirect_uri_unreachable', { uri, reason: 'status', status: String(fetched.status) });
  }
  if (readDocument(fetched.body, uri).scripts.length > 0) return undefined;
  // A bundle may hold it, which cannot be seen from outside.
  return finding('warning', 'redirect_uri_without_script', { uri });
}

function reasonOf(fetched: Exclude<FetchedPage, { outcome: 'reached' }>): Finding['facts'] & { reason: Reason } {
  if (fetched.outcome === 'not_public') return { reason: 'notPublic' };
  return { reason: fetched.reason, ...(fetched.code !== undefined && { code: fetched.code }) };
}

const MAX_ADDRESS_LENGTH = 2_000;

/**
 * Reads what somebody typed: an address, an origin or a bare host name.
 * @returns undefined for anything else, and for an address with credentials
 */
export function parsePageAddress(text: string): string | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_ADDRESS_LENGTH) return undefined;
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed);
  if (!hasScheme && /^[a-z][a-z\d+-]*:(?!\d)/i.test(trimmed)) return undefined;
  const guess = hasScheme ? trimmed : `https://${trimmed}`;
  if (!URL.canParse(guess)) return undefined;
  const url = new URL(guess);
  if (!hasScheme && isLoopbackHost(url.hostname)) url.protocol = 'http:';
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.hostname.includes('*')) return undefined;
  url.hash = '';
  return url.href;
}
