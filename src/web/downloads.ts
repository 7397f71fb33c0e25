import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ExportJob } from '../engine/host/connection.ts';
import { securityHeaders } from '../engine/host/security-headers.ts';
import type { ExportOutcome } from '../shared/contract.ts';

/** Exports that the window asked for and that the browser is about to fetch, each once. */
export interface Downloads {
  /** Writes the export to the end: what the browser then fetches is whole. */
  offer(job: ExportJob): Promise<ExportOutcome>;
  /** Takes the download of an address out, or null where there is none (any more). */
  take(pathname: string): Download | null;
  /** Removes what was not fetched, or is still being sent. */
  close(): Promise<void>;
}

export interface Download {
  file: string;
  name: string;
  format: ExportJob['format'];
}

/** Offers that the browser did not fetch in this time are removed. */
const keptMs = 60_000;
/** What is older was left by a program that was killed. */
const leftMs = 24 * 3_600_000;

const contentTypes: Record<ExportJob['format'], string> = {
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  html: 'text/html; charset=utf-8',
};

/** @param dataDir exports are written below it before they are fetched. */
export function createDownloads(dataDir: string): Downloads {
  const folder = join(dataDir, 'exports');
  const offers = new Map<string, Download>();
  /** Those that the browser has begun to fetch. */
  const taken = new Set<string>();
  void removeLeft(folder);
  return {
    async offer(job) {
      const key = randomBytes(18).toString('base64url');
      const { name, format } = job;
      const download = { file: join(folder, `${key}.${format}`), name, format };
      await mkdir(folder, { recursive: true });
      await job.toFile(download.file);
      const url = `/export/${key}`;
      offers.set(url, download);
      setTimeout(() => {
        if (offers.delete(url)) void rm(download.file, { force: true });
      }, keptMs).unref();
      return { kind: 'download', url, name };
    },
    take(pathname) {
      const download = offers.get(pathname) ?? null;
      offers.delete(pathname);
      if (download) taken.add(download.file);
      return download;
    },
    async close() {
      const left = [...[...offers.values()].map(({ file }) => file), ...taken];
      offers.clear();
      await Promise.all(left.map((file) => rm(file, { force: true })));
    },
  };
}

/** Other programs may have exports of theirs in the folder. */
async function removeLeft(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found && Date.now() - found.mtimeMs > leftMs) await rm(file, { force: true }).catch(() => {});
  }
}

/** Sends an export as a file to save, and removes it. */
export async function sendDownload(
  response: ServerResponse,
  { file, name, format }: Download,
): Promise<void> {
  try {
    const { size } = await stat(file);
    response.writeHead(200, {
      ...securityHeaders,
      'Content-Type': contentTypes[format],
      'Content-Disposition': contentDisposition(name),
      'Content-Length': size,
      'Cache-Control': 'no-store',
    });
    await pipeline(createReadStream(file), response);
  } catch {
    // Cut, so that the browser says that it is not whole.
    response.destroy();
  } finally {
    await rm(file, { force: true }).catch(() => {});
  }
}

/** A file name for a browser to save under: in ASCII for old ones, exact for all others (RFC 6266, RFC 5987). */
export function contentDisposition(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\%]/g, '_');
  const exact = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${exact}`;
}
