import {
  byGravity,
  clockFinding,
  diagnosePage,
  type Environment,
  type Finding,
  finding,
  type KnownPage,
  type PageDocument,
  type PageResponse,
} from '@signup-with-platform/protocol';
import { addressOf } from '../attempt/address.ts';

/** The part of the element that is inspected. */
export interface InspectedElement extends HTMLElement {
  readonly clientId: string | undefined;
  readonly redirectUri: string | undefined;
  readonly platform: string | undefined;
  readonly fields: string | undefined;
}

/** The platform's answer at `/widget/check`. */
interface Check {
  known: boolean;
  enabled?: boolean;
  environment?: Environment;
  originRegistered?: boolean;
  redirectUriRegistered?: boolean;
  unregisteredFields?: string[];
  requiresNothing?: boolean;
  now: number;
}

const TIMEOUT_MS = 5_000;
const FRAME_SANDBOX =
  'sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox"';
const WIDGET_SCRIPT = /^(\/widget\/[0-9a-f]{16})?\/widget\.js$|signup-with-platform/;

/** Inspects the page from within: headers, document, what the platform knows about it, clocks. @returns the findings, the worst first */
export async function inspect(element: InspectedElement, platform: string): Promise<Finding[]> {
  const { clientId } = element;
  const document = documentOf(element);
  const [own, check] = await Promise.all([readOwnResponse(), askPlatform(platform, element)]);
  const extra = frameFindings();
  if (typeof own === 'string') extra.push(finding('warning', 'page_not_read', { reason: own }));
  if (typeof check === 'string') {
    extra.push(finding('error', 'platform_unreachable', { platform: platform || 'null', reason: check }));
  }
  const known: KnownPage = { url: pageUrl(), platform, clientId, document, scriptRuns: true };
  if (typeof check === 'object') {
    if (!check.answer.known) extra.push(finding('error', 'unknown_client', { found: clientId ?? '' }));
    if (check.answer.known || !clientId) Object.assign(known, check.answer);
    extra.push(clockFinding('browser_clock_skew', -check.aheadMs));
  }
  // The address of the platform is wrong, which has been reported, so nothing can be compared with it.
  if (typeof own === 'object' && platform.startsWith('http')) {
    const { dateMs, receivedAtMs, response } = own;
    const platformMs = receivedAtMs + (typeof check === 'object' ? check.aheadMs : Number.NaN);
    known.response =
      Number.isNaN(dateMs) || Number.isNaN(platformMs)
        ? response
        : { ...response, clock: { page: dateMs, platform: platformMs } };
  }
  return byGravity([...diagnosePage(known), ...extra]);
}

function documentOf({ clientId, redirectUri, platform, nonce, fields }: InspectedElement): PageDocument {
  const scripts = [...document.scripts].filter(({ src }) => src && WIDGET_SCRIPT.test(new URL(src).pathname));
  return {
    tags: [{ clientId, redirectUri: redirectUri && absolute(redirectUri), platform, nonce, fields }],
    scripts: scripts.map(({ src, type, nonce }) => ({ src, isModule: type === 'module', nonce })),
    policies: [...document.querySelectorAll('meta[http-equiv="content-security-policy" i]')].map(
      (meta) => meta.getAttribute('content') ?? '',
    ),
    referrerPolicies: [...document.querySelectorAll('meta[name="referrer" i]')].map(
      (meta) => meta.getAttribute('content') ?? '',
    ),
  };
}

/** A frame of srcdoc has no address, but the origin of the page around it. */
function pageUrl(): string {
  return location.protocol.startsWith('http') || origin === 'null' ? location.href : origin;
}

/** As browsers read addresses in attributes, which is where a `<base>` leads. An invalid one is judged as it is. */
function absolute(address: string): string {
  return addressOf(address, document.baseURI)?.href ?? address;
}

/** What the frame's sandbox lacks, as far as the page can tell: whether it may open windows, only a click shows. */
function frameFindings(): Finding[] {
  const missing = [
    ...(top !== window && origin === 'null' ? ['allow-same-origin'] : []),
    ...(top !== window && !sendsForms() ? ['allow-forms'] : []),
  ];
  if (missing.length === 0) return [];
  return [finding('error', 'frame_sandbox', { missing: missing.join(' ') }, FRAME_SANDBOX)];
}

/** Where forms are forbidden, browsers do not even fire the event. */
function sendsForms(): boolean {
  const form = document.createElement('form');
  form.hidden = true;
  let isHeard = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    isHeard = true;
  });
  document.body.append(form);
  form.requestSubmit();
  form.remove();
  return isHeard;
}

/** @returns the reason when it could not be read. Undefined where there is nothing to read: a frame of srcdoc, or without an origin */
async function readOwnResponse(): Promise<
  { response: PageResponse; dateMs: number; receivedAtMs: number } | string | undefined
> {
  if (pageUrl() !== location.href || origin === 'null') return undefined;
  try {
    const response = await fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    const receivedAtMs = Date.now();
    const { headers, status } = response;
    void response.body?.cancel();
    return {
      receivedAtMs,
      // The date has whole seconds, and is as old as Age says when it comes from a cache (RFC 9111 section 4.2.3).
      dateMs: Date.parse(headers.get('date') ?? '') + 500 + Number(headers.get('age') ?? 0) * 1000,
      response: {
        status,
        policies: [headers.get('content-security-policy') ?? ''],
        openerPolicy: headers.get('cross-origin-opener-policy') ?? undefined,
        referrerPolicies: [headers.get('referrer-policy') ?? ''],
      },
    };
  } catch (error) {
    return (error as Error).name;
  }
}

/** `aheadMs`: how far the platform's clock is ahead of this device's. @returns the reason when there is no answer */
async function askPlatform(
  platform: string,
  { clientId, redirectUri, fields }: InspectedElement,
): Promise<{ answer: Check; aheadMs: number } | string> {
  if (!platform.startsWith('http')) return 'no address';
  const query = new URLSearchParams({ client_id: clientId || '-', origin: new URL(pageUrl()).origin });
  if (redirectUri) query.set('redirect_uri', absolute(redirectUri));
  if (fields) query.set('fields', fields);
  try {
    const before = Date.now();
    const response = await fetch(`${platform}/widget/check?${query}`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const middle = (before + Date.now()) / 2;
    if (!response.ok) return `status ${response.status}`;
    const answer = (await response.json()) as Check;
    return { answer, aheadMs: answer.now - middle };
  } catch (error) {
    return (error as Error).name;
  }
}
