import { count, expectState, filter, main, panel, rowOf } from './steps.ts';
import { expect, test } from './window.ts';

test('a first start offers a sample; one click runs it, and its counts move until all has ended', async ({
  page,
}) => {
  test.slow();
  await expect(page).toHaveTitle(/Poolboard/);
  await page.getByRole('button', { name: 'Run Count primes' }).click();

  const done = main(page).getByTestId('done-of-total');
  await expect(done).toContainText('/ 60');
  const seen: number[] = [];
  await expect
    .poll(
      async () => {
        const now = Number.parseInt((await done.textContent())!, 10);
        if (now !== seen.at(-1)) seen.push(now);
        return now;
      },
      { timeout: 90_000, intervals: [100] },
    )
    .toBe(60);
  expect(seen, 'the count only grows').toEqual([...seen].sort((a, b) => a - b));
  expect(seen.length, 'and is seen to grow').toBeGreaterThan(4);
  await expectState(page, 'completed');
  expect(await count(page, 'Succeeded')).toBe(59);
  expect(await count(page, 'Failed')).toBe(1);
});

test('a failed task opens beside the table with its error, its stack at the right line, and its output', async ({
  page,
}) => {
  test.slow();
  await page.getByRole('button', { name: 'Run Count primes' }).click();
  await main(page).getByRole('button', { name: '1 failed' }).click({ timeout: 90_000 });
  await expect(filter(page, 'Failed')).toHaveAttribute('aria-pressed', 'true');

  await rowOf(page, 25).click();
  const task = panel(page);
  await expect(task.getByRole('heading', { name: 'Task 25' })).toBeVisible();
  await expect(task).toContainText('1300000 fails on purpose, to show what a failure looks like.');
  await expect(task).toContainText('RangeError');
  await expect(task, 'the line of the throw in the TypeScript file').toContainText(/count-primes\.ts:28:/);
  await expect(task).toContainText('looking at the numbers below 1300000');

  await page.keyboard.press('Escape');
  await expect(task).toBeHidden();
});
