import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadBuiltin } from './index.ts';
import { makeFolder, runBuiltin } from './test-run.ts';

/** A picture, red on its left half and transparent on its right. */
const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } }).composite([
    {
      input: {
        create: {
          width: Math.floor(width / 2),
          height,
          channels: 4,
          background: { r: 255, g: 0, b: 0, alpha: 1 },
        },
      },
      left: 0,
      top: 0,
    },
  ]);

async function makePicture(name = 'a.png', width = 64, height = 32) {
  const folder = makeFolder();
  const path = join(folder, name);
  await picture(width, height).toFile(path);
  return { folder, path };
}

describe('image-resize', () => {
  it('makes pictures as small as asked for, and keeps their shape', async () => {
    const { folder, path } = await makePicture();
    const value = await runBuiltin('image-resize', path, { width: 16 });
    expect(value).toMatchObject({
      output: join(folder, 'a-resized.png'),
      width: 16,
      height: 8,
      format: 'png',
    });
    expect(await sharp(join(folder, 'a-resized.png')).metadata()).toMatchObject({ width: 16, height: 8 });
    expect(
      await runBuiltin('image-resize', path, { width: 10, height: 10, fit: 'cover', name: 'c.png' }),
    ).toMatchObject({
      width: 10,
      height: 10,
    });
  });

  it('enlarges only where that is asked for', async () => {
    const { path } = await makePicture();
    expect(await runBuiltin('image-resize', path, { width: 128 })).toMatchObject({ width: 64 });
    expect(
      await runBuiltin('image-resize', path, { width: 128, enlarge: true, name: 'l.png' }),
    ).toMatchObject({ width: 128 });
  });

  it.each([
    ['jpeg', 'a.jpg', 'jpeg'],
    ['png', 'a.png', 'png'],
    ['webp', 'a.webp', 'webp'],
    ['avif', 'a.avif', 'heif'],
  ])('converts to %s', async (format, name, kind) => {
    const { folder, path } = await makePicture();
    const out = join(folder, 'out');
    expect(await runBuiltin('image-resize', path, { format, out })).toMatchObject({
      output: join(out, name),
      format,
    });
    expect((await sharp(join(out, name)).metadata()).format).toBe(kind);
    expect(readdirSync(out)).toEqual([name]);
  });

  it('puts transparent pictures on white where the format knows no transparency', async () => {
    const { folder, path } = await makePicture();
    await runBuiltin('image-resize', path, { format: 'jpeg' });
    const { data, info } = await sharp(join(folder, 'a-resized.jpg'))
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data.subarray(data.length - info.channels)]).toEqual([255, 255, 255]);
  });

  it('turns pictures upright and leaves their metadata out, or keeps it', async () => {
    const folder = makeFolder();
    const path = join(folder, 'photo.JPG');
    const exif = { IFD0: { Copyright: 'someone' } };
    writeFileSync(
      path,
      await picture(64, 32).flatten().withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    );
    expect(await runBuiltin('image-resize', path)).toMatchObject({
      output: join(folder, 'photo-resized.JPG'),
      width: 32,
      height: 64,
    });
    const plain = await sharp(join(folder, 'photo-resized.JPG')).metadata();
    expect([plain.exif, plain.orientation ?? 1]).toEqual([undefined, 1]);
    await runBuiltin('image-resize', path, { keepMetadata: true, name: 'kept.jpg' });
    expect((await sharp(join(folder, 'kept.jpg')).metadata()).exif).toBeDefined();
  });

  it('keeps the frames of an animation', async () => {
    const folder = makeFolder();
    const path = join(folder, 'a.gif');
    const frames = await Promise.all(
      [10, 20, 30].map((shade) =>
        sharp({ create: { width: 8, height: 8, channels: 3, background: { r: shade * 8, g: 0, b: shade } } })
          .png()
          .toBuffer(),
      ),
    );
    await sharp(frames, { join: { animated: true } })
      .gif()
      .toFile(path);
    expect(await runBuiltin('image-resize', path, { width: 4 })).toMatchObject({
      width: 4,
      height: 4,
      format: 'gif',
    });
    expect((await sharp(join(folder, 'a-resized.gif')).metadata()).pages).toBe(3);
  });

  it('says what is wrong with a picture, and leaves nothing behind', async () => {
    const { folder, path } = await makePicture();
    writeFileSync(join(folder, 'text.png'), 'no picture');
    const { size } = await sharp(path)
      .toBuffer({ resolveWithObject: true })
      .then(({ info }) => info);
    writeFileSync(join(folder, 'cut.png'), (await sharp(path).png().toBuffer()).subarray(0, size / 2));
    for (const [name, format] of [
      ['text.png', 'same'],
      ['text.png', 'webp'],
      ['cut.png', 'jpeg'],
    ] as const) {
      await expect(runBuiltin('image-resize', join(folder, name), { format })).rejects.toMatchObject({
        code: 'BAD_IMAGE',
        message: expect.stringContaining(`${name} is no picture that can be read (`),
      });
    }
    expect(readdirSync(folder).sort()).toEqual(['a.png', 'cut.png', 'text.png']);
  });

  it('is told of a wrong name before the first picture', async () => {
    await expect(loadBuiltin('image-resize', { name: '{%}.png' })).rejects.toMatchObject({
      code: 'BAD_PARAM',
    });
  });
});
