/**
 * Adds parameters to the query of an address that somebody registered. All else stays byte for byte (RFC 6749 section 3.1.2), because a form's
 * encoding has other ways to write the same: `URLSearchParams` makes `?flag` into `?flag=`, and `%20` into `+`, which is another address to
 * whoever compares or signs it. Parameters that the address has under one of the names give way, because nobody could tell the two apart.
 */
export function withQuery(address: string, parameters: Readonly<Record<string, string>>): string {
  const [beforeFragment = '', ...fragment] = address.split('#');
  const [page, ...query] = beforeFragment.split('?');
  const kept = query
    .join('?')
    .split('&')
    .filter((pair) => pair !== '' && !Object.hasOwn(parameters, nameOf(pair)));
  const added = new URLSearchParams(parameters).toString();
  const all = added === '' ? kept : [...kept, added];
  return [`${page}${all.length > 0 ? '?' : ''}${all.join('&')}`, ...fragment].join('#');
}

/** Puts parameters into the fragment of an address that has none. */
export function withFragment(address: string, parameters: Readonly<Record<string, string>>): string {
  return `${address}#${new URLSearchParams(parameters)}`;
}

function nameOf(pair: string): string {
  // A question mark at the start belongs to the name, and URLSearchParams would take it away.
  const [name = ''] = new URLSearchParams(`&${pair}`).keys();
  return name;
}
