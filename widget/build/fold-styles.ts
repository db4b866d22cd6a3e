import { pathToFileURL } from 'node:url';
import type { Plugin } from 'vite';

/**
 * Evaluates `*.styles.ts` at build time, and leaves one string of compact CSS: pages need not carry the white space, nor the
 * code that puts design tokens together.
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
 * Takes comments and needless white space out of CSS. Deliberately modest: it knows nothing of strings that contain comments or
 * braces, and keeps the spaces around `+` and `-`, on which `calc()` depends.
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
