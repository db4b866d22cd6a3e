/** How many random sequences widget/one-end.browser-test.ts runs. */
const SEQUENCES = Number(process.env.SEQUENCES ?? 300);

/**
 * Serves `signup-with-platform.ts?scripted`: the same element, whose later part loads as `window.loadPart` decides, and can be unloaded. A
 * module that a browser has loaded is there at once for ever after, so a test could not make it late, or fail.
 *
 * @returns {import('@web/test-runner').TestRunnerPlugin}
 */
export function scriptedLoading() {
  return {
    name: 'scripted-loading',
    transform(context) {
      if (!context.url.includes('signup-with-platform.ts?scripted')) return undefined;
      const replaced = {
        [`import("./attempt/attempt.ts")`]: 'window.loadPart()',
        'let later;': 'let later; window.unloadPart = () => { later = undefined; };',
      };
      let { body } = context;
      for (const [text, other] of Object.entries(replaced)) {
        if (!body.includes(text)) throw new Error(`signup-with-platform.ts has no ${text} any more.`);
        body = body.replace(text, other);
      }
      return `window.sequences = ${SEQUENCES};\n${body}`;
    },
  };
}
