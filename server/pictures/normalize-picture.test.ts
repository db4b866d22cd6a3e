import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { MAX_PICTURE_BYTES, normalizePicture } from './normalize-picture.ts';
import { PictureError, type PictureErrorCode } from './picture-error.ts';

/** Red on the left and blue on the right, so that a rotation shows. */
function twoColours(width = 300, height = 200): Sharp {
  const half = { create: { width: Math.ceil(width / 2), height, channels: 3 as const, background: 'red' } };
  return sharp({ create: { width, height, channels: 3, background: 'blue' } }).composite([
    { input: half, gravity: 'west' },
  ]);
}

const refused = (bytes: Buffer, code: PictureErrorCode) =>
  assert.rejects(
    normalizePicture('somebody', bytes, 'cover'),
    (error) => error instanceof PictureError && error.code === code,
  );

/** The pixel's colour, rounded to a corner of the colour cube; `none` when it is transparent. */
async function colourAt(bytes: Buffer, left: number, top: number): Promise<string> {
  const { data } = await sharp(bytes)
    .ensureAlpha()
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const [red = 0, green = 0, blue = 0, alpha = 0] = data;
  if (alpha < 128) return 'none';
  return [red, green, blue].map((channel) => (channel > 128 ? 1 : 0)).join('');
}
const [RED, BLUE] = ['100', '001'];

describe('a picture becomes a square WebP without anything else in it', () => {
  for (const format of ['jpeg', 'png', 'webp', 'gif', 'avif'] as const) {
    it(`from ${format}`, async () => {
      const picture = await normalizePicture('somebody', await twoColours().toFormat(format).toBuffer(), 'cover');
      assert.equal(picture.contentType, 'image/webp');
      const { format: made, width, height, exif, icc, xmp, iptc } = await sharp(picture.bytes).metadata();
      assert.deepEqual([made, width, height, exif, icc, xmp, iptc], ['webp', 512, 512, ...Array(4).fill(undefined)]);
      assert.deepEqual([await colourAt(picture.bytes, 20, 256), await colourAt(picture.bytes, 490, 256)], [RED, BLUE]);
    });
  }

  it('upright, and without the place where it was taken', async () => {
    const secret = 'Herengracht 1, Amsterdam';
    const exif = { IFD0: { Copyright: secret }, IFD3: { GPSLatitude: '52/1 22/1 0/1' } };
    const upright = await twoColours().png().toBuffer();
    const sideways = await sharp(upright).withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg().toBuffer();
    assert.ok(sideways.includes(secret));
    const { bytes } = await normalizePicture('somebody', sideways, 'cover');
    assert.ok(!bytes.includes(secret) && !bytes.includes('EXIF') && !bytes.includes('Exif'));
    // Rotated clockwise, the left side is on top.
    assert.deepEqual([await colourAt(bytes, 256, 20), await colourAt(bytes, 256, 490)], [RED, BLUE]);
  });

  it('whole, on a transparent background, when it is a logo', async () => {
    const { bytes } = await normalizePicture('somebody', await twoColours(400, 100).png().toBuffer(), 'contain');
    assert.deepEqual([await colourAt(bytes, 10, 256), await colourAt(bytes, 500, 256)], [RED, BLUE]);
    assert.equal(await colourAt(bytes, 256, 20), 'none');
  });

  it('from one pixel, and from a thousand times as wide as high', async () => {
    for (const [width, height] of [
      [1, 1],
      [3_000, 3],
    ] as const) {
      const { bytes } = await normalizePicture('somebody', await twoColours(width, height).png().toBuffer(), 'cover');
      assert.equal((await sharp(bytes).metadata()).width, 512);
    }
  });

  it('many at once, each with its own result', async () => {
    const sources = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 64, height: 64, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const broken = randomBytes(500);
    const outcomes = await Promise.allSettled(
      [...sources, broken, ...sources].map((it) => normalizePicture('somebody', it, 'cover')),
    );
    assert.deepEqual(
      await Promise.all(
        outcomes.map((it) => (it.status === 'fulfilled' ? colourAt(it.value.bytes, 256, 256) : 'refused')),
      ),
      [RED, BLUE, 'refused', RED, BLUE],
    );
  });
});

describe('an upload that is not a picture is refused', () => {
  const html = '<!doctype html><script>alert(document.domain)</script>';
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><script>alert(1)</script>' +
    '<image href="file:///etc/passwd"/></svg>';
  const rows: [what: string, bytes: Buffer | Promise<Buffer>][] = [
    ['nothing', Buffer.alloc(0)],
    ['noise', randomBytes(4_000)],
    ['a page', Buffer.from(html)],
    ['SVG', Buffer.from(svg)],
    [
      'SVG in XML',
      Buffer.from(`<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>${svg}`),
    ],
    ['a page that begins as a GIF', Buffer.from(`GIF89a=0;/*${html}*/`)],
    ['PDF', Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>')],
    ['PostScript', Buffer.from('%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n')],
    ['TIFF', twoColours().tiff().toBuffer()],
    ['an image that moves', moving()],
    ['half a JPEG', twoColours().jpeg().toBuffer().then(half)],
    ['half a PNG', twoColours().png().toBuffer().then(half)],
    ['half a WebP', twoColours().webp().toBuffer().then(half)],
    ['the header of a PNG and no more', headerOnly(64, 64)],
  ];
  for (const [what, bytes] of rows) it(what, async () => refused(await bytes, 'not_a_picture'));

  it('by a library without decoders for other formats', async () => {
    for (const source of [Buffer.from(svg), await twoColours().tiff().toBuffer()]) {
      await assert.rejects(sharp(source).metadata(), /unsupported image format/);
    }
  });

  it('with too many bytes, before it is decoded', async () => {
    await refused(Buffer.alloc(MAX_PICTURE_BYTES + 1), 'too_large');
    await refused(Buffer.alloc(MAX_PICTURE_BYTES), 'not_a_picture');
  });

  it('with too many pixels, whatever its size in bytes', async () => {
    await refused(headerOnly(50_000, 50_000), 'too_many_pixels');
    await refused(headerOnly(50_000_001, 1), 'too_many_pixels');
  });

  it('and HTML within a picture is dropped', async () => {
    for (const format of ['jpeg', 'png', 'gif'] as const) {
      const polyglot = Buffer.concat([await twoColours().toFormat(format).toBuffer(), Buffer.from(html)]);
      const { bytes } = await normalizePicture('somebody', polyglot, 'cover');
      assert.ok(!bytes.includes('script'));
      assert.equal(await colourAt(bytes, 20, 256), RED);
    }
  });
});

async function moving(): Promise<Buffer> {
  const frames = await Promise.all([twoColours().png().toBuffer(), twoColours().negate().png().toBuffer()]);
  return sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

/** A PNG that consists of a header with its size, and the end (PNG section 11.2). */
function headerOnly(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
