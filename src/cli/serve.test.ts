import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TestCli } from './test-cli.ts';

const isBuilt = existsSync(new URL('../../out/renderer/index.html', import.meta.url));

let cli: TestCli;
beforeAll(() => {
  cli = new TestCli();
});
afterAll(() => cli.remove());

test.skipIf(!isBuilt || process.platform === 'win32')(
  'serve prints its address and nothing else, answers, and ends with Ctrl-C',
  async () => {
    const running = cli.start('serve', '--no-open');
    await running.says(/\n/);
    const address = running.stdout.trim();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43}$/);
    expect((await fetch(address, { redirect: 'manual' })).status).toBe(303);

    const second = await cli.run(['serve', '--no-open', '--port', new URL(address).port]);
    expect(second).toMatchObject({ status: 2, stdout: '' });
    expect(second.stderr).toMatch(/^poolboard: Port \d+ is in use/);

    running.child.kill('SIGINT');
    expect(await running.ended).toMatchObject({ status: 0, stdout: `${address}\n` });
  },
);
