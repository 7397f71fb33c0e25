import { posix } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { Parser } from 'htmlparser2';
import { type Entry, openPromise, type ZipFile } from 'yauzl';

/** What is told of an XML part while it is read. Names of elements come without their prefix. */
export interface XmlHandlers {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** The parts of a workbook: a ZIP file of XML files that name one another. */
export class XlsxPackage {
  private readonly zip: ZipFile;
  private readonly entries: Map<string, Entry>;

  private constructor(zip: ZipFile, entries: Map<string, Entry>) {
    this.zip = zip;
    this.entries = entries;
  }

  /** Throws the ZIP library's error where the file is none. */
  static async open(path: string): Promise<XlsxPackage> {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    const entries = new Map<string, Entry>();
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
    return new XlsxPackage(zip, entries);
  }

  close(): void {
    this.zip.close();
  }

  has(part: string): boolean {
    return this.entries.has(part.toLowerCase());
  }

  /** Reads a part piece by piece; after each, what the handlers made of it can be taken. */
  async *read(part: string, handlers: XmlHandlers): AsyncGenerator<void> {
    const entry = this.entries.get(part.toLowerCase());
    if (!entry) throw new Error(`it has no part ${part}`);
    const decoder = new StringDecoder('utf8');
    const parser = new Parser(
      {
        onopentag: (name, attributes) => handlers.open?.(withoutPrefix(name), attributes),
        ontext: (text) => handlers.text?.(text),
        onclosetag: (name) => handlers.close?.(withoutPrefix(name)),
      },
      { xmlMode: true },
    );
    const stream = await this.zip.openReadStreamPromise(entry);
    try {
      for await (const chunk of stream) {
        parser.write(decoder.write(chunk as Buffer));
        yield;
      }
      parser.end(decoder.end());
      yield;
    } finally {
      stream.destroy();
    }
  }

  /** Reads a small part as a whole. */
  async readAll(part: string, handlers: XmlHandlers): Promise<void> {
    for await (const _ of this.read(part, handlers));
  }

  /** What a part refers to: the parts by the ids that stand for them, with their kinds. */
  async relations(part: string): Promise<Map<string, { kind: string; part: string }>> {
    const folder = posix.dirname(part);
    const relations = new Map<string, { kind: string; part: string }>();
    const source = posix.join(folder, '_rels', `${posix.basename(part)}.rels`);
    if (!this.has(source)) return relations;
    await this.readAll(source, {
      open(name, { Id, Type, Target }) {
        if (name !== 'Relationship' || !Id || !Type || !Target) return;
        const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
        relations.set(Id, { kind: Type.slice(Type.lastIndexOf('/') + 1), part: target });
      },
    });
    return relations;
  }
}

const withoutPrefix = (name: string) => name.slice(name.indexOf(':') + 1);
