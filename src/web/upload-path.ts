import { PoolboardError } from '../shared/errors.ts';

/** Where an upload goes: the folder of its drop, and the names below that. */
export interface UploadPath {
  drop: string;
  /** At least one; none can leave the drop's folder. */
  names: string[];
}

const dropId = /^[A-Za-z0-9-]{8,64}$/;
const maxNameBytes = 255;
const maxPathBytes = 3000;
const reservedOnWindows = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

export const isDropId = (text: string): boolean => dropId.test(text);

/**
 * Reads `/upload/<drop-id>/<name>/<name>…`, with each part percent-encoded.
 * Throws `BAD_UPLOAD` where a part is not a plain name of a file or a folder on this platform.
 */
export function parseUploadPath(pathname: string, platform: NodeJS.Platform = process.platform): UploadPath {
  const [root, drop = '', ...parts] = pathname.slice(1).split('/');
  if (root !== 'upload' || !isDropId(drop)) {
    throw bad('An upload goes to /upload/<drop>/<path>; a drop is 8 to 64 letters, digits and hyphens.');
  }
  if (parts.length === 0) throw bad('The upload has no file name.');
  const names = parts.map((part) => decodeName(part, platform));
  if (Buffer.byteLength(names.join('/')) > maxPathBytes) {
    throw bad(`The path of the upload is longer than ${maxPathBytes} bytes.`);
  }
  return { drop, names };
}

function decodeName(part: string, platform: NodeJS.Platform): string {
  let name: string;
  try {
    name = decodeURIComponent(part);
  } catch (cause) {
    throw bad(`"${part}" is not a percent-encoded name.`, cause);
  }
  const shown = JSON.stringify(name.slice(0, 100));
  if (name === '' || name === '.' || name === '..' || name.includes('/') || name.includes('\0')) {
    throw bad(`${shown} is not a name of a file or a folder.`);
  }
  if (Buffer.byteLength(name) > maxNameBytes)
    throw bad(`The name ${shown}… is longer than ${maxNameBytes} bytes.`);
  if (platform === 'win32' && !isWindowsName(name)) throw bad(`Windows takes no file of the name ${shown}.`);
  return name;
}

const isWindowsName = (name: string): boolean =>
  !/[<>:"\\|?*\p{Cc}]/u.test(name) && !/[. ]$/.test(name) && !reservedOnWindows.test(name);

const bad = (sentence: string, cause?: unknown) => new PoolboardError('BAD_UPLOAD', sentence, { cause });
