import { html } from '@lit-labs/ssr';
import type { Language } from '@signup-with-platform/messages';
import { nothing } from 'lit';
import { addressBookOf } from '#domain/accounts/address-book.ts';
import { chevronIcon } from '#pages/icons.ts';
import { isolate, isolateEmail, isolateLeftToRight } from '#pages/text.ts';
import type { NavItem } from '#portal/navigation.ts';
import type { PersonCall } from '#portal/route.ts';
import { isShared } from '#storage/accounts.ts';
import type { MemberApp } from '#storage/apps.ts';

/** More names than these are told by their number. */
const MAX_NAMES = 3;

/** What a person comes for: what there is in each part of the account, as the way to it. */
export async function personRows(call: PersonCall): Promise<unknown> {
  return [
    row(call, 'profile', profileState(call)),
    row(call, 'security', await securityState(call)),
    row(call, 'sessions', await sessionsState(call)),
    row(call, 'shops', await shopsState(call)),
    row(call, 'data', call.language.t('account.home.data')),
  ];
}

/** What a developer comes for. */
export function developerRows(call: PersonCall, apps: readonly MemberApp[]): unknown {
  const { t } = call.language;
  const count = t('account.home.state.apps', { count: apps.length });
  const state = apps.length === 0 ? t('account.home.apps') : facts([count, names(apps, call.language)]);
  return [row(call, 'apps', state), row(call, 'docs', t('account.home.docs'), '/docs/api')];
}

function row(
  { base, language: { t } }: PersonCall,
  item: Exclude<NavItem, 'home'> | 'docs',
  state: unknown,
  href = `${base}/${item}`,
): unknown {
  return html`<a class="row" href=${href}><span class="grow"><b>${t(`account.frame.nav.${item}`)}</b><br>
<span class="small muted">${state}</span></span>${chevronIcon}</a>`;
}

function profileState({ account, language: { t } }: PersonCall): unknown {
  const name = [account.givenName, account.familyName].filter(Boolean).join(' ');
  const addresses = addressBookOf(account).length;
  const known = [
    name && isolate(name),
    account.phoneNumber && isolateLeftToRight(account.phoneNumber),
    addresses > 0 && t('account.home.state.addresses', { count: addresses }),
  ].filter(Boolean);
  return known.length > 0 ? facts(known) : t('account.profile.nothingYet');
}

async function securityState({ account, context, language: { t } }: PersonCall): Promise<unknown> {
  const passkeys = await context.rows.passkeys.list(account.id);
  return facts([
    account.email === undefined ? t('account.security.email.none') : isolateEmail(account.email),
    t('account.home.state.passkeys', { count: passkeys.length }),
  ]);
}

async function sessionsState({ account, context, language: { t } }: PersonCall): Promise<unknown> {
  // A shared test person is everybody: how many others are signed in as them is nobody's business.
  const count = isShared(account) ? 1 : (await context.rows.sessions.list(account.id)).total;
  return t('account.home.state.places', { count: Math.max(count, 1) });
}

async function shopsState({ account, context, language }: PersonCall): Promise<unknown> {
  // Whoever uses a shared test person must not see with which shops others have tried them out.
  if (isShared(account)) return nothing;
  const shops = await context.rows.connectedShops.list(account.id);
  const count = language.t('account.home.state.shops', { count: shops.length });
  return shops.length === 0 ? count : facts([count, names(shops, language)]);
}

/** The first few. */
function names(named: readonly { name: string }[], { list, series, isolate }: Language): string {
  const shown = named.slice(0, MAX_NAMES).map(({ name }) => isolate(name));
  return named.length > MAX_NAMES ? `${series(shown)}…` : list(shown);
}

function facts(known: readonly unknown[]): unknown {
  return known.map((fact, index) => html`${index > 0 ? ' · ' : ''}<span>${fact}</span>`);
}
