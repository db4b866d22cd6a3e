/**
 * Takes away what a page has put on `Object.prototype`, for an object whose absent members mean something: to a browser's own method, which
 * reads its options so, or to ours. attempt/ has its own, because a module that two chunks share becomes a third chunk.
 */
export function bare<Kind extends object>(object: Kind): Kind {
  return Object.setPrototypeOf(object, null);
}
