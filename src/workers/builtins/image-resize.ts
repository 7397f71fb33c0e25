import { extname } from 'node:path';
import type { FitEnum, Sharp } from 'sharp';
import { PoolboardError } from '../../shared/errors.ts';
import type { ParamValue } from '../../shared/params.ts';
import type { TaskContext } from '../runner.ts';
import { readUnchanged } from './file-change.ts';
import { pathInput } from './input.ts';
import type { BuiltinMaker } from './maker.ts';
import { outputWriter, type WriteOutput } from './output.ts';

type Format = 'jpeg' | 'png' | 'webp' | 'avif' | 'gif' | 'tiff';

/** Kinds of pictures that can be written, by the name that sharp has for the kind of the input. */
const sameFormat: Record<string, Format> = {
  jpeg: 'jpeg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  tiff: 'tiff',
  // Drawings have no pixels of their own.
  svg: 'png',
};
const endings: Record<Format, string[]> = {
  jpeg: ['.jpg', '.jpeg', '.jpe'],
  png: ['.png'],
  webp: ['.webp'],
  avif: ['.avif'],
  gif: ['.gif'],
  tiff: ['.tif', '.tiff'],
};

/** Gives the output's path, and its width, height, format and bytes. */
export const imageResize: BuiltinMaker = async (params) => {
  const { default: sharp } = await import('sharp');
  // The pool uses the cores already; threads of each picture would only wait for one another.
  sharp.concurrency(1);
  const format = String(params.format);
  const writers = new Map<string, WriteOutput>();
  const writerFor = (ending: string): WriteOutput => {
    const known =
      writers.get(ending) ?? outputWriter(params, params.out ? `{/.}${ending}` : `{/.}-resized${ending}`);
    writers.set(ending, known);
    return known;
  };
  // A name that cannot be is said before the first picture.
  writerFor('.jpg');

  return (input, context) => {
    const path = pathInput('image-resize', input);
    return readUnchanged(path, () => resize(path, context));
  };

  async function resize(path: string, context: TaskContext): Promise<unknown> {
    const kind = format === 'same' ? await kindOf(path, sharp(path)) : (format as Format);
    const own = extname(path);
    const ending = endings[kind].includes(own.toLowerCase()) ? own : endings[kind][0]!;
    return writerFor(ending)(path, context, async (temporary) => {
      const animated = kind === 'gif' || kind === 'webp';
      const picture = encode(shape(sharp(path, { animated }), params), kind, params);
      const { width, height, pageHeight, size } = await picture.toFile(temporary).catch(refuse(path));
      return { width, height: pageHeight ?? height, format: kind, bytes: size };
    });
  }
};

async function kindOf(path: string, picture: Sharp): Promise<Format> {
  const { format, compression } = await picture.metadata().catch(refuse(path));
  const kind = sameFormat[format === 'heif' && compression === 'av1' ? 'avif' : format];
  if (kind) return kind;
  throw new PoolboardError(
    'BAD_PARAM',
    `${path} is of the kind ${format}, which cannot be written: choose a format.`,
  );
}

function shape(picture: Sharp, params: Readonly<Record<string, ParamValue>>): Sharp {
  const { width, height, fit, enlarge, keepMetadata } = params;
  // Without its metadata a picture that the camera has turned would lie on its side.
  const upright = picture.autoOrient();
  if (keepMetadata) upright.keepMetadata();
  if (width === undefined && height === undefined) return upright;
  return upright.resize({
    width: width as number | undefined,
    height: height as number | undefined,
    fit: fit as keyof FitEnum,
    withoutEnlargement: !enlarge,
  });
}

function encode(picture: Sharp, kind: Format, params: Readonly<Record<string, ParamValue>>): Sharp {
  const quality = Number(params.quality);
  switch (kind) {
    case 'jpeg':
      // JPEG knows no transparency, and black is no paper.
      return picture.flatten({ background: 'white' }).jpeg({ quality, mozjpeg: false });
    case 'webp':
      return picture.webp({ quality });
    case 'avif':
      return picture.avif({ quality });
    default:
      return picture.toFormat(kind);
  }
}

function refuse(path: string): (error: Error) => never {
  return (error) => {
    const reason = error.message.split('\n')[0];
    throw new PoolboardError('BAD_IMAGE', `${path} is no picture that can be read (${reason}).`, {
      cause: error,
    });
  };
}
