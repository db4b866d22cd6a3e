const MAX_LENGTH = 300;

/** A text that may repeat what a request held, as it may be logged: bounded, on one line, and without what looks like an e-mail address. */
export function safeText(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\S+@\S+/g, '…');
}

/** The origin of an address, which is all of it that may be logged; undefined for what has none. */
export function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { origin } = new URL(address);
  return origin === 'null' ? undefined : safeText(origin);
}
