import { randomUUID } from 'node:crypto';
import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import type { Config } from '#config.ts';
import { type Finding, notChecked, ok, problem, type Subject, warning } from './finding.ts';
import { isPrivateName } from './settings.ts';
import { readTxtRecords, type TxtRecords } from './txt-records.ts';

const SUBJECTS = ['mail_spf', 'mail_dkim', 'mail_dmarc'] as const;

/** What the DNS says of mail that claims to be from MAIL_FROM, by which receivers tell it from a forgery. */
export async function examineMailDomain({ smtpUrl, mailFrom }: Config): Promise<Finding[]> {
  if (smtpUrl === undefined) return [];
  const domain = domainOf(mailFrom);
  if (domain === undefined || isPrivateName(domain)) {
    const of = domain ?? mailFrom;
    return SUBJECTS.map((code) => notChecked(code, `${of}, the domain of MAIL_FROM, has no public DNS.`));
  }
  // A signature or a policy of the registrable domain counts for those below it (RFC 7489 sections 3.1 and 6.6.3).
  const registrable = getDomain(domain, { allowPrivateDomains: true });
  const domains = registrable === null || registrable === domain ? [domain] : [domain, registrable];
  const [own, ...others] = await readTxtRecords([
    domain,
    ...domains.flatMap((each) => [`_dmarc.${each}`, `_domainkey.${each}`, `${randomUUID()}.${each}`]),
  ]);
  const of = (place: number) => domains.flatMap((_, index) => others[3 * index + place] ?? []);
  return [...(own ? [judgeSpf(own, domain)] : []), judgeDkim(of(1), of(2), domains), judgeDmarc(of(0), domains)];
}

function domainOf(mailFrom: string): string | undefined {
  const [, domain = ''] = /@([^\s@<>]+)>?\s*$/.exec(mailFrom) ?? [];
  return domainToASCII(domain) || undefined;
}

/** Which servers may send for the domain (RFC 7208). */
export function judgeSpf(txt: TxtRecords, domain: string): Finding {
  if (txt.outcome === 'unasked') return unasked('mail_spf', txt.code, domain);
  if (txt.outcome === 'no_name') {
    return problem(
      'mail_spf',
      `${domain}, the domain of MAIL_FROM, does not exist: receivers refuse mail from there.`,
      'Set MAIL_FROM to an address of a domain of yours.',
    );
  }
  const records = txt.outcome === 'found' ? txt.records.filter((record) => /^v=spf1(?: |$)/i.test(record)) : [];
  const [record = ''] = records;
  if (records.length === 0) {
    return warning(
      'mail_spf',
      `${domain} has no SPF record, so that receivers cannot tell your mail server from others, and may take its mails for spam.`,
      `Add a TXT record to ${domain} as your mail service says, such as: v=spf1 include:mail.example.com ~all`,
    );
  }
  if (records.length > 1) {
    return warning(
      'mail_spf',
      `${domain} has ${records.length} SPF records, which receivers take for an error.`,
      'Make them one, which has the includes of each.',
    );
  }
  if (/^v=spf1 +-all$/i.test(record)) {
    return problem(
      'mail_spf',
      `The SPF record of ${domain} says that nobody sends mail from there (${record}).`,
      'Add your mail server to it, or set MAIL_FROM to an address of another domain.',
    );
  }
  return / \+?all$/i.test(record)
    ? warning(
        'mail_spf',
        `The SPF record of ${domain} lets everybody send mail from there (${record}).`,
        'End it with ~all or -all.',
      )
    : ok(
        'mail_spf',
        `${domain} has an SPF record (${record}). Whether your mail server is in it, a mail that was received shows.`,
      );
}

/**
 * Whether there are keys that mails may be signed with (RFC 6376). Their names are only in mails, but where there is one, `_domainkey`
 * exists, too.
 * @param strangers a name below each domain that nobody has made: where it exists, every name does
 */
export function judgeDkim(
  keys: readonly TxtRecords[],
  strangers: readonly TxtRecords[],
  domains: readonly string[],
): Finding {
  const places = domains.map((domain) => `_domainkey.${domain}`);
  const exists = (txt: TxtRecords | undefined) => txt?.outcome === 'found' || txt?.outcome === 'none';
  const at = keys.findIndex((txt, index) => exists(txt) && strangers[index]?.outcome === 'no_name');
  if (at >= 0) {
    return ok(
      'mail_dkim',
      `There are DKIM keys below ${places[at]}. Whether your mail server signs with one, a mail that was received shows.`,
    );
  }
  const failed = [...keys, ...strangers].find((txt) => txt.outcome === 'unasked');
  if (failed?.outcome === 'unasked') return unasked('mail_dkim', failed.code, places.join(' and '));
  if (keys.some(exists)) {
    return notChecked(
      'mail_dkim',
      `Every name below ${domains.join(' and ')} exists, so that it cannot be told whether there is a DKIM key.`,
      'Look for “dkim=pass” in the headers of a mail that was received (--mail-to).',
    );
  }
  return warning(
    'mail_dkim',
    `There is no DKIM key: ${places.join(' and ')} ${places.length === 1 ? 'does' : 'do'} not exist. Receivers may take unsigned mails for spam.`,
    'Let your mail service sign with a key of your domain, and add the records that it names.',
  );
}

/** What receivers should do with mail that neither of the two vouches for (RFC 7489). */
export function judgeDmarc(policies: readonly TxtRecords[], domains: readonly string[]): Finding {
  const places = domains.map((domain) => `_dmarc.${domain}`);
  for (const [index, txt] of policies.entries()) {
    if (txt.outcome === 'unasked') return unasked('mail_dmarc', txt.code, places[index] ?? '');
    const records = txt.outcome === 'found' ? txt.records.filter((record) => /^v=DMARC1\b/i.test(record)) : [];
    const [record = ''] = records;
    if (records.length > 1) {
      return warning(
        'mail_dmarc',
        `${places[index]} has ${records.length} DMARC records, so that receivers heed none.`,
        'Leave one of them.',
      );
    }
    const [, policy] = /;\s*p\s*=\s*(\w+)/i.exec(record) ?? [];
    if (records.length === 1 && policy === undefined) {
      return warning(
        'mail_dmarc',
        `The DMARC record of ${places[index]} says no policy (${record}).`,
        'Add p=none, or better p=quarantine.',
      );
    }
    if (policy !== undefined) {
      return ok(
        'mail_dmarc',
        `${places[index]} has a DMARC record (p=${policy}).${/^none$/i.test(policy) ? ' It asks receivers to watch, and to do nothing about forged mails.' : ''}`,
      );
    }
  }
  return warning(
    'mail_dmarc',
    `${domains.join(' and ')} ${domains.length === 1 ? 'has' : 'have'} no DMARC record, which large mail services ask for.`,
    `Add a TXT record to ${places.at(-1)}, to begin with: v=DMARC1; p=none`,
  );
}

function unasked(code: Subject, reason: string, name: string): Finding {
  return notChecked(
    code,
    `The DNS could not be asked about ${name}: ${reason}.`,
    `On a machine that can: dig TXT ${name}`,
  );
}
