import type { FastifyInstance } from 'fastify';
import type { Brand } from '#brand/brand.ts';
import { lightAccentOf, markFile } from '#pages/brand.ts';
import { drawMark } from './draw-mark.ts';
import { toIco } from './ico.ts';

const FOUND = 302;
const DAY = 'public, max-age=86400';
const ICON_SIZE = 48;
const TOUCH_ICON_SIZE = 180;

/**
 * Adds the icons that browsers look for without a link: for documents that have none, such as `/openapi.json`, and for a home screen. An
 * operator's logo is what pages link to, and what an icon leads to; our mark is drawn in the accent colour, on first use.
 */
export function addIcons(app: FastifyInstance, brand: Brand): void {
  const { logo } = brand;
  if (logo) {
    for (const path of ['/favicon.ico', '/favicon.svg', '/apple-touch-icon.png'])
      app.get(path, (_request, reply) => reply.header('cache-control', DAY).redirect(logo.path, FOUND));
    return;
  }
  const color = lightAccentOf(brand);
  const svg = markFile(color);
  const files: readonly [path: string, type: string, make: () => Promise<Buffer> | Buffer | string][] = [
    ['/favicon.svg', 'image/svg+xml', () => svg],
    ['/favicon.ico', 'image/vnd.microsoft.icon', async () => toIco(await drawMark(ICON_SIZE, color), ICON_SIZE)],
    ['/apple-touch-icon.png', 'image/png', () => drawMark(TOUCH_ICON_SIZE, color)],
  ];
  for (const [path, type, make] of files) {
    let made: Buffer | string | undefined;
    app.get(path, async (_request, reply) => {
      made ??= await make();
      return reply.header('cache-control', DAY).type(type).send(made);
    });
  }
}
