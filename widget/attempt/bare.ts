/** The same as ../bare.ts, for this chunk. */
export function bare<Kind extends object>(object: Kind): Kind {
  return Object.setPrototypeOf(object, null);
}
