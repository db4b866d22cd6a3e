import { compile } from 'svelte/compiler';
import { build } from 'vite';

/**
 * Puts a page's script and the libraries that it imports together, as a shop's own build does.
 *
 * @param script a module
 * @param component the source of the Svelte component that it imports as `component.svelte`
 */
export async function bundle(script: string, component = ''): Promise<string> {
  const sources: Readonly<Record<string, () => string>> = {
    'page.js': () => script,
    'component.svelte': () => compile(component, { filename: 'component.svelte', generate: 'client' }).js.code,
  };
  const output = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [
      {
        name: 'sources',
        enforce: 'pre',
        resolveId: (id) => (Object.hasOwn(sources, id) ? `${import.meta.dirname}/${id}.js` : undefined),
        load: (id) => sources[id.slice(import.meta.dirname.length + 1, -'.js'.length)]?.(),
      },
    ],
    build: { write: false, minify: false, modulePreload: false, rolldownOptions: { input: 'page.js' } },
  });
  const [
    {
      output: [chunk],
    } = { output: [] },
  ] = [output].flat().flatMap((one) => ('output' in one ? one : []));
  if (!chunk) throw new Error('nothing was built');
  return chunk.code;
}
