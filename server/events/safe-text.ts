const MAX_LENGTH = 300;

/** Makes text that may repeat parts of a request safe to log: bounded, on one line, and without anything like an email address. */
export function safeText(text: string): string {
  return text
    .slice(0, MAX_LENGTH)
    .replaceAll(/\p{Cc}+/gu, ' ')
    .replaceAll(/\S+@\S+/g, '…');
}

/** The origin of a URL, which is the only part of it that may be logged; undefined for a value without one. */
export function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { origin } = new URL(address);
  return origin === 'null' ? undefined : safeText(origin);
}
