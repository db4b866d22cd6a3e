import type { UpstreamSettings } from '../../process/settings/upstreams.ts';
import type { EndedThere } from './logout-token.ts';
import type { UpstreamPerson } from './person.ts';

/** What binds an answer to the question: each is random, or made of what is, and known to nobody else. */
export interface AttemptSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What is asked of the upstream besides who it is. */
export interface UpstreamWishes {
  readonly loginHint?: string | undefined;
  /** BCP 47, the best first. */
  readonly languages?: readonly string[];
  /** That the person signs in anew, or chooses; or that nobody is asked anything, and comes back at once. */
  readonly prompt?: 'none' | 'login' | 'select_account' | undefined;
}

export type UpstreamAnswer =
  | { readonly outcome: 'person'; readonly person: UpstreamPerson }
  /** The person said no there; or is not signed in there, and was not to be asked. */
  | { readonly outcome: 'denied' }
  /** It cannot answer now. */
  | { readonly outcome: 'unavailable'; readonly because: string }
  /** Its answer is none that can be believed, or it does not know this platform. */
  | { readonly outcome: 'refused'; readonly because: string };

/** Another login by which people sign in, whatever protocol it speaks. */
export interface Upstream {
  readonly id: string;
  readonly settings: Pick<UpstreamSettings, 'name' | 'logo' | 'issuer' | 'only' | 'handOver' | 'responseMode' | 'coop'>;
  /** Where it sends people back, below the issuer of the realm. */
  readonly callbackPath: string;
  /** As what it knows this platform (`aud`). */
  readonly audience: string;
  /** What it posts beside `state`, where it posts its answer, and from which origin alone. */
  readonly posts: { readonly field: string; readonly maxLength: number; readonly from?: string };
  /** Its people are this platform's own: whom it calls by a name, an import may have called by the same. */
  readonly isOwn: boolean;
  /**
   * Whether its pages cut a window off from the page that opened it. What has not been seen counts as doing so, because a window of its own
   * works in either case, and a popup that was cut off has nobody left to answer.
   */
  readonly severs: boolean;
  /** Whether it answered when it was looked at last. */
  readonly isAtHand: boolean;
  /** Asks what it says of itself, and looks at its pages, so that both are known when somebody comes. @throws UpstreamUnavailableError */
  look(): Promise<void>;
  /** Where a person signs in. @throws UpstreamUnavailableError */
  signInUrl(secrets: AttemptSecrets, wishes?: UpstreamWishes): Promise<URL>;
  /**
   * Who has signed in, once the person is back.
   * @param query the parameters that came
   * @param posted what came beside them by a form: see the upstream's own class
   */
  answer(query: URLSearchParams, secrets: AttemptSecrets, posted?: string): Promise<UpstreamAnswer>;
  /** Where a person signs out there; undefined where the upstream has no such place, or the operator does not want it. */
  signOutUrl(backTo: string): Promise<URL | undefined>;
  /** Reads what it says when somebody has signed out there. @throws LogoutTokenError, UpstreamUnavailableError */
  readLogout(token: string): Promise<EndedThere>;
}
