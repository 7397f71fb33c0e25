import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expand, expandForShell, parseTemplate, toShellCommand } from '../../shared/template.ts';
import { folderOf } from '../fixtures/load-in-child.ts';

/** Names that have broken scripts. */
const hostileNames = [
  'plain.txt',
  'two words.txt',
  ' leading and trailing ',
  "it's.txt",
  '"double".txt',
  '$(touch pwned).txt',
  '`touch pwned`',
  '; touch pwned #.txt',
  '&& touch pwned',
  '| touch pwned',
  '$HOME.txt',
  '-rf',
  '--help.txt',
  'new\nline.txt',
  'ends in a newline\n',
  '\ttab\t.txt',
  'ünï cödé.txt',
  '日本語.テキスト',
  '😀.png',
  'trailing dot.',
  'two dots..',
  'no extension',
  '.hidden',
  '.hidden.txt',
  '...',
  'a.tar.gz',
  '*.txt',
  '?',
  '[a].b',
  '~',
  '!history',
  '{}',
  '{.}.x',
  '%d%s.txt',
  'back\\slash.txt',
  '\\',
  "'",
  '"',
  '\u0001',
  'a=b.c',
  '#comment',
  '^caret',
  '@at',
  '<in>out',
];

const hasParallel = spawnSync('parallel', ['--version']).status === 0;
const strings = ['{}', '{.}', '{/}', '{//}', '{/.}', '{#}', '{1}', '{1.}', '{1/}', '{1//}', '{1/.}', '{-1}'];

/** What GNU parallel makes of each replacement string, for each input. */
function ofParallel(inputs: string[], cwd: string): string[][] {
  const stdin = inputs.map((input) => `${input}\0`).join('');
  const template = `printf '%s\\0' ${strings.join(' ')} 'x'{}'y'{/}`;
  const out = execFileSync('parallel', ['-0', '-k', '-j1', template], {
    input: stdin,
    cwd,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return inChunks(out.split('\0').slice(0, -1), strings.length + 1);
}

function ofPoolboard(inputs: string[]): string[][] {
  const template = parseTemplate(`printf '%s\\0' ${strings.join(' ')} x{}y{/}`);
  return inputs.map((input, index) => expand(template, { input, index, slot: 1 }).slice(2));
}

const inChunks = <T>(all: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));

describe.skipIf(!hasParallel)('replacement strings are those of GNU parallel', () => {
  it('over a folder of hostile file names', () => {
    using folder = folderOf(Object.fromEntries(hostileNames.map((name) => [name, ''])));
    const paths = readdirSync(folder.path()).map((name) => join(folder.path(), name));
    expect(paths).toHaveLength(hostileNames.length);
    const inputs = [...paths, ...readdirSync(folder.path())];
    expect(ofPoolboard(inputs)).toEqual(ofParallel(inputs, folder.path()));
    expect(existsSync(folder.path('pwned'))).toBe(false);
  });

  it('over paths of every shape', () => {
    const inputs = [
      '/',
      '//',
      '/a',
      '//a',
      'a/',
      'a//',
      '/a/',
      'a/b',
      'a//b',
      '/a.b/c',
      'a.b/',
      './a',
      '../a.b',
      '..',
      '.',
      '',
      'a/.b',
      'a/b.',
      '/.b',
      'a/./b',
      'a/b//',
      'a.b/c//',
    ];
    expect(ofPoolboard(inputs)).toEqual(ofParallel(inputs, '/'));
  });

  it('over paths made by chance', () => {
    const inputs = fc.sample(
      fc.string({ unit: fc.constantFrom('a', '.', '/', ' ', '-', '"', "'", '$', '\\', 'é') }),
      { numRuns: 150, seed: 7 },
    );
    expect(ofPoolboard(inputs)).toEqual(ofParallel(inputs, '/'));
  });
});

describe.each(['sh', 'bash'])('values in a command line for %s', (shell) => {
  const run = (script: string, env: Record<string, string>, cwd?: string) =>
    execFileSync(shell, ['-c', script], {
      env: { ...process.env, ...env },
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  /** As `$(…)` does. */
  const chomp = (text: string) => text.replace(/\n+$/, '');
  const lines: [string, (input: string) => string[]][] = [
    [`printf '%s\\0' {} a{}b {/}`, (input) => [input, `a${input}b`, input.replace(/^.*\//s, '')]],
    [`printf '%s\\0' "{}" "a {} b"`, (input) => [input, `a ${input} b`]],
    [`printf '%s\\0' '{}' 'a {} b'`, (input) => [input, `a ${input} b`]],
    [`(printf '%s\\0' {}) | cat; true # it's {}`, (input) => [input]],
    [`for f in {} "{}"; do printf '%s\\0' "$f"; done`, (input) => [input, input]],
    [`printf '%s\\0' "$(printf '%s' "{}")x"`, (input) => [`${chomp(input)}x`]],
    [`printf '%s\\0' "$(printf '%s' {})x" "it's {}"`, (input) => [`${chomp(input)}x`, `it's ${input}`]],
    [`x={}; printf '%s\\0' "\${x}"`, (input) => [input]],
    [`printf '%s\\0' \\{} "{}"`, (input) => ['{}', input]],
    [`sh -c 'printf "%s\\0" "$1"' _ {}`, (input) => [input]],
  ];

  it.each(lines)('are one word each: %s', (text, expected) => {
    using folder = folderOf({});
    const template = parseTemplate(text, { shell: true });
    for (const [index, input] of hostileNames.entries()) {
      const { script, env } = toShellCommand(template, { input, index, slot: 1 });
      expect(run(script, env, folder.path()).split('\0').slice(0, -1)).toEqual(expected(input));
    }
    expect(readdirSync(folder.path())).toEqual([]);
  });

  it('run nothing, however tangled the quotes of the template are', () => {
    using folder = folderOf({});
    const tangled = [
      'echo "$(case x in x) echo "{}";; esac)"',
      'echo `echo {}` "`echo {}`"',
      "echo $'a\\'{}' {}",
      'cat <<END\n{} "{}"\nEND',
      `echo \\\\{} \${x:-{}} "\${x:-"{}"}"`,
      'echo a#{} #{}\n echo {}',
      'echo $"{}" "$({})"',
      'echo "a\'{}\'b" \'"{}"\'',
    ];
    for (const text of tangled) {
      const template = parseTemplate(text, { shell: true });
      for (const [index, input] of [
        ...hostileNames,
        "'; touch pwned; '",
        '"; touch pwned; "',
        "\\'; touch pwned;",
        '\n touch pwned\n',
        '$(touch pwned)',
      ].entries()) {
        const { script, env } = toShellCommand(template, { input, index, slot: 1 });
        spawnSync(shell, ['-c', script], { env: { ...process.env, ...env }, cwd: folder.path() });
      }
    }
    expect(existsSync(folder.path('pwned'))).toBe(false);
  });

  it('mean the same as what is shown', () => {
    for (const text of [`printf '%s\\0' {} "x {}" 'y {}' "$(printf %s {})"`, `printf '%s\\0' {} {/} a{}b`]) {
      for (const options of [{ shell: true }, {}]) {
        if (!options.shell && text.includes('$(')) continue;
        const template = parseTemplate(text, options);
        for (const input of hostileNames) {
          const values = { input, index: 0, slot: 1 };
          const { script, env } = toShellCommand(parseTemplate(text, { shell: true }), values);
          expect(run(expandForShell(template, values), {})).toBe(run(script, env));
        }
      }
    }
  });
});
