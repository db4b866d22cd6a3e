/**
 * Takes away what a page has put on `Object.prototype`, for an object whose absent members mean something: to a browser's own method, which
 * reads its options so, or to ours.
 */
export function bare<Kind extends object>(object: Kind): Kind {
  return Object.setPrototypeOf(object, null);
}
