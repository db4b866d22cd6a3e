import type { CertificateFacts, Unreached } from '#outbound/own-address.ts';
import { DAY_MS, inWords } from './age.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** A certificate that is to be renewed automatically is renewed when a third of its time is left. */
const RENEWED_BY_SHARE = 1 / 5;
const RENEWED_BY_MS = 21 * DAY_MS;

const PROBLEMS: readonly (readonly [RegExp, (facts: CertificateFacts, host: string) => string, string])[] = [
  [
    /^CERT_HAS_EXPIRED$/,
    ({ validTo }) => `The certificate has expired at ${validTo.toISOString()}.`,
    'Renew it, and let the renewal restart or reload the proxy.',
  ],
  [
    /^CERT_NOT_YET_VALID$/,
    ({ validFrom }) => `The certificate is not valid before ${validFrom.toISOString()}.`,
    'Compare the clock of this machine, then the certificate.',
  ],
  [
    /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    ({ names }, host) => `The certificate is for ${names.join(', ') || 'no name'}, and not for ${host}.`,
    'Get a certificate for this name, or configure the proxy so that it shows that one (the first server block is shown when none fits).',
  ],
  [
    /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$|^UNABLE_TO_GET_ISSUER_CERT/,
    () =>
      'The certificate leads to no authority that this machine knows. Most often the intermediate certificates are missing.',
    'Configure the proxy with the full chain (fullchain.pem). For an authority of your own, set NODE_EXTRA_CA_CERTS for this command.',
  ],
  [
    /SELF_SIGNED/,
    () => 'The certificate signs itself, or is of an authority that this machine does not know.',
    'Get one that browsers accept, for example by ACME. For an authority of your own, set NODE_EXTRA_CA_CERTS for this command.',
  ],
];

/** The certificate that the public address shows. */
export function judgeCertificate(facts: CertificateFacts | Unreached, host: string, nowMs: number): Finding {
  if (facts.outcome === 'unreached') {
    return problem(
      'certificate',
      `No TLS connection to ${host}: ${facts.code}.`,
      facts.code === 'ENOTFOUND'
        ? 'The name does not exist. Correct PUBLIC_URL, or the DNS.'
        : 'Start the proxy, and open its port in the firewall. From inside some networks, the public address is unreachable: then run this elsewhere.',
    );
  }
  const { problem: code, validFrom, validTo, issuer, protocol, hasHttp2 } = facts;
  if (code !== undefined) {
    const [, say, advice] = PROBLEMS.find(([pattern]) => pattern.test(code)) ?? [
      /./,
      () => `The certificate is not valid: ${code}.`,
      'Get one that browsers accept.',
    ];
    return problem('certificate', say(facts, host), advice);
  }
  const leftMs = validTo.getTime() - nowMs;
  const lifetimeMs = validTo.getTime() - validFrom.getTime();
  const until = `valid for ${inWords(leftMs)} more (until ${validTo.toISOString().slice(0, 10)})`;
  if (leftMs < Math.min(RENEWED_BY_MS, lifetimeMs * RENEWED_BY_SHARE)) {
    return warning(
      'certificate',
      `The certificate is ${until}, so its automatic renewal does not work, or there is none.`,
      'Look at the log of what renews it (certbot, Caddy, Traefik), and renew it.',
    );
  }
  if (protocol !== 'TLSv1.3' && protocol !== 'TLSv1.2') {
    return problem(
      'certificate',
      `The connection speaks ${protocol}, which browsers refuse.`,
      'Let the proxy speak TLS 1.2 and 1.3.',
    );
  }
  const http = hasHttp2 ? 'HTTP/2' : 'HTTP/1.1 alone';
  return ok('certificate', `The certificate of ${issuer || 'an unnamed authority'} is ${until}; ${protocol}, ${http}.`);
}
