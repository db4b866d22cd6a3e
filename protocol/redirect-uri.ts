/** Whether a redirect URI leads to a native app that nobody else can imitate: to a host that is the vendor's (RFC 8252 section 7.2). */
export function isClaimed(uri: string): boolean {
  return uri.startsWith('https://');
}

/** Whether a registered redirect URI has a scheme that a native app has given itself (RFC 8252 section 7.1). */
export function isPrivateUse(uri: string): boolean {
  return !/^https?:/i.test(uri);
}
