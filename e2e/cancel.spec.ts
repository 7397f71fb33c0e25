import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { processesOf } from './hosts/child.ts';
import { chooseTaskFile, count, expectState, giveRange, main, panel, rowOf, run } from './steps.ts';
import { expect, test } from './window.ts';

/** A task that never ends and never looks up, and that says by a file that it has begun. */
function endlessTask(folder: string): string {
  const file = join(folder, 'endless.mjs');
  const begun = JSON.stringify(join(folder, 'begun-'));
  writeFileSync(
    file,
    `import { writeFileSync } from 'node:fs';
    export default (number) => {
      if (number >= 2) return number;
      writeFileSync(${begun} + number, '');
      for (;;);
    };`,
  );
  return file;
}

test('a batch of tasks that loop for ever can be canceled, and their processes end', async ({
  page,
  folder,
  dataDir,
}) => {
  await chooseTaskFile(page, endlessTask(folder));
  await giveRange(page, 0, 50);
  await run(page, 50);
  await expect.poll(() => existsSync(join(folder, 'begun-0'))).toBe(true);

  await main(page).getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: /^Cancel \d+ tasks$/ }).click();
  await expectState(page, 'canceled');
  await expect.poll(() => count(page, 'Running')).toBe(0);
  expect((await count(page, 'Canceled')) + (await count(page, 'Succeeded'))).toBe(50);

  // A loop burns a core as long as its process lives: none of those that ran it may.
  const workers = () => processesOf(dataDir).filter(({ command }) => command.includes('worker'));
  await expect.poll(async () => (await busyAmong(workers())).length).toBe(0);
});

test('one task that loops for ever can be canceled alone: the others end well', async ({ page, folder }) => {
  await chooseTaskFile(page, endlessTask(folder));
  await giveRange(page, 0, 12);
  await run(page, 12);
  for (const task of [0, 1]) {
    await expect.poll(() => existsSync(join(folder, `begun-${task}`))).toBe(true);
    await expect(rowOf(page, task)).toContainText('running');
    await rowOf(page, task).click();
    await panel(page).getByRole('button', { name: 'Cancel this task' }).click();
    await expect(panel(page)).toContainText('canceled');
  }
  await expectState(page, 'completed');
  expect(await count(page, 'Canceled')).toBe(2);
  expect(await count(page, 'Succeeded')).toBe(10);
});

/** The processes among these that used the processor for as good as all of a tenth of a second. */
async function busyAmong(processes: { pid: number }[]): Promise<number[]> {
  const { readFile } = await import('node:fs/promises');
  const { setTimeout: delay } = await import('node:timers/promises');
  const ticks = async (pid: number) => {
    const stat = await readFile(`/proc/${pid}/stat`, 'latin1').catch(() => '');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[11] ?? 0);
  };
  const before = await Promise.all(processes.map(({ pid }) => ticks(pid)));
  await delay(100);
  const after = await Promise.all(processes.map(({ pid }) => ticks(pid)));
  return processes.map(({ pid }) => pid).filter((_, index) => after[index]! - before[index]! >= 4);
}
