import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Trust } from './trust.ts';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'poolboard-trust-'));
  file = join(dir, 'task.js');
  writeFileSync(file, 'export default () => 1;');
});
afterEach(() => rmSync(dir, { recursive: true }));
const definition = () => ({ kind: 'module' as const, file });

it('refuses a file that nobody has seen, and shows what it would run', async () => {
  const trust = new Trust(dir);
  await expect(trust.check(definition())).rejects.toMatchObject({ code: 'NOT_TRUSTED' });
  expect(await trust.inspect(definition())).toEqual({
    trusted: false,
    file,
    code: 'export default () => 1;',
    cut: false,
  });
});

it('remembers what was accepted, over restarts and under another name', async () => {
  await new Trust(dir).accept(file, 'export default () => 1;');
  const later = new Trust(dir);
  await later.check(definition());
  writeFileSync(join(dir, 'copy.js'), 'export default () => 1;');
  await later.check({ kind: 'module', file: join(dir, 'copy.js') });
});

it('asks again when the file was changed, and accepts nothing that was not shown', async () => {
  const trust = new Trust(dir);
  await trust.accept(file, 'export default () => 1;');
  writeFileSync(file, 'export default () => 2;');
  await expect(trust.check(definition())).rejects.toMatchObject({ code: 'NOT_TRUSTED' });
  await expect(trust.accept(file, 'export default () => 1;')).rejects.toMatchObject({ code: 'CHANGED' });
});

it('accepts no file that was added to since it was shown, and none that was not shown at all', async () => {
  const trust = new Trust(dir);
  const { code } = await trust.inspect(definition());
  writeFileSync(file, `${code}\nprocess.exit();`);
  for (const seen of [code!, '']) {
    await expect(trust.accept(file, seen)).rejects.toMatchObject({ code: 'CHANGED' });
  }
  await expect(trust.check(definition())).rejects.toMatchObject({ code: 'NOT_TRUSTED' });
});

it('accepts a long file by the part of it that was shown', async () => {
  const trust = new Trust(dir);
  writeFileSync(file, `export default () => 1;\n${'// x\n'.repeat(30_000)}`);
  const { code, cut } = await trust.inspect(definition());
  expect(cut).toBe(true);
  await trust.accept(file, code!);
  await trust.check(definition());
});

it('needs no word for built-ins and commands', async () => {
  const trust = new Trust(dir);
  await trust.check({ kind: 'builtin', name: 'hash' });
  await trust.check({ kind: 'command', template: 'echo {}' });
});

it('names a file that is not there', async () => {
  const missing = { kind: 'module' as const, file: join(dir, 'gone.js') };
  await expect(new Trust(dir).inspect(missing)).rejects.toMatchObject({ code: 'TASK_FILE_MISSING' });
});

it('takes a broken list for an empty one', async () => {
  writeFileSync(join(dir, 'trusted.json'), '{');
  expect((await new Trust(dir).inspect(definition())).trusted).toBe(false);
});
