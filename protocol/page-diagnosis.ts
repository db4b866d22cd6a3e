import { claimsOfField, type Field, isClaim } from './claims.ts';
import {
  type ContentSecurityPolicy,
  connectDirective,
  type Directive,
  directiveOf,
  matchesAny,
  parsePolicies,
  scriptDirective,
  scriptVerdict,
} from './content-security-policy.ts';
import type { Environment } from './environment.ts';
import type { FindingCode } from './finding-texts.ts';

/** What is known about a vendor's page. What is left out is not judged. */
export interface KnownPage {
  /** The page's address, or only its origin. */
  url: string;
  /** Origin of the platform. */
  platform: string;
  clientId?: string | undefined;
  environment?: Environment | undefined;
  /** False for an app that has been switched off. */
  enabled?: boolean | undefined;
  originRegistered?: boolean | undefined;
  /** For the app's members only, because these say which origin was meant. */
  registeredOrigins?: readonly string[] | undefined;
  /** Whether the redirect URI of the tag is registered. */
  redirectUriRegistered?: boolean | undefined;
  registeredRedirectUris?: readonly string[] | undefined;
  /** Those of the tag's `fields` that the app has not registered, so that the popup refuses the request. */
  unregisteredFields?: readonly string[] | undefined;
  /** What the app requires and `fields` leaves out. For the app's members only, because no page of the popup shows what it is not asked for. */
  requiredNotAsked?: readonly Field[] | undefined;
  /** Names of the fields that the platform's operator has added. */
  ownFields?: readonly string[] | undefined;
  /** True for an app that registered nothing as required: without `fields`, nobody is asked for anything. */
  requiresNothing?: boolean | undefined;
  response?: PageResponse | undefined;
  document?: PageDocument | undefined;
  /** True when the script has run already, so that no policy can have blocked it. */
  scriptRuns?: boolean;
}

/** The headers of the page's response that matter here. */
export interface PageResponse {
  status: number;
  /** Every value of Content-Security-Policy. */
  policies: readonly string[];
  openerPolicy?: string | undefined;
  /** Every value of Referrer-Policy. */
  referrerPolicies?: readonly string[] | undefined;
  /** The time at the page's server, and at the platform at the same moment, in milliseconds since 1970. */
  clock?: { page: number; platform: number } | undefined;
}

export interface PageDocument {
  tags: readonly PageTag[];
  /** The scripts that look like the widget's. */
  scripts: readonly PageScript[];
  /** Policies of meta elements. */
  policies: readonly string[];
  /** What meta elements named `referrer` say, in their order. */
  referrerPolicies?: readonly string[];
}

/** Attributes of `<signup-with-platform>`. */
export interface PageTag {
  clientId?: string | undefined;
  platform?: string | undefined;
  redirectUri?: string | undefined;
  /** Empty when the tag has none. */
  nonce?: string | undefined;
  fields?: string | undefined;
}

export interface PageScript {
  /** Absolute. */
  src: string;
  isModule: boolean;
  nonce?: string | undefined;
}

export type Severity = 'error' | 'warning' | 'ok';

/** One thing that works or does not. Its text is in {@link FINDING_TEXTS}, or in the same table of another language. */
export interface Finding {
  code: FindingCode;
  severity: Severity;
  /** Values for the placeholders of the text. */
  facts: Readonly<Record<string, string>>;
  /** What to put into the page, its headers or the app's settings, to be copied. */
  copy?: string;
}

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'ok'];
/** The difference between two clocks that the widget and the client tolerate. */
const TOLERATED_SKEW_MS = 10_000;
/** A backend whose clock is this slow refuses every credential of the last minute, because it comes from the future. */
const GRAVE_SKEW_MS = 60_000;
const LOOPBACK = /^(?:(?:[^.]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::(?:1|ffff:7f[\da-f]{2}:[\da-f]{1,4})\])\.?$/;
/** What a popup needs: it opens, runs scripts, sends the form to sign in, and keeps its origin. */
const SANDBOX_NEEDS = ['allow-scripts', 'allow-same-origin', 'allow-forms', 'allow-popups'] as const;
const TRUSTED_TYPES_POLICY = 'lit-html';

