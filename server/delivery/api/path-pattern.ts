/** What the path of a route matches, such as `/users/:id`: a parameter is anything without a slash. */
export function pathPattern(path: string): RegExp {
  return new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`);
}
