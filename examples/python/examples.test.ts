import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../test-process.ts';

const hasPython = spawnSync('python3', ['--version']).status === 0;

interface Line {
  index: number;
  status: string;
  value?: unknown;
  error?: { name: string; message: string; place?: { line: number } };
}

function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'poolboard-examples-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs `poolboard run` and answers what it printed, by index. */
async function poolboard(...args: string[]): Promise<{ status: number | null; lines: Line[] }> {
  const cli = ['src/cli/index.ts', 'run', '--progress', 'none', '--data-dir', testFolder()];
  const { status, stdout, stderr } = await run(process.execPath, [...cli, ...args]);
  if (stdout === '') throw new Error(stderr);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
  return { status, lines: lines.sort((a, b) => a.index - b.index) };
}

describe.skipIf(!hasPython)('the Python examples', () => {
  test('word_count.py counts the words of files, with parameters', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'a.txt'), 'The cat and the dog.\nThe end\n');
    writeFileSync(join(folder, 'b.txt'), 'été Été hiver\n');
    const { status, lines } = await poolboard(
      folder,
      '--task',
      'examples/python/word_count.py',
      '--param',
      'top=1',
    );
    expect(status).toBe(0);
    expect(lines.map((line) => line.value)).toEqual([
      { words: 7, top: { the: 3 } },
      { words: 3, top: { été: 2 } },
    ]);
  });

  test('pool_classic.py runs as it is, and gives what multiprocessing gives', async () => {
    const file = 'examples/python/pool_classic.py';
    const { status, lines } = await poolboard('--range', '1..21', '--task', file, '--function', 'collatz');
    expect(status).toBe(0);
    const original = await run('python3', [file]);
    expect(lines.map((line) => line.value)).toEqual(JSON.parse(original.stdout));
  });

  test('distance.py takes rows by the names of their columns; a bad row fails alone', async () => {
    const { status, lines } = await poolboard(
      ...['--rows', 'examples/python/places.csv', '--task', 'examples/python/distance.py'],
      ...['--param', 'city=Nairobi', '--param', 'digits=0'],
    );
    expect(status).toBe(1);
    expect(lines.slice(0, 3).map((line) => line.value)).toEqual([
      { name: 'Zürich', km: kmFromNairobi(47.3769, 8.5417) },
      { name: 'Quito', km: kmFromNairobi(-0.1807, -78.4678) },
      { name: 'Atlantis', km: kmFromNairobi(0, 0) },
    ]);
    expect(lines[3]).toMatchObject({
      status: 'failed',
      error: {
        name: 'ValueError',
        message: 'Nowhere: a latitude is from -90 to 90, not 123.0',
        place: { line: 22 },
      },
    });
  });

  test('page_size.py has many pages on their way at once', async () => {
    // Answers nobody before all have asked.
    const count = 8;
    const waiting: (() => void)[] = [];
    const server = createServer((request, response) => {
      waiting.push(() => response.setHeader('content-type', 'text/plain').end(request.url));
      if (waiting.length === count) for (const answer of waiting) answer();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const rows = join(testFolder(), 'urls.txt');
    writeFileSync(rows, Array.from({ length: count }, (_, i) => `http://127.0.0.1:${port}/${i}`).join('\n'));
    const { status, lines } = await poolboard('--rows', rows, '--task', 'examples/python/page_size.py');
    expect(status).toBe(0);
    expect(lines.map((line) => line.value)).toEqual(
      Array(count).fill({ status: 200, type: 'text/plain', bytes: 2 }),
    );
  });
});

/** By the law of cosines, where the example uses haversines. */
function kmFromNairobi(lat: number, lon: number): number {
  const rad = Math.PI / 180;
  const [a, b] = [-1.2864 * rad, lat * rad];
  const angle = Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos((lon - 36.8172) * rad);
  return Math.round(Math.acos(angle) * 6371.0088);
}