/** Judges a page. @returns the findings, the worst first */
export function diagnosePage(page: KnownPage): Finding[] {
  return byGravity([
    ...originFindings(page),
    ...responseFindings(page),
    ...referrerFindings(page),
    ...policyFindings(page),
    ...documentFindings(page),
    ...redirectFindings(page),
    ...clockFindings(page),
  ]);
}

export function byGravity(findings: readonly Finding[]): Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

export function finding(severity: Severity, code: FindingCode, facts: Finding['facts'] = {}, copy?: string): Finding {
  return { severity, code, facts, ...(copy !== undefined && { copy }) };
}

/** @param skewMs between the clock in question and the platform's */
export function clockFinding(code: 'clock_skew' | 'browser_clock_skew', skewMs: number): Finding {
  const size = Math.abs(skewMs);
  const facts = { seconds: String(Math.round(size / 1000)) };
  if (size <= TOLERATED_SKEW_MS) return finding('ok', 'clock_agrees', facts);
  // The element does not trust the clock of the device, so a wrong one fails nothing here.
  const isGrave = code === 'clock_skew' && size > GRAVE_SKEW_MS;
  return finding(isGrave ? 'error' : 'warning', code, facts);
}

function originFindings(page: KnownPage): Finding[] {
  const { environment, enabled, originRegistered, registeredOrigins = [] } = page;
  const { origin, protocol, hostname } = new URL(page.url);
  const isLoopback = LOOPBACK.test(hostname);
  const found: Finding[] = [];
  if (enabled === false) found.push(finding('error', 'app_disabled'));
  if (protocol !== 'https:' && !isLoopback) {
    found.push(finding('error', 'insecure_page', { origin }, origin.replace(/^http:/, 'https:')));
  }
  if (environment === 'production' && isLoopback) found.push(finding('error', 'own_machine_in_production', { origin }));
  if (originRegistered === true) found.push(finding('ok', 'origin_registered', { origin }));
  if (originRegistered === false) {
    const near = registeredOrigins.find((other) => isNearly(origin, other));
    found.push(
      near
        ? finding('error', 'origin_nearly_registered', { origin, near }, origin)
        : finding('error', 'origin_not_registered', { origin }, origin),
    );
  }
  return found;
}

/** Whether two addresses differ only in what people overlook: scheme, port, `www.`, the name of localhost, case, a slash at the end. */
export function isNearly(one: string, other: string): boolean {
  return one !== other && overlooked(one) === overlooked(other);
}

function overlooked(address: string): string {
  const { hostname, pathname, search } = new URL(address);
  const host = LOOPBACK.test(hostname) ? 'localhost' : hostname.replace(/^www\./, '');
  return host + pathname.replace(/\/$/, '').toLowerCase() + search;
}

function responseFindings(page: KnownPage): Finding[] {
  const { response } = page;
  if (!response) return [];
  const { status } = response;
  const found: Finding[] = [];
  if (status < 200 || status > 299) found.push(finding('warning', 'page_status', { status: String(status) }));
  found.push(openerFinding(page, response.openerPolicy));
  return found;
}

/**
 * HTML section 7.1.3.1. With `same-origin-allow-popups` and `noopener-allow-popups`, a popup that sends `unsafe-none` (as ours does) keeps
 * its opener; `same-origin` cuts it off. A value that is not a token counts as absent.
 */
function openerFinding(page: KnownPage, header: string | undefined): Finding {
  const policy = /^\s*([\w-]+)\s*(;|$)/.exec(header ?? '')?.[1] ?? 'unsafe-none';
  if (policy !== 'same-origin') return finding('ok', 'popup_linked', { policy });
  const { origin } = new URL(page.url);
  const tag = tagOf(page);
  if (tag?.redirectUri) return finding('ok', 'popup_relayed', { policy, uri: tag.redirectUri });
  const known = page.registeredRedirectUris?.find((uri) => new URL(uri).origin === origin);
  if (known) return finding('error', 'popup_cut_off_attribute', { policy, uri: known }, `redirect-uri="${known}"`);
  return finding('error', 'popup_cut_off', { policy }, 'Cross-Origin-Opener-Policy: same-origin-allow-popups');
}

