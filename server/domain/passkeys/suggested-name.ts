/** The first match counts, because an iPhone's user agent contains "Mac" too, and Android's contains "Linux". */
const DEVICES: readonly [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(intosh| OS)/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** Suggests a name for a new passkey: the device, by a name that is the same in every language. */
export function suggestedName(userAgent: string | undefined, otherwise: string): string {
  return DEVICES.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? otherwise;
}
