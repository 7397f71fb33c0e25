import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { project, run } from './test-process.ts';

/** `docs/from-multiprocessing.md`: each block of code in it is an example file, or is run here. */
const page = readFileSync(join(project, 'docs/from-multiprocessing.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map((match) => ({
  language: match[1]!,
  code: match[2]!,
  line: page.slice(0, match.index).split('\n').length,
}));
const classics = readdirSync(join(project, 'examples/pool'))
  .filter((name) => /(?<!\.test)\.(ts|py)$/.test(name))
  .map((name) => ({ name, code: readFileSync(join(project, 'examples/pool', name), 'utf8') }));
const others = blocks.filter((block) => !classics.some(({ code }) => code === block.code));
const hasPython = spawnSync('python3', ['--version']).status === 0;
const needsPython = ({ code }: { code: string }) => code.includes('.py');
const there = hasPython ? others : others.filter((block) => !needsPython(block));

/** What a block says that it prints: the comments after `console.log(…);`, and those that are a line of their own. */
const promised = (code: string): string =>
  [...code.matchAll(/(?:console\.log\(.*\);|\.catch\(.*\);|^) ?\/\/ (.*)$/gm)]
    .map(([, said]) => `${said}\n`)
    .join('');

describe('the page for those who come from multiprocessing', () => {
  test.each(classics)('shows $name as it is', ({ code }) => {
    expect(blocks.map((block) => block.code)).toContain(code);
  });

  test('has blocks that tests know how to check, and each promises something', () => {
    expect(others.length).toBeGreaterThan(5);
    for (const { language, code } of others) {
      expect(['ts', 'sh']).toContain(language);
      expect(language === 'ts' ? promised(code) : code).not.toBe('');
    }
  });

  test.each(there.filter(({ language }) => language === 'ts'))(
    'the block on line $line prints what it says',
    async ({ code }) => {
      const { status, stdout, stderr } = await run(
        'sh',
        ['-c', 'printf %s "$CODE" | "$NODE" --input-type=module-typescript'],
        { CODE: code, NODE: process.execPath },
      );
      expect({ stdout, stderr, status }).toEqual({ stdout: promised(code), stderr: '', status: 0 });
    },
  );

  test.each(there.filter(({ language }) => language === 'sh'))(
    'the block on line $line prints the lines it shows',
    async ({ code }) => {
      const dataDir = mkdtempSync(join(tmpdir(), 'poolboard-page-'));
      onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
      const [command, ...said] = code.trim().split('\n# ');
      const script = command!.replace(/^npx poolboard/, '"$NODE" src/cli/index.ts');
      const env = { NODE: process.execPath, POOLBOARD_DATA_DIR: dataDir };
      const { stdout } = await run('sh', ['-c', script], env);
      // How long a task takes is another each time.
      const timeless = (line: string) => line.replace(/"ms":[\d.]+/, '"ms":…');
      expect(stdout.trimEnd().split('\n').map(timeless)).toEqual(said.map(timeless));
    },
  );

  test('links to files that are there', () => {
    const linked = [...page.matchAll(/\]\((?!https?:|#)([^)]+)\)/g)].map(([, path]) => path!);
    for (const path of linked) expect(existsSync(join(project, 'docs', path)), path).toBe(true);
  });
});
