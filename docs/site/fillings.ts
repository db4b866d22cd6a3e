/**
 * What stands in the examples for what a reader has. The address of the platform is replaced by the server as it sends the page; the others by the
 * page's script, for somebody who is signed in and has an app.
 */
export const PLATFORM_PLACEHOLDER = 'https://platform.example';
export const SANDBOX_ISSUER = `${PLATFORM_PLACEHOLDER}/sandbox`;
const CLIENT_ID = 'YOUR_CLIENT_ID';
const ENVIRONMENT = 'YOUR_ENVIRONMENT';
const ORIGIN = 'https://shop.example';

/** The longest first; none of them is part of a longer name, such as `https://shop.example.com`. */
const PATTERN =
  /(?:https:\/\/platform\.example\/sandbox|https:\/\/platform\.example(?!\/account)|YOUR_CLIENT_ID|YOUR_ENVIRONMENT|https:\/\/shop\.example)(?![\w.])/g;

/**
 * Marks the placeholders in code that is already HTML. They contain nothing that HTML escapes.
 * @param issuer what stands for the issuer
 */
export function markFillings(code: string, issuer: string): string {
  const names: Readonly<Record<string, string>> = {
    [issuer]: 'issuer',
    [CLIENT_ID]: 'client-id',
    [ENVIRONMENT]: 'environment',
    [ORIGIN]: 'origin',
  };
  return code.replaceAll(PATTERN, (text) => {
    const name = names[text];
    return name === undefined ? text : `<span data-fill="${name}">${text}</span>`;
  });
}
