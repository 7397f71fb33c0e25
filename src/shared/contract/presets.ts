import { z } from 'zod';
import { batchOptionsSchema } from '../batch.ts';
import { definitionSchema, paramsSchema } from '../definition.ts';
import { call, callWithout, event } from '../rpc.ts';

const name = z.string().trim().min(1).max(100);

/** A definition with its parameters and options, without inputs. */
export const presetContentSchema = z.object({
  definition: definitionSchema,
  params: paramsSchema.default({}),
  options: batchOptionsSchema.prefault({}),
});

export const presetSchema = presetContentSchema.extend({ name });
export type Preset = z.infer<typeof presetSchema>;

/** What a file holds that shares presets; its name ends in `.poolboard.json`. */
export const presetFileSchema = z.object({
  poolboard: z.literal('presets'),
  version: z.literal(1),
  presets: z.array(presetSchema).min(1).max(1000),
});

export const presetFileEnding = '.poolboard.json';
export const isPresetFile = (path: string): boolean => path.toLowerCase().endsWith(presetFileEnding);

/** Settings that are kept under a name. Names are unique, whatever their case. */
export const presets = {
  /** By name. */
  list: callWithout<Preset[]>(),
  /** Keeps a preset, in the place of one of the same name where there is one. */
  save: call<Preset[]>()(presetSchema),
  /** Throws `PRESET_EXISTS` where the new name is taken. */
  rename: call<Preset[]>()(z.object({ name, to: name })),
  delete: call<Preset[]>()(z.object({ name })),
  /** The text of a file that shares them. */
  share: call<string>()(z.object({ names: z.array(name).min(1).max(1000) })),
  /**
   * Takes in what a file holds; a preset whose name is taken gets a number behind it. Throws `BAD_PRESET_FILE`.
   * @param file its name, for the sentence that says what is wrong with it.
   */
  import: call<{ presets: Preset[]; added: string[] }>()(
    z.object({ file: z.string().max(4096), text: z.string().max(5_000_000) }),
  ),
  changed: event<Preset[]>(),
};
