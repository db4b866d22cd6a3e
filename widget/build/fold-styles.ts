import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Evaluates `*.styles.ts` at build time, and replaces it with one string of compact CSS, so that pages load neither the white space nor
 * the code that combines design tokens.
 */
export function foldStyles(): Plugin {
  return {
    name: 'fold-styles',
    async load(id) {
      if (!id.endsWith('.styles.ts')) return null;
      const { styles } = (await import(pathToFileURL(id).href)) as { styles: string | { cssText: string } };
      const literal = JSON.stringify(compactCss(typeof styles === 'string' ? styles : styles.cssText));
      const code =
        typeof styles === 'string'
          ? `export const styles = ${literal};`
          : `import { unsafeCSS } from 'lit';\nexport const styles = unsafeCSS(${literal});`;
      return { code, moduleType: 'js', map: { mappings: '' } };
    },
  };
}

/**
 * Removes comments and needless white space from CSS. It is deliberately simple: it does not support strings that contain comments or
 * braces, and it keeps the spaces around `+` and `-`, because `calc()` needs them.
 */
export function compactCss(css: string): string {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}')
    .replace(/([:,( ])0\./g, '$1.')
    .replace(/#([\da-f])\1([\da-f])\2([\da-f])\3\b/g, '#$1$2$3')
    .replace(/(\[[\w-]+=)'([a-z]+)'\]/g, '$1$2]')
    .trim();
}
