import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { writeExport } from '../engine/export/index.ts';
import type { ExportJob } from '../engine/host/connection.ts';
import { securityHeaders } from '../engine/host/security-headers.ts';
import type { ExportOutcome } from '../shared/contract.ts';

/** Exports that the window asked for and that the browser is about to fetch, each once. */
export interface Downloads {
  offer(job: ExportJob): ExportOutcome;
  /** Takes the job of an address out, or null where there is none (any more). */
  take(pathname: string): ExportJob | null;
}

/** Offers that the browser did not fetch in this time are forgotten. */
const keptMs = 60_000;

const contentTypes = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
} as const;

export function createDownloads(): Downloads {
  const offers = new Map<string, ExportJob>();
  return {
    offer(job) {
      const url = `/export/${randomBytes(18).toString('base64url')}`;
      offers.set(url, job);
      setTimeout(() => offers.delete(url), keptMs).unref();
      return { kind: 'download', url, name: job.name };
    },
    take(pathname) {
      const job = offers.get(pathname) ?? null;
      offers.delete(pathname);
      return job;
    },
  };
}

/** Streams an export as a file. Where it fails half way, the connection is cut so that the browser says so. */
export async function sendDownload(response: ServerResponse, job: ExportJob): Promise<void> {
  response.writeHead(200, {
    ...securityHeaders,
    'Content-Type': contentTypes[job.format],
    'Content-Disposition': contentDisposition(job.name),
    'Cache-Control': 'no-store',
  });
  try {
    await writeExport(job.rows(), job.format, response);
    response.end();
  } catch {
    response.destroy();
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
