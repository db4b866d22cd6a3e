import { isIP } from 'node:net';
import type { Config } from '#config.ts';
import { isLoopbackHost } from '../../../../process/loopback.ts';
import { type Finding, ok, problem, warning } from './finding.ts';

/** Names that exist on no public network (RFC 2606, RFC 6761, RFC 6762, and what ICANN has reserved for private use). */
const PRIVATE_NAMES = /\.(?:test|example|invalid|local|localdomain|internal|home\.arpa|lan|home|corp)$/;

/** What the settings say by themselves. */
export function examineSettings({ warnings, production, publicUrl }: Config): Finding[] {
  return [
    warnings.length === 0
      ? ok('settings', 'Every setting is understood.')
      : warning('settings', warnings.join(' '), 'Correct or remove these environment variables.'),
    production
      ? ok('environment', 'NODE_ENV is production.')
      : problem(
          'environment',
          'NODE_ENV is not production, so that this command, and a server with the same settings, runs as on a developer’s machine.',
          'Set NODE_ENV=production for the server, and for this command.',
        ),
    examinePublicUrl(publicUrl),
  ];
}

function examinePublicUrl(publicUrl: string): Finding {
  const { protocol, hostname } = new URL(publicUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const advice =
    'Set PUBLIC_URL to the https address that people open, such as https://id.example.com. Choose it for good: issuers, cookies and passkeys depend on it.';
  if (isLoopbackHost(hostname)) return problem('public_url', `${publicUrl} is this machine alone.`, advice);
  if (protocol !== 'https:') return problem('public_url', `${publicUrl} is not https.`, advice);
  if (isIP(host) !== 0) {
    return problem(
      'public_url',
      `${publicUrl} is an IP address. Passkeys do not work there, and it changes with the network.`,
      advice,
    );
  }
  if (isPrivateName(host)) {
    return warning('public_url', `${publicUrl} is a name of a private network, which the public cannot open.`, advice);
  }
  return ok('public_url', `${publicUrl} is an https address with a public name.`);
}

/** Whether a host is one that public DNS does not have. */
export function isPrivateName(host: string): boolean {
  return !host.includes('.') || PRIVATE_NAMES.test(`.${host}`);
}
