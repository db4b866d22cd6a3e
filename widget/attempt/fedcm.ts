import type { OpenAttempt } from '../open-attempt.ts';

/** Chromium has it, but TypeScript's own types do not. */
interface FedcmRequest extends CredentialRequestOptions {
  identity: {
    mode: 'active';
    context: 'signup' | 'signin' | 'continue';
    providers: { configURL: string; clientId: string; fields: string[]; params: Record<string, string> }[];
  };
}

/** What the platform says about an app (server/delivery/fedcm/client-metadata.ts). */
interface ClientMetadata {
  /** The claims that are asked for when the element names none. */
  default_claims: string[];
  /** Fields for which no page of the platform is needed, because the browser's dialog can name them. */
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

/** Nobody reads and closes a dialog faster than this, so a faster end means that something else went wrong. */
const DISMISSAL_MS = 1_000;

/** Per app that was asked about. Null while the answer is on its way, and when there is no FedCM for the app. */
const metadata = new Map<string, ClientMetadata | null>();
/** Elements for which FedCM failed or has not ended yet, so that the next press opens the popup. */
const tried = new WeakSet<FedcmHost>();

/**
 * Asks the platform, once, whether there is FedCM for the element's app. There is none in the sandbox, and none without the browser's
 * support. Until the answer is there, the popup is used.
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
 * Whether this press uses FedCM. A code, which has to be bound to a verifier, and another account, which the platform's own page asks
 * for, both need the popup.
 */
export function prefersFedcm(host: FedcmHost, platform: string): boolean {
  const { mode, responseType, state, clientId } = host;
  const isFor = mode === 'auto' && responseType !== 'code' && state !== 'completed' && !tried.has(host);
  return isFor && Boolean(metadata.get(keyOf(platform, clientId)));
}

/** How the browser's dialog ended: with a credential that is not verified yet, closed by the person, or with a failure. */
export type FedcmOutcome = { credential: string } | 'dismissed' | 'failed';

/**
 * Lets the browser ask the person in its own dialog (FedCM, in its active mode). A person who is not signed in signs in first, in a
 * window that the browser opens. It must be called in a click.
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
          // Where the platform's own page asks anyway, the browser need not name the fields before.
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
    // The browser uses this one name for everything that a page must not know. A refusal by the platform has another name.
    const isAmbiguous = error instanceof DOMException && error.name === 'NetworkError';
    return isAmbiguous && performance.now() - startedAt > DISMISSAL_MS ? 'dismissed' : 'failed';
  }
}

/** Whether the press that started FedCM may still open a window. */
export function mayOpenWindow(): boolean {
  return (navigator as Navigator & { userActivation?: { isActive: boolean } }).userActivation?.isActive ?? true;
}

function keyOf(platform: string, clientId: string | undefined): string {
  return `${platform} ${clientId}`;
}

/** FedCM has one field for all name claims. */
function fieldsOf(claims: readonly string[]): string[] {
  const fields = claims.filter(Boolean).map((claim) => (/^(given|family)_name$/.test(claim) ? 'name' : claim));
  return [...new Set(fields.map((field) => field.replace('email_verified', 'email')))];
}
