import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundledNode, isNewEnough, runOn } from './node-24.mjs';

test('Node 24 and newer are new enough', () => {
  expect(['20.19.0', '22.15.0', '24.0.0', '26.1.0'].map((version) => isNewEnough(version))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});

test('the Node of the checkout is found where its package puts it', async () => {
  const root = await mkdtemp(join(tmpdir(), 'poolboard-node-'));
  const folder = join(root, 'node_modules', 'node', 'bin');
  await mkdir(folder, { recursive: true });
  expect(bundledNode(root, 'linux')).toBeNull();
  await writeFile(join(folder, 'node'), '');
  await writeFile(join(folder, 'node.exe'), '');
  expect(bundledNode(root, 'linux')).toBe(join(folder, 'node'));
  expect(bundledNode(root, 'win32')).toBe(join(folder, 'node.exe'));
  await rm(root, { recursive: true, force: true });
});

test('the exit status is that of the program that ran', async () => {
  expect(await runOn(process.execPath, ['-e', 'process.exit(7)'])).toBe(7);
  expect(await runOn(process.execPath, ['-e', 'process.kill(process.pid, "SIGKILL")'])).toBe(137);
});

test('signals reach the program that ran', async () => {
  const child =
    'process.on("SIGINT", () => process.exit(42)); console.log("ready"); setInterval(() => {}, 1000)';
  const module = pathToFileURL(join(import.meta.dirname, 'node-24.mjs')).href;
  const parent = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { runOn } from ${JSON.stringify(module)};
     process.exit(await runOn(process.execPath, ['-e', ${JSON.stringify(child)}]));`,
  ]);
  const status = new Promise((resolve) => parent.on('exit', resolve));
  await new Promise((resolve) => parent.stdout.once('data', resolve));
  parent.kill('SIGINT');
  expect(await status).toBe(42);
});
