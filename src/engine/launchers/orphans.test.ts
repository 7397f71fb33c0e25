import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { conversationAbout, nodeConversationAbout } from './fixtures/conversation.ts';
import { endOrphans } from './orphans.ts';
import { isRunning } from './test-processes.ts';

const said = async (child: ChildProcess) => Number(String((await once(child.stdout!, 'data'))[0]));

/** Starts a shell that leads a group of its own; it says the number of a process that it has started in it. */
async function group(script: string): Promise<{ leader: ChildProcess; member: number }> {
  const leader = spawn('sh', ['-c', script], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const member = await said(leader);
  onTestFinished(() => {
    if (isRunning(member)) process.kill(member, 'SIGKILL');
  });
  return { leader, member };
}

describe.runIf(process.platform === 'linux')('what a task has started', () => {
  test('is ended when the worker is gone and nobody has ended it', async () => {
    const { leader, member } = await group('POOLBOARD_WORKER=$$ sleep 1000 & echo $!');
    await once(leader, 'exit');
    expect(isRunning(member)).toBe(true);
    endOrphans();
    await vi.waitFor(() => expect(isRunning(member)).toBe(false));
  });

  test('stays while the worker is there, and so does what is not its own', async () => {
    const worker = await group('POOLBOARD_WORKER=$$ sleep 1000 & echo $!; read _');
    const other = await group('POOLBOARD_WORKER=1 sleep 1000 & echo $!');
    await once(other.leader, 'exit');
    endOrphans();
    expect([isRunning(worker.member), isRunning(other.member)]).toEqual([true, true]);
    worker.leader.stdin!.end();
  });

  test.each(['JavaScript', 'Python'])('in %s knows of its worker', async (language) => {
    const talk = await (language === 'Python'
      ? conversationAbout('import os\ndef task(x):\n    return os.environ["POOLBOARD_WORKER"]')
      : nodeConversationAbout('export default () => process.env.POOLBOARD_WORKER;'));
    expect(await talk.values([0])).toEqual([String(talk.process.pid)]);
  });
});
