import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { endLeftOver } from './left-over.ts';

test.skipIf(process.platform === 'win32')(
  'what a test has started and not ended is ended after it',
  async () => {
    const child = spawn('sh', ['-c', 'sleep 1000 & echo $!; wait'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = (await once(child.stdout, 'data')) as [Buffer];
    const grandchild = Number(text);
    const ended = once(child, 'close');
    endLeftOver();
    // The stream that both had closes with the last of them.
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(grandchild).toBeGreaterThan(0);
  },
);
