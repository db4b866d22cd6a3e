const MAX_LENGTH = 300;

/** A text that may repeat what a request held, fit to be logged or shown: bounded, on one line, in its own direction, without an email address. */
export function safeText(text: string, maxLength = MAX_LENGTH): string {
  return [...text]
    .slice(0, maxLength)
    .join('')
    .replaceAll(/[\p{Cc}\p{Bidi_Control}]+/gu, ' ')
    .replaceAll(/\S+/g, (word) => (/.@./u.test(word) ? '…' : word));
}

/** What a developer's own request may hold, and a sentence for somebody else to read may not: a word such as a field's name. */
const WORD = /^[a-z_]{1,30}$/i;

/**
 * A hint for the log of an app, like {@link safeText}. Anybody can send a request in an app's name, so of what was sent only single words
 * are repeated: its log must not show its members a stranger's sentences, addresses or numbers.
 * @param sent the parameters of the request, by name
 */
export function hintOf(text: string, sent: unknown): string {
  const values = Object.values(typeof sent === 'object' && sent !== null ? sent : {})
    .filter((value) => typeof value === 'string')
    .flatMap((value) => [value, ...value.split(/[\s,]+/)])
    .filter((value) => value !== '' && !WORD.test(value))
    .sort((one, other) => other.length - one.length);
  return safeText(values.reduce((hint, value) => hint.replaceAll(value, '…'), text));
}

/** The origin of a URL, which is the only part of it that may be logged; undefined for a value without one. */
export function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { origin } = new URL(address);
  return origin === 'null' ? undefined : safeText(origin);
}
