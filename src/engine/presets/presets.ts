import { z } from 'zod';
import { type Preset, presetFileSchema, presetSchema } from '../../shared/contract/presets.ts';
import { PoolboardError } from '../../shared/errors.ts';
import { sentenceOf } from '../../shared/rpc.ts';
import type { Store } from '../store/store.ts';

/** Settings that are kept under a name. Names are unique, whatever their case. Lists are by name. */
export interface PresetsApi {
  list(): Promise<Preset[]>;
  /** Keeps a preset, in the place of one of the same name. */
  save(preset: Preset): Promise<Preset[]>;
  /** Throws `NO_SUCH_PRESET`, and `PRESET_EXISTS` where another one is called so. */
  rename(name: string, to: string): Promise<Preset[]>;
  delete(name: string): Promise<Preset[]>;
  /** The text of a file that shares them. Throws `NO_SUCH_PRESET`. */
  share(names: string[]): Promise<string>;
  /** Takes in what a file holds; names that are taken get a number. Throws `BAD_PRESET_FILE`. */
  import(file: string, text: string): Promise<{ presets: Preset[]; added: string[] }>;
}

const setting = 'presets';
const keptSchema = z.object({ version: z.literal(1), presets: z.array(presetSchema) });

const keyOf = (name: string): string => name.normalize().toLocaleLowerCase('en');
const byName = new Intl.Collator('en', { numeric: true });

/** Presets in the store's settings: all windows and programs of a data folder have the same. */
export class Presets implements PresetsApi {
  readonly #store: Store;
  readonly #onChange: (presets: Preset[]) => void;
  /** Changes are made one after the other, for each writes the whole list. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(store: Store, onChange: (presets: Preset[]) => void) {
    this.#store = store;
    this.#onChange = onChange;
  }

  async list(): Promise<Preset[]> {
    const text = await this.#store.readSetting(setting);
    const kept = keptSchema.safeParse(JSON.parse(text ?? 'null'));
    return kept.success ? kept.data.presets : [];
  }

  save(preset: Preset): Promise<Preset[]> {
    return this.#change((presets) => [...without(presets, preset.name), preset]);
  }

  rename(name: string, to: string): Promise<Preset[]> {
    return this.#change((presets) => {
      const preset = find(presets, name);
      const others = presets.filter((other) => other !== preset);
      if (others.some((other) => keyOf(other.name) === keyOf(to))) {
        throw new PoolboardError('PRESET_EXISTS', `There is a preset ${to} already: choose another name.`);
      }
      return [...others, { ...preset, name: to }];
    });
  }

  delete(name: string): Promise<Preset[]> {
    return this.#change((presets) => without(presets, name));
  }

  async share(names: string[]): Promise<string> {
    const known = await this.list();
    const presets = names.map((name) => find(known, name));
    return `${JSON.stringify({ poolboard: 'presets', version: 1, presets }, null, 2)}\n`;
  }

  async import(file: string, text: string): Promise<{ presets: Preset[]; added: string[] }> {
    const read = readFile(file, text);
    const added: string[] = [];
    const presets = await this.#change((known) => {
      const all = [...known];
      for (const preset of read) {
        // The very same one is there already: nothing is to be added.
        if (all.some((other) => JSON.stringify(other) === JSON.stringify(preset))) continue;
        const name = freeName(all, preset.name);
        all.push({ ...preset, name });
        added.push(name);
      }
      return all;
    });
    return { presets, added };
  }

  #change(change: (presets: Preset[]) => Preset[]): Promise<Preset[]> {
    const changed = this.#last.then(async () => {
      const presets = change(await this.list()).sort((a, b) => byName.compare(a.name, b.name));
      await this.#store.writeSetting(setting, JSON.stringify({ version: 1, presets }));
      this.#onChange(presets);
      return presets;
    });
    this.#last = changed.catch(() => {});
    return changed;
  }
}

const without = (presets: Preset[], name: string): Preset[] =>
  presets.filter((other) => keyOf(other.name) !== keyOf(name));

function find(presets: Preset[], name: string): Preset {
  const preset = presets.find((other) => keyOf(other.name) === keyOf(name));
  if (preset) return preset;
  throw new PoolboardError('NO_SUCH_PRESET', `There is no preset ${name}.`);
}

function freeName(presets: Preset[], name: string): string {
  const isTaken = (wanted: string) => presets.some((other) => keyOf(other.name) === keyOf(wanted));
  for (let number = 1; ; number++) {
    const ending = number === 1 ? '' : ` (${number})`;
    const wanted = `${name.slice(0, 100 - ending.length)}${ending}`;
    if (!isTaken(wanted)) return wanted;
  }
}

function readFile(file: string, text: string): Preset[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw badFile(file, 'it is not JSON');
  }
  if (typeof json !== 'object' || json === null || !('poolboard' in json)) {
    throw badFile(file, 'it is not a file of presets');
  }
  const parsed = presetFileSchema.safeParse(json);
  if (parsed.success) return parsed.data.presets;
  if ('version' in json && typeof json.version === 'number' && json.version > 1) {
    throw badFile(file, 'a newer Poolboard has written it');
  }
  throw badFile(file, sentenceOf(parsed.error).replace(/\.$/, ''));
}

function badFile(file: string, why: string): PoolboardError {
  return new PoolboardError(
    'BAD_PRESET_FILE',
    `${file} holds no presets that can be used: ${why}. Choose a file that Poolboard has saved.`,
  );
}
