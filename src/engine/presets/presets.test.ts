import { beforeEach, expect, test } from 'vitest';
import { type Preset, presetSchema } from '../../shared/contract/presets.ts';
import { newStore } from '../store/test-store.ts';
import { Presets } from './presets.ts';

let presets: Presets;
let told: Preset[][];
beforeEach(async () => {
  told = [];
  presets = new Presets(await newStore(), (changed) => told.push(changed));
});

const preset = (name: string, task = 'hash'): Preset =>
  presetSchema.parse({ name, definition: { kind: 'builtin', name: task }, options: { retries: 2 } });
const names = (list: Preset[]) => list.map(({ name }) => name);

test('presets are kept by name, whatever the case, and told of', async () => {
  await presets.save(preset('photo 10'));
  await presets.save(preset('Photo 2'));
  expect(names(await presets.save(preset('PHOTO 2', 'resize')))).toEqual(['PHOTO 2', 'photo 10']);
  expect((await presets.list())[0]).toMatchObject({
    definition: { name: 'resize' },
    options: { retries: 2 },
  });
  expect(names(await presets.delete('photo 10'))).toEqual(['PHOTO 2']);
  expect(told).toHaveLength(4);
});

test('a preset is not renamed to what another one is called', async () => {
  await presets.save(preset('a'));
  await presets.save(preset('b'));
  await expect(presets.rename('a', 'B')).rejects.toMatchObject({ code: 'PRESET_EXISTS' });
  await expect(presets.rename('c', 'd')).rejects.toMatchObject({ code: 'NO_SUCH_PRESET' });
  expect(names(await presets.rename('a', 'A'))).toEqual(['A', 'b']);
});

test('what is shared can be taken in elsewhere; names that are taken get a number, and nothing is there twice', async () => {
  await presets.save(preset('a'));
  await presets.save(preset('b'));
  const text = await presets.share(['a', 'b']);
  expect((await presets.import('x.poolboard.json', text)).added).toEqual([]);
  await presets.save(preset('a', 'resize'));
  const { added, presets: all } = await presets.import('x.poolboard.json', text);
  expect(added).toEqual(['a (2)']);
  expect(names(all)).toEqual(['a', 'a (2)', 'b']);
});

test.each([
  ['not JSON', '{', 'it is not JSON'],
  ['something else', '{"name":"x"}', 'it is not a file of presets'],
  ['a newer file', '{"poolboard":"presets","version":2,"presets":[]}', 'a newer Poolboard has written it'],
  ['none', '{"poolboard":"presets","version":1,"presets":[]}', 'presets: '],
  [
    'a task of an unknown kind',
    '{"poolboard":"presets","version":1,"presets":[{"name":"x","definition":{"kind":"magic"}}]}',
    'presets.0.definition',
  ],
])('a file that holds %s is refused in one sentence that names it', async (_, text, why) => {
  const refused = presets.import('my.poolboard.json', text);
  await expect(refused).rejects.toMatchObject({ code: 'BAD_PRESET_FILE' });
  await expect(refused).rejects.toThrow(why);
  await expect(refused).rejects.toThrow('my.poolboard.json');
  expect(await presets.list()).toEqual([]);
});
