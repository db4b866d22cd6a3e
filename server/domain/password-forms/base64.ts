/**
 * Reads base64 as it comes from other systems: with or without padding, of either alphabet, and passlib's, which has `.` for `+`.
 * @returns undefined when the text is something else
 */
export function fromBase64(text: string): Buffer | undefined {
  const plain = text.replace(/={0,2}$/, '');
  if (!/^[A-Za-z0-9+/._-]*$/.test(plain) || plain.length % 4 === 1) return undefined;
  return Buffer.from(plain.replaceAll('.', '+'), 'base64');
}

/** Reads a digest in base64, or in hexadecimal digits, which are told apart by their number. */
export function digestFrom(text: string, bytes: number): Buffer | undefined {
  const digest = /^[0-9a-f]+$/i.test(text) && text.length === 2 * bytes ? Buffer.from(text, 'hex') : fromBase64(text);
  return digest?.length === bytes ? digest : undefined;
}