/** Referrer Policy section 3. Browsers take the last one that they know. */
const REFERRER_POLICIES = [
  ...[
    'no-referrer',
    'no-referrer-when-downgrade',
    'same-origin',
    'origin',
    'strict-origin',
    'origin-when-cross-origin',
  ],
  ...['strict-origin-when-cross-origin', 'unsafe-url'],
];
/** What meta elements may also say (HTML section 4.2.5.1). */
const LEGACY_REFERRER_POLICIES: ReadonlyMap<string, string> = new Map([
  ['never', 'no-referrer'],
  ['default', 'strict-origin-when-cross-origin'],
  ['always', 'unsafe-url'],
  ['origin-when-crossorigin', 'origin-when-cross-origin'],
]);

/** Without a referrer, the platform cannot know that the shop itself asks, and a customer who comes back has to press a button. */
function referrerFindings({ response, document }: KnownPage): Finding[] {
  const tokens = (response?.referrerPolicies ?? []).flatMap((value) => value.split(','));
  const metas = document?.referrerPolicies ?? [];
  const said = [...tokens, ...metas].map((value) => value.trim().toLowerCase());
  const policy = said
    .map((value) => LEGACY_REFERRER_POLICIES.get(value) ?? value)
    .findLast((value) => REFERRER_POLICIES.includes(value));
  if (policy !== 'no-referrer' && policy !== 'same-origin') return [];
  return [finding('warning', 'referrer_withheld', { policy }, 'Referrer-Policy: strict-origin-when-cross-origin')];
}

function clockFindings({ response }: KnownPage): Finding[] {
  const clock = response?.clock;
  return clock ? [clockFinding('clock_skew', clock.page - clock.platform)] : [];
}

/** The tag of this app, or the first one when there is none. */
export function tagOf({ document, clientId }: Pick<KnownPage, 'document' | 'clientId'>): PageTag | undefined {
  return document?.tags.find((tag) => tag.clientId === clientId) ?? document?.tags[0];
}

function policyFindings(page: KnownPage): Finding[] {
  const { response, document } = page;
  if (!response) return [];
  const headers = parsePolicies(response.policies);
  // In a meta element, `sandbox` has no effect (CSP Level 3 section 3.3).
  const metas = parsePolicies(document?.policies ?? []).map(
    (policy) => new Map([...policy].filter(([name]) => name !== 'sandbox')),
  );
  const policies = [...headers, ...metas];
  if (policies.length === 0) return [];
  const found = policies.flatMap((policy) => [
    ...(page.scriptRuns ? [] : scriptFindings(page, policy)),
    ...connectFindings(page, policy),
    ...trustedTypesFindings(policy),
    ...sandboxFindings(policy),
  ]);
  const distinct = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  return distinct.length > 0 ? distinct : [finding('ok', 'csp_allows')];
}

function scriptFindings({ url, platform, document }: KnownPage, policy: ContentSecurityPolicy): Finding[] {
  const directive = scriptDirective(policy);
  if (!directive) return [];
  const tag = document?.scripts.find(({ src }) => new URL(src).origin === platform);
  // The policy must allow the script and the parts that it loads later, whose addresses change.
  const verdicts = [`${platform}/widget.js`, `${platform}/widget/part.js`].map((script) =>
    scriptVerdict(directive, script, url, tag?.nonce),
  );
  const verdict = verdicts.find((one) => one !== 'allowed');
  const copy = extended(directive, 'script-src', platform);
  const facts = { directive: directive.name, platform };
  switch (verdict) {
    case undefined:
      return [];
    case 'needs_trust':
      // It is only a warning when there is no tag, because a script that the page trusts may add it later.
      return [finding(tag ? 'error' : 'warning', 'csp_script_strict_dynamic', facts)];
    case 'needs_nonce':
      return [finding('error', 'csp_script_nonce', facts, copy)];
    default:
      return [finding('error', 'csp_script_blocked', facts, copy)];
  }
}

