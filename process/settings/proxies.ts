import { isIP } from 'node:net';
import { SettingError } from './setting.ts';

/** Ranges that have a name. `private` is what people call the private networks of RFC 1918 and RFC 4193. */
const NAMES: Readonly<Record<string, string>> = {
  loopback: 'loopback',
  linklocal: 'linklocal',
  uniquelocal: 'uniquelocal',
  private: 'uniquelocal',
};
const NONE = new Set(['false', 'no', 'off', 'none', '0']);
const EVERYBODY = 'must name your proxies: whoever is trusted may send any X-Forwarded-For, and so pass for anybody';

/** The reverse proxies that are trusted. @returns undefined for none */
export function proxiesOf(text: string): readonly string[] | undefined {
  if (NONE.has(text.toLowerCase())) return undefined;
  if (/^(?:true|yes|on|all|\*|\d+)$/i.test(text)) throw new SettingError(EVERYBODY);
  const entries = text.split(/[\s,;]+/).filter(Boolean);
  return entries.length > 0 ? entries.map(rangeOf) : undefined;
}

function rangeOf(entry: string): string {
  const name = NAMES[entry.toLowerCase()];
  if (name) return name;
  const [, address = '', suffix] = /^([^/]*)(?:\/(.*))?$/.exec(entry.replace(/^\[(.*?)\]/, '$1')) ?? [];
  const version = isIP(address);
  if (version === 0 || address.includes('%'))
    throw new SettingError(`has an entry that is no address, no range and none of ${Object.keys(NAMES).join(', ')}`);
  if (suffix === undefined) return address;
  const prefix = version === 4 && isIP(suffix) === 4 ? prefixOfNetmask(suffix) : suffix;
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > (version === 4 ? 32 : 128))
    throw new SettingError(`has a range whose length is not from 0 to ${version === 4 ? 32 : 128}`);
  return `${address}/${Number(prefix)}`;
}

/** `255.255.0.0` as `16`; an empty string when its ones are not in front. */
function prefixOfNetmask(netmask: string): string {
  const bits = netmask
    .split('.')
    .map((byte) => Number(byte).toString(2).padStart(8, '0'))
    .join('');
  return /^1*0*$/.test(bits) ? String(bits.lastIndexOf('1') + 1) : '';
}
