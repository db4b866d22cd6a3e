/** Makes a value when it is first needed, so that a start does not pay for what may never be. */
export function once<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