function connectFindings({ url, platform, environment }: KnownPage, policy: ContentSecurityPolicy): Finding[] {
  const directive = connectDirective(policy);
  if (!directive) return [];
  const realm = environment === undefined || environment === 'production' ? '' : '/sandbox';
  const allowed = ['jwks', 'token'].every((name) => matchesAny(directive.sources, `${platform}${realm}/${name}`, url));
  if (allowed) return [];
  const copy = extended(directive, 'connect-src', platform);
  return [finding('error', 'csp_connect_blocked', { directive: directive.name, platform }, copy)];
}

/** The directive as it should be: what the page has, plus the platform. */
function extended({ name, sources }: Directive, wanted: string, platform: string): string {
  const kept = sources.filter((source) => source.toLowerCase() !== "'none'" && !source.startsWith(`${platform}/`));
  return [name === 'default-src' ? wanted : name, ...kept, platform].join(' ');
}

/** The widget renders with Lit, which makes a policy of its own (Trusted Types section 4.2). */
function trustedTypesFindings(policy: ContentSecurityPolicy): Finding[] {
  const names = directiveOf(policy, 'trusted-types')?.sources;
  if (!names || names.includes('*') || names.includes(TRUSTED_TYPES_POLICY)) return [];
  const kept = names.filter((name) => name.toLowerCase() !== "'none'");
  return [finding('error', 'csp_trusted_types', {}, ['trusted-types', ...kept, TRUSTED_TYPES_POLICY].join(' '))];
}

function sandboxFindings(policy: ContentSecurityPolicy): Finding[] {
  const flags = directiveOf(policy, 'sandbox')?.sources.map((flag) => flag.toLowerCase());
  if (!flags) return [];
  const missing = SANDBOX_NEEDS.filter((flag) => !flags.includes(flag));
  if (missing.length === 0) return [];
  return [finding('error', 'csp_sandbox', { missing: missing.join(' ') }, ['sandbox', ...flags, ...missing].join(' '))];
}

function documentFindings(page: KnownPage): Finding[] {
  const { document, platform, clientId } = page;
  if (!document) return [];
  const tag = tagOf(page);
  const script = `<script type="module" src="${platform}/widget.js"></script>`;
  if (!tag) {
    const copy = `${script}\n<signup-with-platform client-id="${clientId ?? ''}"></signup-with-platform>`;
    return [finding('warning', 'tag_missing', {}, copy)];
  }
  const found: Finding[] = [];
  const correct = clientId && `client-id="${clientId}"`;
  if (!tag.clientId) found.push(finding('error', 'client_id_missing', {}, correct));
  else if (clientId && tag.clientId !== clientId) {
    found.push(finding('error', 'client_id_other', { found: tag.clientId, expected: clientId }, correct));
  }
  if (tag.platform && originOf(tag.platform) !== platform) {
    found.push(finding('error', 'platform_other', { found: tag.platform, platform }, `platform="${platform}"`));
  }
  found.push(...fieldFindings(page, tag), ...nonceFindings(tag), ...fileFindings(page, document, tag, script));
  return found.length > 0 ? found : [finding('ok', 'tag_found')];
}

/** The names in the attribute and the parameter `fields`. */
export function fieldNames(fields: string | undefined): string[] {
  return (fields ?? '').split(/[\s,]+/).filter(Boolean);
}

/** Compares the attribute `fields` of a tag with what the app has registered. */
export function compareFields(
  registered: readonly { field: Field; required: boolean }[],
  fields: string | undefined,
): Pick<KnownPage, 'unregisteredFields' | 'requiresNothing'> {
  const claims: readonly string[] = registered.flatMap(({ field }) => claimsOfField(field));
  return {
    unregisteredFields: fieldNames(fields).filter((name) => !claims.includes(name)),
    requiresNothing: !registered.some(({ required }) => required),
  };
}

