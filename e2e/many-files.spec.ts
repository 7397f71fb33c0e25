import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { root } from './hosts/child.ts';
import { chooseBuiltin, chooseExport, expectState, run } from './steps.ts';
import { expect, test } from './window.ts';

const wanted = 3200;
const largestBytes = 200_000;

/** Copies real files, those of the installed packages, with their folders. */
function copyRealFiles(to: string): void {
  const from = join(root, 'node_modules');
  let copied = 0;
  const walk = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (copied === wanted) return;
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.')) continue;
      if (entry.isDirectory()) walk(path);
      else if (entry.isFile() && statSync(path).size <= largestBytes) {
        const target = join(to, relative(from, path));
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(path, target);
        copied += 1;
      }
    }
  };
  walk(from);
  expect(copied, 'real files to hash').toBe(wanted);
}

/** What `sha256sum` says of each file, by its path in the folder. */
function sha256sums(folder: string): Map<string, string> {
  const hasIt = spawnSync('sha256sum', ['--version']).status === 0;
  const program = hasIt ? 'sha256sum' : 'shasum -a 256';
  const command = `find . -type f -print0 | xargs -0 ${program}`;
  const output = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 });
  return new Map(
    output
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(66).replace(/^\.\//, ''), line.slice(0, 64)]),
  );
}

test('hashing 3,200 real files of a dropped folder equals sha256sum, file by file', async ({
  page,
  host,
  drop,
  folder,
}) => {
  test.slow();
  const real = join(folder, 'real');
  copyRealFiles(real);
  const truth = sha256sums(real);
  expect(truth.size).toBe(wanted);

  await drop([real]);
  await chooseBuiltin(page, 'hash');
  await expect(page.getByRole('button', { name: 'Run 3,200 tasks' })).toBeEnabled({ timeout: 60_000 });
  await run(page, wanted);
  await expectState(page, 'completed', 90_000);

  const file = join(folder, 'hashes.jsonl');
  await host.exportTo(file, () => chooseExport(page, /^All/, 'JSON lines'));
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const hashes = lines.map((line) => {
    const { input, value } = JSON.parse(line) as { input: string; value: { digest: string } };
    // The web host keeps what is dropped in a folder of its own, below the same name.
    return [input.slice(input.lastIndexOf('/real/') + '/real/'.length), value.digest] as const;
  });
  expect(new Map(hashes)).toEqual(truth);
});
