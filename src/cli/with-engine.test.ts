import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestCli } from './test-cli.ts';

let cli: TestCli;
beforeEach(() => {
  cli = new TestCli();
});
afterEach(() => {
  vi.unstubAllEnvs();
  cli.remove();
});

test('where no temporary folder can be made a dry run and tasks say so in one sentence', async () => {
  const task = await cli.file('task.js', 'export default (x) => x;\n');
  const away = join(cli.folder, 'away');
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, away);
  for (const command of [
    ['tasks', task],
    ['run', '--range', '0..3', '--task', task, '--dry-run'],
  ]) {
    const { status, stderr } = await cli.call(...command);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^poolboard: No temporary folder can be made in .*away \(.*\)\. Set \w+ to .*\.\n$/,
    );
  }
});
