/** The first that fits: what runs on an iPhone says Mac too, and what runs on Android says Linux. */
const DEVICES: readonly [pattern: RegExp, name: string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bCrOS\b/, 'Chromebook'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac(intosh| OS)/, 'Mac'],
  [/\bLinux\b/, 'Linux'],
];

/** What the owner of a new passkey may want to call it: the device, by a name that is the same in every language. */
export function suggestedName(userAgent: string | undefined, otherwise: string): string {
  return DEVICES.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? otherwise;
}
