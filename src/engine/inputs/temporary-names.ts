/**
 * Names that programs give to files which are not complete yet, or never meant for others: downloads of browsers
 * and downloaders, copies of rsync and file managers, locks and backups of editors and office programs.
 */
const suffixes =
  /(\.(crdownload|part|partial|download|opdownload|filepart|tmp|temp|aria2|ytdl|swp|swx|!ut|!qb|bc!)|~|\.part-[^.]*|\.temp\.\w+)$/i;
const prefixes = /^(~\$|\.~|~syncthing~|\.syncthing\.|\.goutputstream-|\.#|#.*#$|\.nfs[0-9a-f]{8})/;
/** rsync: `.name.Xa81zQ`, in the folder of its goal or in `.~tmp~`. */
const ofRsync = /^\..+\.[A-Za-z0-9]{6}$/;
/** Poolboard's own built-ins. */
const own = /^\..+\.poolboard$/;

/** Whether a file of this name (the last part of its path) is passed over by a watched folder. */
export const isTemporaryName = (name: string): boolean =>
  suffixes.test(name) || prefixes.test(name) || ofRsync.test(name) || own.test(name);

/** Whether this temporary name is one of a download that will take the place of a file of that name. */
export function isDownloadOf(temporary: string, name: string): boolean {
  // Firefox puts an empty file at the place, and beside it `name.Xa81zQ.zip.part`.
  const stem = name.replace(/\.[^.]*$/, '');
  return /\.(part|crdownload|aria2)$/i.test(temporary) && temporary.startsWith(stem);
}
