import { expect, test } from 'vitest';
import { isDownloadOf, isTemporaryName } from './temporary-names.ts';

test.each([
  'film.mp4.crdownload',
  'Unconfirmed 38211.crdownload',
  'archive.zip.part',
  'archive.Xa81zQ.zip.part',
  'song.m4a.download',
  'data.csv.filepart',
  'disc.iso.aria2',
  'talk.temp.mp4',
  'talk.mp4.part-Frag12',
  '.photo.jpg.Xa81zQ',
  '.~tmp~',
  '~$report.docx',
  '.~lock.report.odt#',
  'notes.txt~',
  '.notes.txt.swp',
  '.goutputstream-1Z2Y3X',
  '.image.png.4711-1.poolboard',
])('%s is no file yet', (name) => expect(isTemporaryName(name)).toBe(true));

test.each([
  'photo.jpg',
  'part.csv',
  'download',
  'tmp.txt',
  'Cargo.lock',
  '.hidden',
  '.config.json',
  'a.temperature',
])('%s is a file like any other', (name) => expect(isTemporaryName(name)).toBe(false));

test('a download lies beside the place that it will take', () => {
  expect(isDownloadOf('archive.Xa81zQ.zip.part', 'archive.zip')).toBe(true);
  expect(isDownloadOf('archive.zip.part', 'archive.zip')).toBe(true);
  expect(isDownloadOf('other.zip.part', 'archive.zip')).toBe(false);
  expect(isDownloadOf('archive.zip.tmp', 'archive.zip')).toBe(false);
});
