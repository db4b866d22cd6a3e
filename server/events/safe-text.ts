const MAX_LENGTH = 300;

/** A text that may repeat what a request held, fit to be logged or shown: bounded, on one line, in its own direction, without an email address. */
export function safeText(text: string, maxLength = MAX_LENGTH): string {
  return [...text]
    .slice(0, maxLength)
    .join('')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .replaceAll(/\S+@\S+/g, '…');
}

/** The origin of a URL, which is the only part of it that may be logged; undefined for a value without one. */
export function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { origin } = new URL(address);
  return origin === 'null' ? undefined : safeText(origin);
}
