import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { Inspection } from '../../shared/contract.ts';
import type { TaskDefinition } from '../../shared/definition.ts';
import { PoolboardError } from '../../shared/errors.ts';

/** Text of a file that a person is shown, characters. */
const shownCharacters = 100_000;
const savedSchema = z.object({ version: z.literal(1), contents: z.array(z.string()) });

/**
 * Which task files may run from the window: those whose very content a person has seen and accepted once. A
 * file that was changed is another file. Built-ins are the program's own, and a command is what the person has
 * just typed.
 */
export class Trust {
  readonly #file: string;
  #accepted: Promise<Set<string>> | null = null;

  /** Remembers in `trusted.json` of the data folder. */
  constructor(dataDir: string) {
    this.#file = join(dataDir, 'trusted.json');
  }

  /** What a person is shown before the definition's code runs for the first time. Throws where it cannot be read. */
  async inspect(definition: TaskDefinition): Promise<Inspection> {
    if (!('file' in definition)) return { trusted: true, file: null, code: null, cut: false };
    const { file } = definition;
    const content = await read(file);
    const trusted = (await this.#load()).has(fingerprint(content));
    const code = shown(content);
    return { trusted, file, code, cut: content.toString('utf8').length > code.length };
  }

  /** The person has seen `code`, as {@link inspect} showed it. Throws `CHANGED` where the file is another by now. */
  async accept(file: string, code: string): Promise<void> {
    const content = await read(file);
    if (shown(content) !== code) {
      throw new PoolboardError('CHANGED', `${file} was changed meanwhile: look at it again.`);
    }
    await this.#remember(content);
  }

  /** Accepts files that are part of the program. */
  async acceptOwn(file: string): Promise<void> {
    await this.#remember(await read(file));
  }

  /** Throws `NOT_TRUSTED` where nobody has accepted the file that would run. */
  async check(definition: TaskDefinition): Promise<void> {
    const { trusted, file } = await this.inspect(definition);
    if (trusted) return;
    throw new PoolboardError('NOT_TRUSTED', `${file} has not run here before: look at it, then allow it.`);
  }

  async #remember(content: Buffer): Promise<void> {
    const accepted = await this.#load();
    if (accepted.has(fingerprint(content))) return;
    accepted.add(fingerprint(content));
    await mkdir(dirname(this.#file), { recursive: true });
    const temporary = `${this.#file}.${process.pid}.tmp`;
    await writeFile(temporary, JSON.stringify({ version: 1, contents: [...accepted] }));
    await rename(temporary, this.#file);
  }

  #load(): Promise<Set<string>> {
    this.#accepted ??= readSaved(this.#file);
    return this.#accepted;
  }
}

/** A list that is missing or broken is an empty one: the person is asked again. */
async function readSaved(file: string): Promise<Set<string>> {
  try {
    return new Set(savedSchema.parse(JSON.parse(await readFile(file, 'utf8'))).contents);
  } catch {
    return new Set();
  }
}

async function read(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`;
    throw new PoolboardError('TASK_FILE_MISSING', `${file}: ${why}.`, { cause, place: { file } });
  }
}

/** What a person sees of a file. */
const shown = (content: Buffer): string => content.toString('utf8').slice(0, shownCharacters);

const fingerprint = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