/** What is required and not asked for by a tag that names something else. A tag without names asks for all that is required. */
export function requiredNotAsked(
  registered: readonly { field: Field; required: boolean }[],
  fields: string | undefined,
): Field[] {
  const names = fieldNames(fields);
  if (names.length === 0) return [];
  const isAsked = (field: Field) => claimsOfField(field).some((claim) => names.includes(claim));
  return registered.filter(({ field, required }) => required && !isAsked(field)).map(({ field }) => field);
}

function fieldFindings(
  { unregisteredFields = [], requiredNotAsked: leftOut = [], requiresNothing, ownFields = [] }: KnownPage,
  { fields }: PageTag,
): Finding[] {
  const names = fieldNames(fields);
  const unknown = names.filter((name) => !isClaim(name) && !ownFields.includes(name));
  const missing = unregisteredFields.filter((name) => !unknown.includes(name));
  return [
    ...(unknown.length > 0 ? [finding('error', 'fields_unknown', { found: unknown.join(' ') })] : []),
    ...(missing.length > 0 ? [finding('error', 'fields_not_registered', { missing: missing.join(' ') })] : []),
    ...(names.length === 0 && requiresNothing ? [finding('warning', 'fields_none')] : []),
    ...(leftOut.length > 0 ? [finding('warning', 'fields_required_not_asked', { missing: leftOut.join(' ') })] : []),
  ];
}

/** What stands where a nonce should: a placeholder of a sample, a template that was not filled in, a word, or something too short to be one. */
const PLACEHOLDER =
  /^(\u2026|\.{2,}|.{0,7}|\W*|(your|a|the|my|some|random|test|example)?[-_ ]?nonce([-_ ]?(here|value))?|undefined|\[object \w+\])$|\{\{|\$\{|#\{|<%|%>/iu;

function nonceFindings({ nonce }: PageTag): Finding[] {
  if (nonce === undefined) return [];
  if (nonce === '') return [finding('warning', 'nonce_missing')];
  return PLACEHOLDER.test(nonce) ? [finding('error', 'nonce_placeholder', { found: nonce })] : [];
}

/** About the elements that load the widget. */
function fileFindings({ platform }: KnownPage, { scripts }: PageDocument, tag: PageTag, copy: string): Finding[] {
  const found: Finding[] = [];
  const [first, ...others] = scripts;
  if (!first) return tag.platform ? [] : [finding('warning', 'script_missing', { platform }, copy)];
  if (!tag.platform && !scripts.some(({ src }) => originOf(src) === platform)) {
    found.push(finding('error', 'script_other_origin', { src: first.src, platform }, copy));
  }
  for (const { src } of scripts.filter(({ isModule }) => !isModule)) {
    found.push(finding('error', 'script_not_module', { src }, `<script type="module" src="${src}"></script>`));
  }
  const other = others.find(({ src }) => src !== first.src);
  if (other) found.push(finding('warning', 'scripts_differ', { first: first.src, second: other.src }));
  return found;
}

function originOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).origin : undefined;
}

/** The absolute redirect URI that a tag names. Undefined when there is none, or when it is not a valid address. */
export function redirectUriOf(page: Pick<KnownPage, 'url' | 'document' | 'clientId'>): string | undefined {
  const uri = tagOf(page)?.redirectUri;
  return uri && URL.canParse(uri, page.url) ? new URL(uri, page.url).href : undefined;
}

function redirectFindings(page: KnownPage): Finding[] {
  const uri = redirectUriOf(page);
  if (!uri) return [];
  const { origin } = new URL(page.url);
  if (new URL(uri).origin !== origin) return [finding('error', 'redirect_uri_other_origin', { uri, origin })];
  if (page.redirectUriRegistered === true) return [finding('ok', 'redirect_uri_registered', { uri })];
  if (page.redirectUriRegistered === undefined) return [];
  const near = page.registeredRedirectUris?.find((other) => isNearly(uri, other));
  return [
    near
      ? finding('error', 'redirect_uri_nearly_registered', { uri, near }, uri)
      : finding('error', 'redirect_uri_not_registered', { uri }, uri),
  ];
}
