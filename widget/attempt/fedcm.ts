import type { OpenAttempt } from '../open-attempt.ts';

/** Chromium's; TypeScript's own types lack it. */
interface FedcmRequest extends CredentialRequestOptions {
  identity: {
    mode: 'active';
    context: 'signup' | 'signin' | 'continue';
    providers: { configURL: string; clientId: string; fields: string[]; params: Record<string, string> }[];
  };
}

/** What the platform says of an app (server/delivery/fedcm/client-metadata.ts). */
interface ClientMetadata {
  /** What it stands for to name no claims. */
  default_claims: string[];
  /** Fields that need no page of the platform's when the browser's dialog has told of them. */
  disclosable_fields: string[];
}

/** The element, as far as FedCM needs it. */
export interface FedcmHost {
  readonly clientId: string | undefined;
  readonly mode: string | undefined;
  readonly responseType: string | undefined;
  readonly fields: string | undefined;
  readonly text: string | undefined;
  readonly state: string;
}

/** Faster than this nobody reads a dialog and closes it: something else went wrong. */
const DISMISSAL_MS = 1_000;

/** Of each app that was asked about; null while the answer is on its way, and when FedCM is not to be had for it. */
const metadata = new Map<string, ClientMetadata | null>();
/** FedCM has failed there, or nobody knows yet how it ends: the next press opens the popup. */
const tried = new WeakSet<FedcmHost>();

/**
 * Asks the platform, once, whether there is FedCM for the element's app: not in the sandbox, and not where the browser has none. Until that
 * is known, it is the popup.
 */
export function prepareFedcm({ clientId }: FedcmHost, platform: string): void {
  const key = keyOf(platform, clientId);
  if (!clientId || metadata.has(key) || !('IdentityCredential' in globalThis)) return;
  metadata.set(key, null);
  fetch(`${platform}/fedcm/client-metadata?client_id=${encodeURIComponent(clientId)}`, { credentials: 'omit' })
    .then(async (response) => response.ok && metadata.set(key, (await response.json()) as ClientMetadata))
    .catch(() => {});
}

/**
 * Whether this press is for FedCM. A code has to be bound to a verifier, and who wants another account is asked by the platform's own page:
 * both are the popup's.
 */
export function prefersFedcm(host: FedcmHost, platform: string): boolean {
  const { mode, responseType, state, clientId } = host;
  const isFor = mode === 'auto' && responseType !== 'code' && state !== 'completed' && !tried.has(host);
  return isFor && Boolean(metadata.get(keyOf(platform, clientId)));
}

/** How the browser's dialog ended: with a credential, as yet unverified; by the person; or not at all. */
export type FedcmOutcome = { credential: string } | 'dismissed' | 'failed';

/**
 * Lets the browser ask the person, in a dialog of its own (FedCM, in its active mode): whoever is not signed in signs in first, in a window
 * that the browser opens. To be called in a click.
 */
export async function askByFedcm({ platform, nonce, abort }: OpenAttempt, host: FedcmHost): Promise<FedcmOutcome> {
  const { clientId = '', fields, text } = host;
  const known = metadata.get(keyOf(platform, clientId));
  const asked = fieldsOf(fields ? fields.split(/[\s,]+/) : (known?.default_claims ?? []));
  const { language, theme } = host as { language?: string; theme?: string };
  const request: FedcmRequest = {
    signal: abort.signal,
    identity: {
      mode: 'active',
      context: text === 'signin' || text === 'continue' ? text : 'signup',
      providers: [
        {
          configURL: `${platform}/fedcm/config.json`,
          clientId,
          // Where the platform's own page is to ask, the browser need not say the same before.
          fields: asked.every((field) => known?.disclosable_fields.includes(field)) ? asked : [],
          params: { nonce, ...(fields && { fields }), ...(language && { language }), ...(theme && { theme }) },
        },
      ],
    },
  };
  tried.add(host);
  const startedAt = performance.now();
  try {
    const credential = (await navigator.credentials.get(request)) as (Credential & { token?: unknown }) | null;
    if (typeof credential?.token !== 'string') return 'failed';
    tried.delete(host);
    return { credential: credential.token };
  } catch (error) {
    // One name for all that a page is not to know; a refusal of the platform's has another.
    const isAmbiguous = error instanceof DOMException && error.name === 'NetworkError';
    return isAmbiguous && performance.now() - startedAt > DISMISSAL_MS ? 'dismissed' : 'failed';
  }
}

/** Whether a window may still be opened for the press that FedCM was asked in. */
export function mayOpenWindow(): boolean {
  return (navigator as Navigator & { userActivation?: { isActive: boolean } }).userActivation?.isActive ?? true;
}

function keyOf(platform: string, clientId: string | undefined): string {
  return `${platform} ${clientId}`;
}

/** FedCM knows a name in one piece. */
function fieldsOf(claims: readonly string[]): string[] {
  const fields = claims.filter(Boolean).map((claim) => (/^(given|family)_name$/.test(claim) ? 'name' : claim));
  return [...new Set(fields.map((field) => field.replace('email_verified', 'email')))];
}
