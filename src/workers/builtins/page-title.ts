import { Parser } from 'htmlparser2';

/** A title is looked for in this much of a page. */
export const titleBytes = 256 * 1024;

/**
 * The title of an HTML page, with its entities decoded and runs of spaces made one; null where it has none.
 * The character set is told by the byte order mark, the `Content-Type` header, the page's own `meta`; else UTF-8.
 */
export function pageTitle(page: Buffer, contentType: string | null): string | null {
  if (contentType && !/html|xml/i.test(contentType)) return null;
  const html = decode(page.subarray(0, titleBytes), contentType);
  let title: string | null = null;
  let depthInSvg = 0;
  let isOpen = false;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (name === 'svg') depthInSvg += 1;
        if (name !== 'title' || depthInSvg > 0 || title !== null) return;
        title = '';
        isOpen = true;
      },
      ontext(text) {
        if (isOpen) title += text;
      },
      onclosetag(name) {
        if (name === 'svg') depthInSvg -= 1;
        if (name === 'title') isOpen = false;
      },
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return title === null ? null : (title as string).replace(/\s+/g, ' ').trim();
}

function decode(page: Buffer, contentType: string | null): string {
  const head = page.subarray(0, 2048).toString('latin1');
  const named =
    markOf(page) ??
    /charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ??
    /<meta[^>]+charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
  try {
    return new TextDecoder(named ?? 'utf-8').decode(page);
  } catch {
    return new TextDecoder().decode(page);
  }
}

function markOf(page: Buffer): string | undefined {
  if (page[0] === 0xfe && page[1] === 0xff) return 'utf-16be';
  if (page[0] === 0xff && page[1] === 0xfe) return 'utf-16le';
  return page.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 'utf-8' : undefined;
}
