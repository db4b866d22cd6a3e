/** The request of the contract. */
export interface Body {
  userName?: string;
  password?: string;
  firstName?: string | undefined;
  lastName?: string | undefined;
  language?: string;
  [unknown: string]: string | undefined;
}

export interface Reply {
  outcome: 'answered';
  status: number;
  /** 2xx. */
  isSignedUp: boolean;
  /** @param name in lower case */
  header(name: string): string | undefined;
  text: string;
  tookMs: number;
  /** Whether there was more than an answer may have. */
  isCut: boolean;
  /** The body, if it is a JSON object. */
  json: Readonly<Record<string, unknown>> | undefined;
  /** Members of it, if they are usable. */
  id: string | undefined;
  message: string | undefined;
  code: string | undefined;
}

/** No answer, for this reason. */
export interface Silence {
  outcome: 'silent';
  reason: 'unreachable' | 'certificate' | 'address' | 'timeout' | 'broken' | 'coding' | 'limited' | 'dead' | 'no time';
  /** OpenSSL's code of a certificate, what is wrong with the address, or the protocol by which nobody was reached. */
  detail?: string;
}

/** A reply by which somebody was signed up. */
export interface SignedUp extends Reply {
  isSignedUp: true;
}

export function isSignedUp(answer: Reply | Silence): answer is SignedUp {
  return answer.outcome === 'answered' && answer.isSignedUp;
}
