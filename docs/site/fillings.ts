/**
 * What stands in the examples for what a reader has. The address of the platform is replaced by the server as it sends the page; the others by the
 * page's script, for somebody who is signed in and has an app.
 */
export const PLATFORM_PLACEHOLDER = 'https://platform.example';
const FILLINGS = {
  issuer: `${PLATFORM_PLACEHOLDER}/sandbox`,
  'client-id': 'YOUR_CLIENT_ID',
  origin: 'https://shop.example',
} as const;

/** The longer one first; none is part of a longer name, such as `https://shop.example.com`. */
const PATTERN = /(?:https:\/\/platform\.example\/sandbox|YOUR_CLIENT_ID|https:\/\/shop\.example)(?![\w.])/g;

/** Marks the placeholders in code that is already HTML. They contain nothing that HTML escapes. */
export function markFillings(code: string): string {
  const names = Object.entries(FILLINGS);
  return code.replaceAll(PATTERN, (text) => {
    const name = names.find(([, placeholder]) => placeholder === text)?.[0] ?? '';
    return `<span data-fill="${name}">${text}</span>`;
  });
}
